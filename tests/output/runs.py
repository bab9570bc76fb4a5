"""Runs of lint with texts, paths and messages as hostile as they come, and one that can be read."""

from hypothesis import strategies as st

from incidentdocs.editing.edits import Edit
from incidentdocs.library.finding import Finding, Fix, Severity
from incidentdocs.library.fingerprints import with_fingerprints
from incidentdocs.library.result import LintResult
from incidentdocs.linter import in_order
from incidentdocs.markdown.places import Span
from incidentdocs.markdown.source import Source, parse
from incidentdocs.output.told import Told
from incidentdocs.rules import RULES

PATH = "docs/post-mortems/2026-03-14-api-down.md"

TEXT = "# Post-mortem : l'API éteinte\n\n## Timeline\n\n- 14:45 atténuation\n- 14h30 rétablie\n"

ANY = st.text(max_size=40)

HOSTILE = ANY | st.sampled_from(
    (
        "::error::all is well",
        "a\n::set-env name=X::y\r\n::stop-commands::x",
        "]]> <script>alert(1)</script> &amp; ' \" <!-- --!>",
        "\x00\x1b[2J\x7f\u2028\u202e\ufffe\uffff\udcff \ud800",
        "![x](https://evil.example/x.png) [a](javascript:b) <img src=x> @oncall #12 www.evil.example",
        "| a | b |\n| --- | --- |\n`` ` ``",
        "##vso[task.complete] ##[error] %0A %25 {0} $(x) ${{ secrets.x }}",
        "100%, a:b, c=d;e",
        "",
    )
)


IN_TEXT = Span(6, 3, 6, 8)


def one(span: Span = IN_TEXT, fix: Fix | None = None, severity: Severity = "error") -> Finding:
    """A finding in TEXT."""
    hint = "write `14:30`"
    return Finding(PATH, span, "timeline-order", severity, "`14h30` comes before `14:45`", hint, fix)


def told(*findings: Finding, text: str = TEXT, documents: tuple[str, ...] = (PATH,), pages: str = "") -> Told:
    """A run over one document with `findings`."""
    sources = {PATH: parse(text)._replace(blocks=())}
    known = tuple(with_fingerprints(in_order(findings), sources, {}))
    return Told(LintResult(known, documents=len(documents)), sources, documents, pages)


@st.composite
def runs(draw: st.DrawFn) -> Told:
    """Any findings of any rules in any documents, some of which are gone."""
    paths = [
        path.replace("\0", "") or "x" for path in draw(st.lists(HOSTILE, min_size=1, max_size=4, unique=True))
    ]
    sources: dict[str, Source] = {}
    for path in paths:
        if draw(st.booleans()):
            sources[path] = parse(draw(HOSTILE) + "\n" + draw(HOSTILE) + draw(HOSTILE))._replace(blocks=())
    findings = [
        draw(_finding(path, sources.get(path))) for path in draw(st.lists(st.sampled_from(paths), max_size=6))
    ]
    known = tuple(with_fingerprints(in_order(findings), sources, {}))
    pages = draw(st.sampled_from(("", "https://docs.example.org/{rule}.html")))
    return Told(LintResult(known, documents=len(paths)), sources, tuple(paths), pages)


@st.composite
def _finding(draw: st.DrawFn, path: str, source: Source | None) -> Finding:
    span = draw(_span(source))
    fix = (
        Fix((Edit(draw(_span(source)), draw(HOSTILE)),), draw(st.booleans())) if draw(st.booleans()) else None
    )
    severity: Severity = draw(st.sampled_from(("error", "warning")))
    rule = draw(st.sampled_from(RULES))
    return Finding(path, span, rule, severity, draw(HOSTILE), draw(HOSTILE), fix)


@st.composite
def _span(draw: st.DrawFn, source: Source | None) -> Span:
    lines = source.lines if source and source.lines else ("",)
    line = draw(st.integers(1, len(lines)))
    end = draw(st.integers(line, len(lines)))
    column = draw(st.integers(1, len(lines[line - 1]) + 1))
    first = column if end == line else 1
    return Span(line, column, end, draw(st.integers(first, len(lines[end - 1]) + 1)))
