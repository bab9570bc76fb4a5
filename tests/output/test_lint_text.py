"""Findings in text: the header, the line, the underline, the hint, and the line that sums up."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.library.finding import Finding, Severity
from incidentdocs.library.result import LintResult
from incidentdocs.markdown.places import Span
from incidentdocs.markdown.source import parse
from incidentdocs.output.lint_text import COLUMNS, lint_text
from incidentdocs.output.terminal import width
from incidentdocs.output.told import Told

PATH = "docs/post-mortems/2026-03-14-api-down.md"


def finding(span: Span, *, severity: Severity = "error", hint: str = "write it") -> Finding:
    return Finding(PATH, span, "timeline-order", severity, "14:30 comes before 14:45 above", hint)


def result(*findings: Finding, documents: int = 1, suppressed: int = 0, skipped: int = 0) -> LintResult:
    return LintResult(findings, documents=documents, suppressed=suppressed, skipped=skipped)


def told(text: str, span: Span, *, colour: bool = False) -> list[str]:
    return lint_text(Told(result(finding(span)), {PATH: parse(text)}, colour=colour)).split("\n")


def test_a_finding_shows_its_line_its_span_and_its_hint() -> None:
    text = "# Post-mortem: API down\n\n- 14:45 mitigation start\n- 14:30 service restored\n"
    assert told(text, Span(4, 3, 4, 8)) == [
        f"{PATH}:4:3: error[timeline-order]: 14:30 comes before 14:45 above",
        "    4 │ - 14:30 service restored",
        "      │   ^^^^^",
        "      ╰─ write it",
        "",
        "1 error in 1 document",
    ]


def test_colours_change_nothing_but_colours() -> None:
    import re

    text = "- 14:30 service restored\n"
    coloured = told(text, Span(1, 3, 1, 8), colour=True)
    assert "\x1b[1;31merror[timeline-order]:\x1b[0m" in coloured[0]
    assert [re.sub(r"\x1b\[[\d;]*m", "", line) for line in coloured] == told(text, Span(1, 3, 1, 8))


def test_a_rule_links_to_its_page_in_colour_where_that_has_an_address() -> None:
    one = Told(result(finding(Span(1, 1, 1, 1))), pages="https://docs.example.org/{rule}")
    address = "https://docs.example.org/timeline-order"
    assert f"[\x1b]8;;{address}\x1b\\timeline-order\x1b]8;;\x1b\\]" in lint_text(one._replace(colour=True))
    assert "\x1b]8" not in lint_text(one)
    assert "\x1b]8" not in lint_text(one._replace(colour=True, pages=""))


@pytest.mark.parametrize(
    ("line", "start", "end", "shown", "underline"),
    [
        ("a 中文 b", 3, 5, "a 中文 b", "  ^^^^"),
        ("cafe\u0301 bar", 7, 10, "cafe\u0301 bar", "     ^^^"),
        ("\ta\tb", 4, 5, "    a    b", "         ^"),
        ("a\x1b[2Jb", 2, 3, "a\\x1b[2Jb", " ^^^^"),
        ("::error::x", 10, 11, ":\\x3aerror::x", "            ^"),
        ("abc", 4, 4, "abc", "   ^"),
        ("abc", 40, 60, "abc", "   ^"),
        ("abc", 2, 2, "abc", " ^"),
        ("", 1, 1, "", "^"),
    ],
)
def test_the_underline_stands_below_what_it_marks(
    line: str, start: int, end: int, shown: str, underline: str
) -> None:
    frame = told(f"\n{line}\n", Span(2, start, 2, end))[1:3]
    assert frame == [f"    2 │ {shown}".rstrip(), f"      │ {underline}"]


def test_a_span_over_several_lines_underlines_its_first() -> None:
    lines = told("one two  \nthree\n", Span(1, 5, 2, 4))
    assert lines[1:3] == ["    1 │ one two", "      │     ^^^"]


@pytest.mark.parametrize("place", [1, 30, 150, 5_000, 9_997])
def test_a_long_line_is_cut_around_its_span(place: int) -> None:
    line = "".join(str(number % 10) for number in range(1, 10_001))
    shown, underline = told(line, Span(1, place, 1, place + 3))[1:3]
    assert width(shown) <= COLUMNS + len("    1 │ ……")
    assert shown[underline.index("^") : underline.index("^") + 3] == line[place - 1 : place + 2]
    assert ("│ …" in shown, shown.endswith("…")) == (place > COLUMNS, place < 9_900)


def test_a_long_span_keeps_the_words_before_it() -> None:
    line = "word " * 10 + "x" * 400 + " end"
    shown, underline = told(line, Span(1, 51, 1, 451))[1:3]
    assert shown == "    1 │ …" + "word " * 6 + "x" * 70 + "…"
    assert underline == "      │ " + " " * 31 + "^" * 70


def test_a_line_of_megabytes_is_told_at_once() -> None:
    source = parse("```\n" + "é" * 8_000_000 + "\n```\n")
    started = time.perf_counter()
    findings = [finding(Span(2, 4_000_000 + place, 2, 7_000_000)) for place in range(50)]
    lint_text(Told(result(*findings), {PATH: source}))
    assert time.perf_counter() - started < 2


def test_a_finding_without_a_source_or_past_its_end_is_told_without_a_line() -> None:
    gone = lint_text(Told(result(finding(Span(4, 1, 4, 1)))))
    assert gone.split("\n")[1] == "      ╰─ write it"
    assert told("one line", Span(99, 1, 99, 1))[1] == "      ╰─ write it"


def test_a_hint_of_several_lines_keeps_them_apart_from_the_log() -> None:
    shown = lint_text(Told(result(finding(Span(1, 1, 1, 1), hint="write\n::error::x\n## Impact"))))
    assert shown.split("\n")[1:4] == ["      ╰─ write", "       · :\\x3aerror::x", "       · ## Impact"]


def test_findings_are_set_apart_by_an_empty_line() -> None:
    two = result(finding(Span(1, 1, 1, 2)), finding(Span(1, 2, 1, 3), severity="warning"))
    lines = lint_text(Told(two, {PATH: parse("ab")})).split("\n")
    assert [number for number, line in enumerate(lines) if not line] == [4, 9]


@pytest.mark.parametrize(
    ("found", "summary"),
    [
        (result(documents=4), "4 documents, nothing to report"),
        (result(documents=1, suppressed=2), "1 document, nothing to report (2 suppressed)"),
        (result(finding(Span(1, 1, 1, 1)), documents=4, skipped=3), "1 error in 4 documents (3 skipped)"),
        (
            result(
                *[finding(Span(1, 1, 1, 1))] * 3,
                *[finding(Span(1, 1, 1, 1), severity="warning")] * 2,
                documents=4,
                suppressed=1,
            ),
            "3 errors, 2 warnings in 4 documents (1 suppressed)",
        ),
        (result(finding(Span(1, 1, 1, 1), severity="warning")), "1 warning in 1 document"),
    ],
)
def test_the_last_line_sums_up(found: LintResult, summary: str) -> None:
    assert lint_text(Told(found)).split("\n")[-1] == summary


@given(st.text(st.characters(exclude_categories=()), max_size=300), st.integers(1, 400), st.integers(0, 400))
def test_any_line_and_span_is_shown_with_its_underline_in_place(line: str, column: int, length: int) -> None:
    source = parse("x" + line.replace("\n", " ").replace("\r", " "))
    shown = lint_text(Told(result(finding(Span(1, column, 1, column + length))), {PATH: source}))
    assert len(shown.split("\n")) == 6
    assert "^" in shown.split("\n")[2]
    assert not any(ord(character) < 32 for character in shown.replace("\n", ""))


@pytest.mark.parametrize("at", range(1, 14))
def test_no_frame_holds_a_command_for_a_build_server_wherever_it_is_cut(at: int) -> None:
    line = "see ##vso[task.complete]"
    found = Finding("x.md", Span(1, at, 1, at + 2), "title-format", "error", "wrong", "mend it")
    text = lint_text(Told(LintResult((found,), 1), {"x.md": parse(line)}))
    assert "##vso[" not in text


def test_no_frame_shows_a_secret_that_stands_beside_what_it_is_about() -> None:
    line = "Use tokenA and tokenB here"
    secrets = [
        Finding("x.md", Span(1, 5, 1, 11), "runbook-secret", "error", "a", "revoke", secret=True),
        Finding("x.md", Span(1, 16, 1, 22), "runbook-secret", "error", "b", "revoke", secret=True),
    ]
    other = Finding("x.md", Span(1, 23, 1, 27), "title-format", "error", "c", "mend")
    text = lint_text(Told(LintResult((*secrets, other), 1), {"x.md": parse(line)}))
    assert "token" not in text
    assert text.count("here") == 3
