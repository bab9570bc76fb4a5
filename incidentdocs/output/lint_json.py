"""Findings for programs: the JSON of `lint --format json`, whose shape is version 1 of a contract."""

from dataclasses import asdict, dataclass
from typing import ClassVar, Literal

from incidentdocs.library.finding import Finding, Severity
from incidentdocs.library.result import LintResult
from incidentdocs.output.json_text import json_text
from incidentdocs.output.rule_url import rule_url
from incidentdocs.output.told import Told

STRICT = {"extra": "forbid", "use_attribute_docstrings": True}
"""What the schema is made with; a mapping, because pydantic itself would double the time to start."""


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One defect, where it stands and what to write instead."""

    __pydantic_config__: ClassVar = STRICT

    path: str
    """The document, relative to the repository's root, with forward slashes."""
    line: int
    """The first line of the span, from 1."""
    column: int
    """The column of its first character, from 1, in Unicode code points."""
    end_line: int
    """The line of its end."""
    end_column: int
    """The column after its last character."""
    rule: str
    """The name of the rule."""
    severity: Severity
    """`error` or `warning`."""
    message: str
    """What is wrong."""
    hint: str
    """What to write instead."""
    url: str
    """The rule's page."""
    fixable: bool
    """Whether the program can mend it by itself."""


@dataclass(frozen=True, slots=True)
class LintSummary:
    """How much was checked and found."""

    __pydantic_config__: ClassVar = STRICT

    documents: int
    """The documents that were checked."""
    errors: int
    """The findings that are errors."""
    warnings: int
    """The findings that are warnings."""
    suppressed: int
    """The findings that a comment in the document, or the baseline, answers for."""
    skipped: int
    """The named files that no profile claims."""


@dataclass(frozen=True, slots=True)
class LintReport:
    """What `incidentdocs lint --format json` prints."""

    __pydantic_config__: ClassVar = STRICT

    version: Literal[1]
    """The version of this shape."""
    findings: tuple[LintFinding, ...]
    """The findings, by path and place."""
    summary: LintSummary
    """How much was checked and found."""


def lint_json(told: Told) -> str:
    """Return the findings as JSON in plain ASCII."""
    findings = tuple(finding_for_json(finding, told.pages) for finding in told.result.findings)
    return json_text(asdict(LintReport(1, findings, summary_for_json(told.result))))


def summary_for_json(result: LintResult) -> LintSummary:
    """Return how much was checked and found."""
    return LintSummary(result.documents, result.errors, result.warnings, result.suppressed, result.skipped)


def finding_for_json(finding: Finding, pages: str) -> LintFinding:
    """Return a finding as programs read it, with its rule's page among `pages`."""
    return LintFinding(
        finding.path,
        *finding.span,
        rule=finding.rule,
        severity=finding.severity,
        message=finding.message,
        hint=finding.hint,
        url=rule_url(finding.rule, pages),
        fixable=finding.fix is not None,
    )
