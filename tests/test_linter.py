"""Rules asked of documents, and what their comments silence."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.documents.action_items.reading import ActionItem
from incidentdocs.documents.document import Document, read_document
from incidentdocs.errors import Fault
from incidentdocs.library.finding import Finding
from incidentdocs.library.result import LintResult
from incidentdocs.linter import lint
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in
from incidentdocs.rules import RULES, load
from incidentdocs.rules.rule import DocumentRule, Rule


def document(text: str) -> Document:
    return read_document("docs/post-mortems/2026-03-14-a.md", parse(text), built_in("post-mortem"), Process())


def lint_with(text: str, *names: str) -> LintResult:
    rules: list[Rule] = [load(name)() for name in names]
    return lint([document(text)], rules)


def read_items(text: str) -> tuple[ActionItem, ...]:
    read = document(text).action_items
    return read.items if read else ()


IGNORE = "<!-- incidentdocs: ignore[action-item-number] ours -->"
EMPTY = "# Post-mortem: a\n\n{comment}## Impact\n"


def test_a_suppressed_finding_is_counted_and_not_told() -> None:
    comment = "<!-- incidentdocs: ignore[empty-section] told by mail -->\n"
    result = lint_with(EMPTY.format(comment=comment), "empty-section", "ignore-unused")
    assert (result.findings, result.suppressed) == ((), 1)


def test_a_suppression_is_unused_only_when_its_rule_ran() -> None:
    comment = "<!-- incidentdocs: ignore[impact-field] told by mail -->\n"
    text = EMPTY.format(comment=comment)
    assert [f.rule for f in lint_with(text, "empty-section", "ignore-unused").findings] == ["empty-section"]
    result = lint_with(
        text + "- Users affected: 4\n- Downtime: 4m\n- Data loss: no\n", "impact-field", "ignore-unused"
    )
    assert [finding.rule for finding in result.findings] == ["ignore-unused"]


@given(
    st.lists(
        st.sampled_from(["### a", "#### b", "- [ ] x", f"- [ ] y {IGNORE}", IGNORE, "words"]), max_size=20
    )
)
def test_a_finding_is_silenced_by_any_comment_that_covers_it(lines: list[str]) -> None:
    text = "# T\n\n## Action items\n\n" + "\n\n".join(lines)
    told = [finding.span.line for finding in lint_with(text, "action-item-number").findings]
    naive = [
        item.line
        for item in read_items(text)
        if not any(one.first <= item.line <= one.last for one in document(text).suppressions)
    ]
    assert told == naive
    unused = [finding.span for finding in lint_with(text, "action-item-number", "ignore-unused").findings]
    assert [span for span in unused if span.line not in told] == [
        one.span
        for one in document(text).suppressions
        if not any(one.first <= item.line <= one.last for item in read_items(text))
    ]


def test_a_comment_without_a_reason_that_silences_nothing_is_told_once() -> None:
    rules = ("timeline-order", "ignore-reason", "ignore-unused")
    (finding,) = lint_with(
        "# T\n\n<!-- incidentdocs: ignore[timeline-order] -->\n## Impact\nNone.\n", *rules
    ).findings
    assert (finding.rule, finding.message) == ("ignore-reason", "the reason is missing")
    assert finding.hint == "remove the comment: it silences nothing that is still found"


def test_nothing_silences_the_rules_about_silence() -> None:
    comment = "<!-- incidentdocs: ignore[empty-section, ignore-reason] -->\n"
    result = lint_with(EMPTY.format(comment=comment), "empty-section", "ignore-reason", "ignore-unused")
    assert {finding.rule for finding in result.findings} == {"ignore-reason", "ignore-unused"}


def test_a_decided_severity_replaces_the_rule_s() -> None:
    rules: list[Rule] = [load("empty-section")()]
    result = lint([document(EMPTY.format(comment=""))], rules, severities={"empty-section": "warning"})
    assert (result.errors, result.warnings) == (0, 1)


def test_findings_come_by_path_and_place() -> None:
    result = lint_with("## Impact\n\n## Timeline\n\n## Impact\n", *RULES)
    places = [(finding.path, finding.span) for finding in result.findings]
    assert places == sorted(places)


class Broken(DocumentRule):
    """A rule that fails."""

    name = "broken"

    def check(self, document: Document) -> Iterator[Finding]:
        """Fail at the first question."""
        yield self.finding(document, document.title_span(), f"{1 // len(self.name[6:])}", "")


def test_a_rule_that_fails_is_named_with_its_document() -> None:
    with pytest.raises(Fault, match=r"the rule broken failed on docs/post-mortems/2026-03-14-a\.md"):
        lint([document("# T\n")], [Broken()])


def test_missing_sections_come_in_the_order_in_which_they_belong() -> None:
    result = lint_with("# Post-mortem: API\n\nText.\n", "missing-section")
    titles = [finding.message.split("`")[1] for finding in result.findings]
    assert titles[:4] == [
        "Timeline (local times)",
        "Impact",
        "Root cause",
        "Why did our monitoring not alert earlier?",
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "---\nseverity: SEV1\n---\n"])
def test_an_empty_document_is_told_once(text: str) -> None:
    (finding,) = lint_with(text, *RULES).findings
    assert finding.message == "the document is empty"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("docs/post-mortems/2026-5-1-API_Down.md", "2026-05-01-api-down.md"),
        ("docs/post-mortems/2026-05-01.md", "2026-05-01-<short-title>.md"),
        ("docs/post-mortems/api-down.md", "YYYY-MM-DD-api-down.md"),
        ("docs/post-mortems/2026-02-30-api.md", "YYYY-MM-DD-api.md"),
        ("docs/runbooks/Disk Full.md", "runbook-disk-full.md"),
        ("docs/runbooks/Runbook disk.md", "runbook-disk.md"),
    ],
)
def test_a_wrong_file_name_is_answered_with_the_right_one(path: str, name: str) -> None:
    kind = "runbook" if "runbooks" in path else "post-mortem"
    read = read_document(path, parse("# A\n"), built_in(kind), Process())
    (finding,) = lint([read], [load("filename-format")()]).findings
    assert finding.hint == f"rename the file to `{name}`"


def test_front_matter_without_an_end_is_told_once() -> None:
    result = lint_with(
        "---\nseverity: SEV1\n# Post-mortem: API\n\nText.\n", "metadata-invalid", "title-format"
    )
    assert [finding.rule for finding in result.findings] == ["metadata-invalid"]


def test_a_date_whose_clock_was_left_is_no_less_a_date() -> None:
    text = "# Post-mortem: API\n\n## Timeline\n- HH:MM detection\n- 2026-03-14 HH:MM triage\n"
    hints = [finding.hint for finding in lint_with(text, "placeholder-left").findings]
    assert hints == [
        "write what belongs here",
        "write the time as `HH:MM`, or the date alone where nobody knows it: `2026-03-14`",
    ]


def test_only_what_may_be_missing_may_be_removed() -> None:
    text = (
        "---\nseverity: TODO\n---\n# Post-mortem: API\n\n## Timeline\n- HH:MM detection\n\n"
        "## Impact\n- Users affected: Y\n- Estimated cost: TBD\n\n## Action items\n- [ ] AI 2: ...\n"
    )
    hints = [finding.hint for finding in lint_with(text, "placeholder-left").findings]
    removable = "write what belongs here, or remove the line where nothing does"
    kept = "write what belongs here"
    assert hints == ["write one of SEV1, SEV2, SEV3", kept, kept, removable, removable]
