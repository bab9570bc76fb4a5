"""Fingerprints: the same in the next run whatever moves, and never the same for two findings of a run."""

from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.documents.document import read_document
from incidentdocs.library.finding import Finding
from incidentdocs.library.fingerprints import LENGTH, outline, with_fingerprints
from incidentdocs.markdown.places import Span
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in

PATH = "docs/post-mortems/2026-03-14-api-down.md"

TEXT = """# Post-mortem: API down

## Timeline

- 14:45 mitigation start
- 14:30 service restored
- 14:30 service restored

## Action items

- 14:30 service restored
"""


def at(
    line: int, rule: str = "timeline-order", message: str = "14:30 comes before 14:45", path: str = PATH
) -> Finding:
    return Finding(path, Span(line, 3, line, 8), rule, "error", message, "write it")


def known(text: str, *findings: Finding) -> list[str]:
    document = read_document(PATH, parse(text), built_in("post-mortem"), Process())
    found = with_fingerprints(findings, {PATH: document.source}, {PATH: outline(document)})
    return [finding.fingerprint for finding in found]


def test_lines_above_spacing_and_messages_change_nothing() -> None:
    moved = TEXT.replace("\n- 14:45", "\n\n- 13:00 detection\n- 14:45").replace(
        "14:30 service", "14:30   service"
    )
    assert known(TEXT, at(6)) == known(moved, at(8, message="14:30 is earlier than 14:45"))
    assert known(TEXT, at(6)) == known(TEXT.replace("## Timeline", "## Chronologie"), at(6))
    assert known(TEXT, at(6)) == known(TEXT.replace("\n", "\r\n"), at(6))


def test_rule_path_section_words_and_occurrence_are_told_apart() -> None:
    findings = (
        at(5),
        at(6),
        at(7),
        at(11),
        at(6, rule="timeline-time"),
        at(6, path="gone.md"),
        at(7, path="gone.md"),
    )
    assert len(set(known(TEXT, *findings))) == len(findings)
    assert {len(each) for each in known(TEXT, *findings)} == {LENGTH}


def test_what_is_left_out_later_changes_no_other() -> None:
    assert known(TEXT, at(5), at(6))[1:] == known(TEXT, at(6))


def test_a_span_up_to_the_next_line_is_made_of_its_own() -> None:
    to_the_next = at(5)._replace(span=Span(5, 1, 6, 1))
    assert known(TEXT, to_the_next) == known(TEXT, at(5))


@given(
    st.text(st.characters(exclude_categories=())),
    st.lists(st.tuples(st.integers(1, 40), st.integers(1, 9), st.integers(0, 40), st.integers(1, 9))),
)
def test_any_findings_in_any_text_have_each_their_own(
    text: str, spans: list[tuple[int, int, int, int]]
) -> None:
    findings = [
        Finding(PATH, Span(line, column, line + more, end), "r", "error", "m", "h")
        for line, column, more, end in sorted(spans)
    ]
    assert len(set(known(text, *findings))) == len(findings)
