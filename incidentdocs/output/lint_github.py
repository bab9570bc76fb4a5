"""Findings for GitHub Actions: commands in the log that become annotations of the changed files."""

from incidentdocs.library.finding import Finding
from incidentdocs.output.lint_text import summary
from incidentdocs.output.told import Told, one_line, worst_first
from incidentdocs.output.workflow_commands import command


def lint_github(told: Told) -> str:
    """Return a workflow command for each finding, worst first, and the line that sums up.

    GitHub shows the first ten errors and the first ten warnings of a step beside the files. The log shows the
    message alone, so that it begins with the place.
    """
    commands = (_command(finding) for finding in worst_first(told.result.findings))
    return "\n".join([*commands, summary(told.result)])


def _command(finding: Finding) -> str:
    message = f"{finding.place}: {one_line(finding.message)}"
    properties = properties_of(finding) | {"title": finding.rule}
    return command(finding.severity, properties, f"{message}\n{finding.hint}")


def properties_of(finding: Finding) -> dict[str, object]:
    """Return where a finding stands as properties of a command; columns only where it ends on its line."""
    span = finding.span
    if span.end_line > span.line:
        return {"file": finding.path, "line": span.line, "endLine": span.end_line}
    columns = {"col": span.column, "endColumn": max(span.column, span.end_column)}
    return {"file": finding.path, "line": span.line, "endLine": span.line} | columns
