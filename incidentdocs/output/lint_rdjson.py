"""Findings for reviewdog, which comments on a change wherever it is reviewed: its Diagnostic Format."""

from collections.abc import Sequence
from typing import Any

from incidentdocs.editing.edits import Edit, edited
from incidentdocs.library.finding import Finding, Fix
from incidentdocs.markdown.places import Span
from incidentdocs.output.json_text import json_text
from incidentdocs.output.rule_url import has_address, rule_url
from incidentdocs.output.told import Told


def lint_rdjson(told: Told) -> str:
    """Return the findings with their fixes as suggestions; columns count bytes of UTF-8, from 1."""
    diagnostics = [_diagnostic(finding, told) for finding in told.result.findings]
    return json_text({"source": {"name": "incidentdocs"}, "diagnostics": diagnostics})


def _diagnostic(finding: Finding, told: Told) -> dict[str, Any]:
    source = told.sources.get(finding.path)
    lines = source.lines if source else ()
    code = {"value": finding.rule}
    if has_address(told.pages):
        code["url"] = rule_url(finding.rule, told.pages)
    return {
        "message": f"{finding.message}\n{finding.hint}",
        "location": {"path": finding.path, "range": _range(finding.span, lines)},
        "severity": finding.severity.upper(),
        "code": code,
        **({"suggestions": [_suggestion(finding.fix, lines)]} if finding.fix and lines else {}),
    }


def _suggestion(fix: Fix, lines: Sequence[str]) -> dict[str, Any]:
    """Return one suggestion for a fix, whose edits are made together: what is between them is in it too."""
    first = min(edit.span.line for edit in fix.edits)
    last = max(edit.span.end_line for edit in fix.edits)
    if len(fix.edits) == 1:
        return {"range": _range(fix.edits[0].span, lines), "text": fix.edits[0].text}
    kept = [*lines[first - 1 : last], ""][: last - first + 1]
    moved = [Edit(_above(edit.span, first - 1), edit.text) for edit in fix.edits]
    span = Span(first, 1, last, len(kept[-1]) + 1)
    return {"range": _range(span, lines), "text": edited("\n".join(kept), moved)}


def _above(span: Span, lines: int) -> Span:
    return span._replace(line=span.line - lines, end_line=span.end_line - lines)


def _range(span: Span, lines: Sequence[str]) -> dict[str, Any]:
    if span.line > len(lines):  # of a document that is gone only the line is known
        return {"start": {"line": span.line}}
    return {
        "start": {"line": span.line, "column": _byte(lines, span.line, span.column)},
        "end": {"line": span.end_line, "column": _byte(lines, span.end_line, span.end_column)},
    }


def _byte(lines: Sequence[str], line: int, column: int) -> int:
    """Return the byte, from 1, at which a column begins in its line."""
    text = lines[line - 1] if line <= len(lines) else ""
    return len(text[: column - 1].encode("utf-8", "surrogatepass")) + 1
