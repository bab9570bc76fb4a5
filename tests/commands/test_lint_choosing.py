"""Which rules run: `--select`, `--ignore`, `[rules]`, `[[per-path]]` and editions, on real repositories."""

import json
import subprocess
from typing import ClassVar

import pytest

from incidentdocs.commands.choosing import decided, runs
from incidentdocs.config.tables import RuleConfig
from incidentdocs.rules.rule import DocumentRule
from tests.commands.conftest import Committed

PATH = "docs/post-mortems/2026-03-14-api-down.md"
OLD = "docs/post-mortems/2019-03-14-api-down.md"
TEXT = """\
---
severity: SEV3
---

# Post-mortem: API down

## Timeline
- 10:15 API down
- 10:05 service restored

## Impact

## Action items
- [ ] AI 1: alert at 80 % of the disk (owner @oncall)
"""


def found(committed: Committed, *arguments: str) -> list[tuple[str, str, str]]:
    """Return path, rule and severity of each finding."""
    done = committed.run("lint", "--format", "json", *arguments)
    assert done.returncode in (0, 1), done.stderr
    return [(each["path"], each["rule"], each["severity"]) for each in json.loads(done.stdout)["findings"]]


def rules(committed: Committed, *arguments: str) -> list[str]:
    return [rule for _, rule, _ in found(committed, *arguments)]


def refused(committed: Committed, *arguments: str) -> str:
    done: subprocess.CompletedProcess[str] = committed.run("lint", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr


def test_only_the_selected_rules_run(committed: Committed) -> None:
    committed.write(PATH, TEXT)
    everything = rules(committed)
    assert {"timeline-order", "empty-section", "action-item-due"} < {*everything}
    assert rules(committed, "--select", "timeline-order") == ["timeline-order"]
    two = ["timeline-order", "empty-section"]
    assert rules(committed, "--select", "timeline-order, empty-section") == two
    assert rules(committed, "--select", "timeline-order", "--select", "empty-section") == two


def test_an_ignored_rule_does_not_run_and_cannot_be_selected_too(committed: Committed) -> None:
    committed.write(PATH, TEXT)
    everything = rules(committed)
    assert rules(committed, "--ignore", "timeline-order") == [r for r in everything if r != "timeline-order"]
    told = refused(committed, "--select", "timeline-order,empty-section", "--ignore", "timeline-order")
    assert told.splitlines() == [
        "error: timeline-order is in --select and in --ignore",
        "hint: leave it out of one of them",
    ]


def test_all_that_is_wrong_in_both_options_is_told_at_once(committed: Committed) -> None:
    committed.write(PATH, TEXT)
    select = ("--select", "timline-order,empty-section,xyzzy", "--select", "xyzzy")
    told = refused(committed, *select, "--ignore", "impact-feild,empty-section")
    assert told.splitlines() == [
        "error: --select: no rule is called 'timline-order'",
        "hint: did you mean timeline-order?",
        "error: --select: no rule is called 'xyzzy'",
        "hint: `incidentdocs rules` lists their names",
        "error: --ignore: no rule is called 'impact-feild'",
        "hint: did you mean impact-field?",
        "error: empty-section is in --select and in --ignore",
        "hint: leave it out of one of them",
    ]


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_rule_is_refused_with_the_nearest(committed: Committed, option: str) -> None:
    committed.write(PATH, TEXT)
    told = refused(committed, option, "empty-section,timline-order")
    assert told == f"error: {option}: no rule is called 'timline-order'\nhint: did you mean timeline-order?\n"
    assert "`incidentdocs rules` lists" in refused(committed, option, "")


def test_what_is_selected_runs_also_where_the_configuration_turns_it_off(committed: Committed) -> None:
    committed.write(PATH, TEXT)
    committed.write("incidentdocs.toml", '[rules.timeline-order]\nenabled = false\nseverity = "warning"\n')
    assert "timeline-order" not in rules(committed)
    assert found(committed, "--select", "timeline-order") == [(PATH, "timeline-order", "warning")]


def test_an_unreadable_document_is_told_whatever_is_selected(committed: Committed) -> None:
    committed.write(PATH, TEXT + "\0")
    assert rules(committed, "--select", "timeline-order") == ["unreadable-document"]
    assert rules(committed, "--select", "timeline-order", "--ignore", "unreadable-document") == []


def test_a_comment_is_not_unused_because_its_rule_was_left_out(committed: Committed) -> None:
    comment = "<!-- incidentdocs: ignore[timeline-order] told by two teams -->\n"
    committed.write(PATH, TEXT.replace("## Timeline", comment + "## Timeline"))
    assert rules(committed, "--select", "timeline-order,ignore-unused") == []
    assert rules(committed, "--select", "empty-section,ignore-unused") == ["empty-section"]
    assert "ignore-unused" not in rules(committed, "--ignore", "timeline-order")
    committed.write(PATH, TEXT.replace("## Impact", comment + "## Impact"))
    assert rules(committed, "--select", "timeline-order,ignore-unused") == ["timeline-order", "ignore-unused"]


def test_rules_about_the_whole_repository_are_told_when_paths_keep_them_from_being_asked(
    committed: Committed,
) -> None:
    committed.write(PATH, TEXT)
    selected = ("--select", "escalation-due,published-late,timeline-order")
    told = committed.run("lint", *selected, PATH).stderr
    assert "not asked, being about the whole repository: published-late, escalation-due;" in told
    assert "not asked" not in committed.run("lint", *selected, PATH, "--repository").stderr
    assert "not asked" not in committed.run("lint", PATH).stderr


def test_rules_that_need_a_history_are_told_where_there_is_none(committed: Committed) -> None:
    committed.write(PATH, TEXT)
    committed.write("incidentdocs.toml", '[history]\nuse = "off"\n')
    told = committed.run("lint", "--select", "published-late,escalation-due").stderr
    assert told == "not asked, because no history could be read: published-late\n"


@pytest.mark.parametrize(
    ("rule", "option"),
    [("action-item-too-many", "most = -4"), ("action-item-rescheduled", "times = -4")],
)
def test_an_option_out_of_its_bounds_is_a_mistake_of_the_configuration(
    committed: Committed, rule: str, option: str
) -> None:
    committed.write(PATH, TEXT)
    committed.write(
        "incidentdocs.toml", f"[rules.{rule}]\nenabled = true\n\n[rules.{rule}.options]\n{option}\n"
    )
    told = refused(committed)
    assert told.startswith(f"error: incidentdocs.toml:5: {option.partition(' ')[0]} is -4, less than ")
    assert "hint: write a number from " in told


def test_options_of_a_rule_that_is_off_are_told_to_do_nothing(committed: Committed) -> None:
    committed.write(PATH, TEXT)
    options = "[rules.action-item-too-many.options]\nmost = 1\n"
    committed.write("incidentdocs.toml", options)
    told = committed.run("lint")
    assert told.stderr.splitlines()[0] == (
        "the options of action-item-too-many do nothing: the rule is off by default; "
        "write `enabled = true` below [rules.action-item-too-many]"
    )
    assert told.returncode == 1
    assert "do nothing" not in committed.run("lint", "--select", "action-item-too-many").stderr
    decided = [
        f"[rules.action-item-too-many]\nenabled = true\n{options}",
        f"[rules.action-item-too-many]\nenabled = false\n{options}",
        f'{options}[[per-path]]\npaths = ["docs"]\n[per-path.rules.action-item-too-many]\nenabled = true\n',
        "[rules.action-item-rescheduled.options]\ntimes = 1\n",
    ]
    for text in decided:
        committed.write("incidentdocs.toml", text)
        assert "do nothing" not in committed.run("lint").stderr


PER_PATH = """\
[rules.empty-section]
severity = "warning"

[[per-path]]
paths = ["docs/post-mortems/2019-*"]
[per-path.rules.timeline-order]
enabled = false
[per-path.rules.empty-section]
severity = "error"

[[per-path]]
paths = ["docs/**/*-api-down.md"]
rules = { action-item-due = { severity = "warning" } }

[[per-path]]
paths = ["docs/post-mortems/2019-*"]
rules = { action-item-due = { enabled = false } }
"""


def test_rules_are_decided_by_path_and_the_last_table_decides(committed: Committed) -> None:
    committed.write(PATH, TEXT)
    committed.write(OLD, TEXT)
    committed.write("incidentdocs.toml", PER_PATH)
    told = found(committed, "--select", "timeline-order,empty-section,action-item-due")
    assert told == [
        (OLD, "empty-section", "error"),
        (PATH, "timeline-order", "error"),
        (PATH, "empty-section", "warning"),
        (PATH, "action-item-due", "warning"),
    ]
    assert "timeline-order" not in rules(committed, OLD)
    assert "timeline-order" in rules(committed, PATH)


def test_a_rule_that_is_off_can_be_on_for_some_paths(committed: Committed) -> None:
    committed.write(PATH, TEXT)
    committed.write(OLD, TEXT)
    committed.write(
        "incidentdocs.toml",
        "rules = { timeline-order = { enabled = false } }\n"
        f'[[per-path]]\npaths = ["{PATH}"]\nrules = {{ timeline-order = {{ enabled = true }} }}\n',
    )
    assert [path for path, rule, _ in found(committed) if rule == "timeline-order"] == [PATH]


def test_of_several_decisions_the_last_one_of_each_setting_counts() -> None:
    first = RuleConfig(enabled=False, severity="error", options={"times": 1, "days": 3})
    last = RuleConfig(enabled=True, options={"times": 2})
    merged = RuleConfig(enabled=True, severity="error", options={"times": 2, "days": 3})
    assert decided((first, RuleConfig(), last)) == merged


def test_findings_of_the_history_and_of_all_documents_are_decided_by_their_path(
    committed: Committed,
) -> None:
    item = "- [ ] AI 2: rotate the logs (owner @dev, due 2026-10-08)\n"
    for path in (PATH, OLD):
        committed.write(path, TEXT + item)
    committed.write("incidentdocs.toml", "")
    committed.commit("2026-03-16")
    for path in (PATH, OLD):
        committed.write(path, TEXT.replace("severity: SEV3", "severity: SEV3\nrelated: [2026-01-01-none]"))
    chosen = ("--select", "action-item-dropped,related-unknown", "--as-of", "2026-04-01")
    both = {(path, rule) for path in (PATH, OLD) for rule in ("action-item-dropped", "related-unknown")}
    assert {(path, rule) for path, rule, _ in found(committed, *chosen)} == both
    committed.write(
        "incidentdocs.toml",
        '[[per-path]]\npaths = ["docs/post-mortems/2019-*"]\nrules.action-item-dropped.enabled = false\n'
        'rules.related-unknown.enabled = false\n[[per-path]]\npaths = ["docs/post-mortems/2026-*"]\n'
        'rules.action-item-dropped.severity = "warning"\nrules.related-unknown.severity = "warning"\n',
    )
    assert {*found(committed, *chosen)} == {
        (PATH, "action-item-dropped", "warning"),
        (PATH, "related-unknown", "warning"),
    }


def test_a_comment_for_a_rule_that_is_off_at_its_path_is_not_unused(committed: Committed) -> None:
    comment = "<!-- incidentdocs: ignore[published-late] nobody knew -->\n"
    committed.write(PATH, TEXT.replace("# Post-mortem", comment + "# Post-mortem"))
    committed.commit("2026-03-16")
    assert "ignore-unused" in rules(committed)
    off = f'[[per-path]]\npaths = ["{PATH}"]\nrules.published-late.enabled = false\n'
    committed.write("incidentdocs.toml", off)
    assert "ignore-unused" not in rules(committed)


class OfTheNextEdition(DocumentRule):
    """A rule that came after a repository chose its edition."""

    name = "of-the-next-edition"
    edition: ClassVar[int] = 2


class OffByDefault(DocumentRule):
    """A rule that runs only where it is asked for."""

    name = "off-by-default"
    by_default: ClassVar[bool] = False


def test_an_edition_freezes_the_rules_that_run_by_default() -> None:
    assert not runs(OfTheNextEdition(), None, edition=1)
    assert runs(OfTheNextEdition(), None, edition=2)
    assert runs(OfTheNextEdition(), enabled=True, edition=1)
    assert not runs(OfTheNextEdition(), enabled=False, edition=2)
    assert not runs(OffByDefault(), None, edition=2)
    assert runs(OffByDefault(), enabled=True, edition=1)
