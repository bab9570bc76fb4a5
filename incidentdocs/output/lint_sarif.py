"""Findings as SARIF 2.1.0, which code scanning reads: with each rule's page, exact regions and fixes."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from incidentdocs import __version__
from incidentdocs.editing.edits import Edit
from incidentdocs.library.finding import Finding, Fix
from incidentdocs.markdown.places import Span
from incidentdocs.output.json_text import json_text
from incidentdocs.output.rule_page import rule_page, rule_summary
from incidentdocs.output.rule_url import has_address, rule_url
from incidentdocs.output.told import Told, worst_first
from incidentdocs.rules import RULES, load

MOST = 5000
"""GitHub shows no more results of a run."""

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "SRCROOT"


def lint_sarif(told: Told) -> str:
    """Return the findings, of more than five thousand the worst, as a SARIF log of one run."""
    found = told.result.findings
    told_of = found if len(found) <= MOST else worst_first(found)[:MOST]
    names = sorted({finding.rule for finding in told_of}, key=lambda name: (name not in RULES, name))
    run = {
        "tool": {"driver": _driver(names, told.pages)},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _cut(len(found))}],
        "results": [_result(finding, names.index(finding.rule)) for finding in told_of],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(names: Sequence[str], pages: str) -> dict[str, Any]:
    return {
        "name": "incidentdocs",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(name, pages) for name in names],
    }


def _rule(name: str, pages: str) -> dict[str, Any]:
    link = {"helpUri": rule_url(name, pages)} if has_address(pages) else {}
    if name not in RULES:
        return {"id": name, **link}
    rule = load(name)
    page, summary = rule_page(rule), rule_summary(rule)
    return {
        "id": name,
        "name": "".join(word.capitalize() for word in name.split("-")),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": rule.severity},
        **link,
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    location = {"artifactLocation": _artifact(finding.path), "region": _region(finding.span)}
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.severity,
        "message": {"text": _plain(f"{finding.message}\n{finding.hint}")},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"incidentdocs/v1": finding.fingerprint},
        **({"fixes": [_fix(finding, finding.fix)]} if finding.fix else {}),
    }


def _fix(finding: Finding, fix: Fix) -> dict[str, Any]:
    change = {
        "artifactLocation": _artifact(finding.path),
        "replacements": [_replacement(edit) for edit in sorted(fix.edits)],
    }
    return {"description": {"text": _plain(finding.hint)}, "artifactChanges": [change]}


def _replacement(edit: Edit) -> dict[str, Any]:
    return {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path, safe="/", errors="surrogatepass"), "uriBaseId": _ROOT}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _plain(text: str) -> str:
    """Return `text` so that no reader takes a part of it for a link, as SARIF escapes it where one could."""
    if "](" not in text:
        return text
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _cut(number: int) -> list[dict[str, Any]]:
    if number <= MOST:
        return []
    return [
        {"level": "warning", "message": {"text": f"of {number} findings only the {MOST} worst are listed"}}
    ]
