"""Findings for GitLab: the code quality report that a merge request shows."""

from typing import Any

from incidentdocs.library.finding import Finding
from incidentdocs.output.json_text import json_text
from incidentdocs.output.terminal import visible
from incidentdocs.output.told import Told, with_hint

_SEVERITIES = {"error": "major", "warning": "minor"}


def lint_gitlab(told: Told) -> str:
    """Return the findings, each with its fingerprint, as GitLab's code quality report."""
    return json_text([_issue(finding) for finding in told.result.findings])


def _issue(finding: Finding) -> dict[str, Any]:
    span = finding.span
    return {
        "description": visible(with_hint(finding)),
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": finding.path,
            "lines": {"begin": span.line, "end": max(span.line, span.end_line)},
        },
    }
