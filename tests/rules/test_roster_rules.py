"""Who is listed, who has left and who is an agent, in the rules that ask the roster."""

import pytest

from incidentdocs.library.finding import Finding
from incidentdocs.rules import load
from incidentdocs.rules.rule import DocumentRule, Example
from tests.rules.conftest import document_of_example

RUNBOOK = "docs/runbooks/runbook-api.md"
POST_MORTEM = "docs/post-mortems/2026-03-14-api-down.md"
LEFT = '[people.luc]\nnames = ["Luc Petit"]\nrole = "backup"\nuntil = 2026-01-31\n'
ANA = '[people.ana]\nnames = ["Ana Ruiz"]\nrole = "devops"\n'
BOT = '[people.bridge-bot]\nkind = "agent"\n'
LATER = "[people.eve]\nfrom = 2026-07-01\n"
CHANNELS = '[channels]\nops = "#ops"\n'


def found(rule_name: str, example: Example) -> list[Finding]:
    rule = load(rule_name)()
    assert isinstance(rule, DocumentRule)
    return list(rule.check(document_of_example(example)))


def escalation(said: str, config: str, today: str = "2026-03-20") -> list[Finding]:
    text = f"# Runbook: API\n\n## Rollback / escalation\n- Rollback: none.\n- Escalation: {said}\n"
    return found("runbook-escalation", Example(text, path=RUNBOOK, config=config, today=today))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("call @luc, and say so in #ops", ": `@luc` left on 2026-01-31"),
        ("call Luc Petit, and say so in #ops", ": `@luc` left on 2026-01-31"),
        ("call the backup, and say so in #ops", ": the backup, `@luc` left on 2026-01-31"),
        ("call @zoe, and say so in #ops", ": `@zoe` is not in the roster"),
        (
            "call @zoe or @zoe or @max-2, in #ops",
            ": `@zoe` is not in the roster, `@max-2` is not in the roster",
        ),
        ("call @zoe, then @luc, in #ops", ": `@zoe` is not in the roster, `@luc` left on 2026-01-31"),
        ("call @eve, in #ops", ": `@eve` is there from 2026-07-01 on"),
        ("ask somebody in #ops", ""),
        ("write to zoe@example.com and #ops, or to @acme/infra", ""),
    ],
)
def test_an_escalation_that_calls_nobody_says_why(said: str, why: str) -> None:
    (finding,) = escalation(said, LEFT + ANA + LATER + CHANNELS)
    assert finding.message == f"`Rollback / escalation` does not say whom to call{why}"
    assert "call @ana" in finding.hint


@pytest.mark.parametrize(
    ("said", "today"),
    [
        ("call @luc, and say so in #ops", "2026-01-31"),
        ("call the backup, and say so in #ops", "2026-01-31"),
        ("call @eve, and say so in #ops", "2026-07-01"),
        ("call Ana Ruiz, and say so in #ops", "2026-03-20"),
        ("call @ana, then @zoe, and say so in #ops", "2026-03-20"),
        ("call whoever is on call, and say so in #ops", "2026-03-20"),
    ],
)
def test_an_escalation_that_calls_somebody_is_right(said: str, today: str) -> None:
    assert escalation(said, LEFT + ANA + LATER + CHANNELS, today) == []


def test_another_backup_answers_for_the_one_who_left() -> None:
    assert escalation("call the backup, in #ops", LEFT + ANA.replace("devops", "backup") + CHANNELS) == []


def test_who_left_is_marked_where_others_are_called_too() -> None:
    (finding,) = escalation("call @luc, then @ana, in #ops", LEFT + ANA + CHANNELS)
    assert (finding.span.line, finding.span.column) == (5, 20)
    assert finding.message == "`@luc` left on 2026-01-31"
    assert finding.hint == "write who does it now, such as `@ana`"


def test_where_everybody_left_the_hint_names_the_role() -> None:
    (finding,) = escalation("call @luc, in #ops", LEFT + BOT + CHANNELS)
    assert "call @oncall" in finding.hint


def test_what_else_is_missing_stands_beside_the_reason() -> None:
    (finding,) = escalation("call @zoe", ANA + CHANNELS)
    assert finding.message.endswith("does not say whom to call and where: `@zoe` is not in the roster")


def authors(row: str, config: str) -> list[Finding]:
    text = (
        f"---\nseverity: SEV1\nstatus: final\nauthors: {row}\nshared: '#ops'\n---\n# Post-mortem: API down\n"
    )
    return found("post-mortem-shared", Example(text, path=POST_MORTEM, config=config))


@pytest.mark.parametrize(
    ("row", "told", "hint"),
    [
        ("['@ana']", "only `@ana` wrote it", "['@ana', '@max']"),
        ("['@ana', Ana Ruiz]", "only `@ana` wrote it, and `Ana Ruiz` is the same", "['@ana', '@max']"),
        ("['@ana', '@luc']", "only `@ana` wrote it, and `@luc` left on 2026-01-31", "['@ana', '@max']"),
        (
            "['@bridge-bot', Max]",
            "only `Max` wrote it, and `@bridge-bot` is an agent",
            "[Max, '@ana']",
        ),
        ("[]", "nobody is named who wrote it", "['@ana', '@max']"),
    ],
)
def test_two_people_who_were_there_write_a_grave_post_mortem(row: str, told: str, hint: str) -> None:
    config = LEFT + BOT + ANA + '[people.max]\nnames = ["Max"]\n'
    (finding,) = authors(row, config)
    assert finding.message == f"the post-mortem of a SEV1 has two authors: {told}"
    assert finding.hint == f"write who wrote it: `authors: {hint.replace(chr(39), chr(34))}`"
    assert authors(hint, config) == []


@pytest.mark.parametrize("row", ["['@ana', '@max']", "['@zoe', '@max']", "['@ana', '@luc']"])
def test_without_a_roster_two_names_are_two_people(row: str) -> None:
    assert authors(row, "") == []


def test_a_guest_whom_the_roster_does_not_list_is_an_author_too() -> None:
    assert authors("['@ana', somebody of the provider]", LEFT + ANA) == []
