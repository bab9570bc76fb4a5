"""Findings for people in a hurry and for editors: one line each, and nothing else."""

from incidentdocs.library.finding import Finding
from incidentdocs.output.terminal import Style, visible
from incidentdocs.output.told import Told, with_hint


def lint_concise(told: Told) -> str:
    """Return a line for each finding: `path:line:column: severity[rule] message; hint`."""
    style = Style(colour=told.colour)
    return "\n".join(concise_line(finding, style) for finding in told.result.findings)


def concise_line(finding: Finding, style: Style) -> str:
    """Return a finding as one line that is only read, never obeyed."""
    kind = style.grave(f"{finding.severity}[{finding.rule}]", finding.severity)
    return f"{style.bold(visible(f'{finding.place}:'))} {kind} {visible(with_hint(finding))}"
