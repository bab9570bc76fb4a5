"""What the rules about action items, impact, steps and the mention say, and when they keep silent."""

from datetime import date

import pytest

from incidentdocs.documents.document import read_document
from incidentdocs.library.finding import Finding
from incidentdocs.linter import lint
from incidentdocs.markdown.source import parse
from incidentdocs.process.people import Person, Roster
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in
from incidentdocs.rules import load

RULES = (
    "action-item-missing",
    "action-item-format",
    "action-item-number",
    "action-item-owner",
    "action-item-due",
    "action-item-due-date",
    "impact-field",
    "runbook-steps",
    "blameless-mention",
)


def findings(body: str, *, front: str = "severity: SEV1", kind: str = "post-mortem") -> tuple[Finding, ...]:
    text = f"---\n{front}\n---\n# Post-mortem: a\n\n{body}"
    path = "docs/post-mortems/2026-03-14-a.md"
    document = read_document(path, parse(text), built_in(kind), Process(language="fr"))
    return lint([document], [load(name)() for name in RULES]).findings


def told(body: str, **options: str) -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity) for finding in findings(body, **options)]


@pytest.mark.parametrize(
    "body",
    [
        "## Action items\n- [ ] AI 1 : <description> (owner @who, due YYYY-MM-DD)\n- [ ] AI 2 : ...\n",
        "## Action items\n- [ ] AI 1: <description> (owner @who, due YYYY-MM-DD)\n- [ ] AI 2: ...\n",
        "## Impact\n- Duree downtime : Xh Ym\n- Users impactes : Y\n"
        "- Data loss : oui/non, si oui : combien et quoi\n- Cout estime : XX€ (si quantifiable)\n",
        "## Impact\n- Downtime: Xh Ym\n- Users affected: Y\n"
        "- Data loss: yes/no, if yes: how much and what\n- Estimated cost: XX€ (if quantifiable)\n",
        "## Mention blameless\nTODO\n",
        "## Action items\nTODO\n",
        "## Impact\nTODO\n",
        "## Action items\n\n## Impact\n\n## Mention blameless\n",
    ],
)
def test_what_the_template_left_is_told_by_other_rules(body: str) -> None:
    assert told(body) == []


def test_an_item_of_which_only_the_fields_are_left_is_judged_by_no_other_rule() -> None:
    assert told("## Action items\n- [ ] AI 1 : alerter (owner @who, due YYYY-MM-DD)\n") == []


def test_each_thing_that_an_item_lacks_is_told_once() -> None:
    rules = [rule for rule, _ in told("## Action items\n- Alert at 80 %\n")]
    assert sorted(rules) == [
        "action-item-due",
        "action-item-format",
        "action-item-number",
        "action-item-owner",
    ]


@pytest.mark.parametrize(
    "item",
    [
        "- [ ] AI 1 :",
        "- [ ]",
        "- [ ] AI 1 : a (ownr @a, due 2026-04-01)",
        "- [ ] AI 1 : a (@a, due 2026-04-01",
    ],
)
def test_an_item_that_cannot_be_read_is_told_once(item: str) -> None:
    assert told(f"## Action items\n{item}\n") == [("action-item-format", "error")]


def test_what_is_missing_in_a_draft_is_a_warning_and_what_is_wrong_an_error() -> None:
    body = "## Action items\n- [ ] a\n- [ ] AI 2 : b (owner @a and @b, due demain)\n"
    assert sorted(told(body, front="status: draft")) == [
        ("action-item-due", "error"),
        ("action-item-due", "warning"),
        ("action-item-number", "warning"),
        ("action-item-owner", "error"),
        ("action-item-owner", "warning"),
    ]


def test_impact_in_a_draft_may_be_missing_and_not_unreadable() -> None:
    body = "## Impact\n- Duree downtime : longtemps\n- Users impactes :\n"
    assert sorted(told(body, front="status: draft")) == [
        ("impact-field", "error"),
        ("impact-field", "warning"),
        ("impact-field", "warning"),
    ]


def test_a_done_or_abandoned_item_needs_no_due_date() -> None:
    assert told("## Action items\n- [x] AI 1 : a (owner @a)\n- [ ] AI 2 : b (owner @a, won't do: c)\n") == []


def test_numbers_that_are_missing_get_the_next_free_ones() -> None:
    body = "## Action items\n- [ ] AI 4 : a (owner @a, due 2026-04-01)\n"
    body += "- [ ] b (owner @a, due 2026-04-01)\n- [ ] AI 4 : c (owner @a, due 2026-04-01)\n"
    first, second = findings(body)
    assert first.hint == "write `AI 5 : …`"
    assert second.hint == "write `AI 6 : …`"
    assert second.message == "number 4 is the number of the action item in line 7"


@pytest.mark.parametrize(
    ("due", "hint"),
    [
        ("31/12/2026", "write `due 2026-12-31`"),
        ("03/04/2026", "write `due 2026-04-03`"),
        ("1er avril 2026", "write `due 2026-04-01`"),
        ("la semaine prochaine", "write the day as `due YYYY-MM-DD`"),
    ],
)
def test_a_due_date_that_can_only_be_one_day_is_suggested(due: str, hint: str) -> None:
    (finding,) = findings(f"## Action items\n- [ ] AI 1 : a (owner @a, due {due})\n")
    assert (finding.rule, finding.hint) == ("action-item-due", hint)


def test_an_agent_alone_is_no_owner_of_an_item() -> None:
    (finding,) = findings("## Action items\n- [ ] AI 1 : a (owner: nobody with @bot, due 2026-04-01)\n")
    assert finding.message == "`nobody with @bot` names no person"


def test_a_serious_incident_without_action_items_or_reason_is_told() -> None:
    assert told("## Action items\nRien.\n") == [("action-item-missing", "error")]
    assert told("## Action items\nRien.\n", front="status: draft\nseverity: SEV2") == [
        ("action-item-missing", "warning")
    ]
    assert told("## Action items\nRien.\n", front="severity: SEV3") == []
    assert told("## Action items\nAucune action : le fournisseur a réparé.\n") == []


def test_each_required_value_that_is_missing_is_told_with_the_line_to_write() -> None:
    hints = {finding.hint for finding in findings("## Impact\nIt was bad.\n\n## Root cause\nx\n")}
    assert hints == {
        "add `- Duree downtime : Xh Ym`",
        "add `- Users impactes : ~40`",
        "add `- Data loss : non`",
    }


@pytest.mark.parametrize(
    ("mention", "severity"),
    [
        ("This incident is not the fault of one person, but a lack of safeguards in the system.", None),
        ("**CET INCIDENT** n’est pas la faute d’une personne : c’est un manque de garde-fous système.", None),
        ("Cet incident est la faute d'une personne.", "warning"),
        ("Blameless.", "error"),
    ],
)
def test_a_mention_is_the_template_s_or_a_warning(mention: str, severity: str | None) -> None:
    expected = [("blameless-mention", severity)] if severity else []
    assert told(f"## Mention blameless\n{mention}\n") == expected


def test_steps_are_asked_only_of_sections_that_say_something() -> None:
    body = "## Diagnostic\n\n## Resolution\nOn redémarre.\n"
    assert told(body, kind="runbook") == [("runbook-steps", "error")]
    assert told("## Resolution\n<!-- plus tard -->\n", kind="runbook") == []


@pytest.mark.parametrize("owners", ["@dev, @oncall", "@dev and @oncall", "@dev / @oncall"])
def test_all_owners_are_named(owners: str) -> None:
    (found,) = findings(f"## Action items\n- [ ] AI 1: alert (owner {owners}, due 2026-04-01)\n")
    assert found.message == "`@dev, @oncall` are 2 owners, and an action item has one"


def test_hints_on_impact_use_the_document_s_words() -> None:
    body = "## Impact\n- Duree downtime : 10:40\n- Users impactes : beaucoup\n- Data loss : peut-être\n"
    hints = [finding.hint for finding in findings(f"{body}\n## Lecons apprises\nRien.\n")]
    assert any("`10h 40m`" in hint for hint in hints)
    assert any("`tous` or `inconnu`" in hint for hint in hints)
    assert any("`oui : 12 commandes`" in hint for hint in hints)


@pytest.mark.parametrize(
    ("item", "hint"),
    [
        ("rotate the keys @dev 2026-04-01", "(owner @dev, due 2026-04-01)"),
        ("rotate the keys of root@db.example.org", "(owner @who, due YYYY-MM-DD)"),
        ("`@media` rules (due 2026-04-01)", "(owner @who, due 2026-04-01)"),
        ("rotate the keys (owner @dev)", "(owner @dev, due YYYY-MM-DD)"),
        ("rotate the keys (owner nobody, due 2026-04-01)", "(owner @who, due 2026-04-01)"),
    ],
)
def test_what_an_item_says_without_the_words_for_it_is_in_the_hint(item: str, hint: str) -> None:
    hints = {finding.hint for finding in findings(f"## Action items\n- [ ] AI 1: {item}\n")}
    assert hints == {f"write `{hint}` at the end of the item"}


def test_no_due_date_is_judged_by_a_date_of_the_incident_that_cannot_be() -> None:
    body = "## Action items\n- [ ] AI 1 : a (owner @a, due 2026-03-20)\n"
    path, source = "docs/post-mortems/2062-03-14-a.md", parse(f"# Post-mortem : a\n\n{body}")
    document = read_document(path, source, built_in("post-mortem"), Process(today=date(2026, 11, 30)))
    told = lint([document], [load("filename-date")(), load("action-item-due-date")()]).findings
    assert [finding.rule for finding in told] == ["filename-date"]


def hints(items: str, people: Roster | None = None) -> list[str]:
    text = f"# Post-mortem: a\n\n## Action items\n{items}"
    path = "docs/post-mortems/2026-03-14-a.md"
    process = Process(language="en", people=people or Roster())
    document = read_document(path, parse(text), built_in("post-mortem"), process)
    asked = [load(name)() for name in ("action-item-owner", "action-item-due")]
    return [f"{finding.message}: {finding.hint}" for finding in lint([document], asked).findings]


ROSTER = Roster(
    (Person("ana", names=("Ana Ruiz",)), Person("luc", names=("Luc",)), Person("bot", kind="agent"))
)


@pytest.mark.parametrize(
    ("item", "owner"),
    [
        ("Ana Ruiz alerts at 80 %", "@ana"),
        ("alert at 80 % (ana)", "@ana"),
        ("alert at 80 % (Luc, soon)", "@luc"),
        ("alert at 80 % (bot)", "@who"),
        ("Luc and Ana Ruiz alert at 80 %", "@who"),
        ("Lucy alerts at 80 %", "@who"),
        ("@dev and Luc alert at 80 %", "@dev"),
    ],
)
def test_whom_the_roster_knows_by_name_is_named_by_the_hint(item: str, owner: str) -> None:
    found = hints(f"- [ ] AI 1: {item} (due 2026-04-01)\n", ROSTER)
    assert found == [
        f"the action item has no owner: write `(owner {owner}, due 2026-04-01)` at the end of the item"
    ]


def test_a_hint_offers_no_date_that_another_rule_refuses() -> None:
    found = hints("- [ ] AI 1: alert at 80 % (due 20/11/2026)\n- [ ] AI 2: page (due 03/04/2026)\n")
    assert [hint for hint in found if "owner" in hint] == [
        "the action item has no owner: write `(owner @who, due 2026-11-20)` at the end of the item",
        "the action item has no owner: write `(owner @who, due YYYY-MM-DD)` at the end of the item",
    ]


NO_OWNERS = (
    "no column of the table tells who owns the action items: add a column `Owner`, with `@who` in its rows"
)


@pytest.mark.parametrize(
    ("table", "found"),
    [
        (
            "| Action | Due |\n|---|---|\n| Alert | 2026-04-01 |\n| Page | 2026-04-01 |\n",
            [NO_OWNERS],
        ),
        (
            "| Action | Owner |\n|---|---|\n| Alert | @dev |\n| Page | @dev |\n",
            [
                "no column of the table tells when the action items are due: "
                "add a column `Due`, with `YYYY-MM-DD` in its rows"
            ],
        ),
        (
            "| Action | Assignee | Due |\n|---|---|---|\n| Alert | | 2026-04-01 |\n| Page | @dev | |\n",
            [
                "the action item has no owner: write `@who` in the column `Assignee`",
                "the action item has no due date: write `YYYY-MM-DD` in the column `Due`",
            ],
        ),
        (
            "| Action | Due |\n|---|---|\n| Alert (owner @dev) | 2026-04-01 |\n| Page | 2026-04-01 |\n",
            ["the action item has no owner: write `(owner @who)` at the end of the item"],
        ),
        (
            "| Action | Owner | Due |\n|---|---|---|\n| Alert | @dev and @oncall | 2026-04-01 |\n",
            [
                "`@dev, @oncall` are 2 owners, and an action item has one: "
                "write `@dev`, and an item of its own for what others do"
            ],
        ),
        (
            "\n".join(["| Action | Due |\n|---|---|\n| Alert | 2026-04-01 |\n"] * 2),
            [NO_OWNERS] * 2,
        ),
    ],
)  # fmt: skip
def test_in_a_table_what_is_missing_belongs_in_its_column(table: str, found: list[str]) -> None:
    assert hints(table) == found


@pytest.mark.parametrize(
    ("titles", "title"),
    [
        ("", "Owner"),
        ("\n| Action | Who | Due |\n|---|---|---|\n| Page | @dev | 2026-04-01 |\n", "Who"),
        ("\n| アクション | 担当 |\n|---|---|\n| 確認 | @dev |\n", "担当"),
    ],
)
def test_a_missing_column_is_called_as_in_the_tables_beside_it(titles: str, title: str) -> None:
    table = "| Action | Due |\n|---|---|\n| Alert | 2026-04-01 |\n"
    assert NO_OWNERS.replace("Owner", title) in hints(f"{table}{titles}")


def test_a_missing_column_has_a_title_of_the_language() -> None:
    table = "| アクション | 期限 |\n|---|---|\n| 確認 | 2026-04-01 |\n"
    found = findings(f"## Action items (アクション)\n{table}")
    assert [each.hint for each in found if each.rule == "action-item-owner"] == [
        "add a column `担当`, with `@who` in its rows"
    ]
