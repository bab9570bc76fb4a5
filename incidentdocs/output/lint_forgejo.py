"""Findings for Forgejo Actions, whose log shows each command as it is: one that can be read there."""

from incidentdocs.library.finding import Finding
from incidentdocs.output.lint_github import properties_of
from incidentdocs.output.lint_text import summary
from incidentdocs.output.told import Told, with_hint, worst_first
from incidentdocs.output.workflow_commands import command


def lint_forgejo(told: Told) -> str:
    """Return a workflow command for each finding, worst first, and the line that sums up.

    All of a finding stands in one line behind the command's properties, which are as few as can be.
    """
    commands = (_command(finding) for finding in worst_first(told.result.findings))
    return "\n".join([*commands, summary(told.result)])


def _command(finding: Finding) -> str:
    where = {key: value for key, value in properties_of(finding).items() if not key.startswith("end")}
    told = f"{finding.place}: {finding.severity}[{finding.rule}] {with_hint(finding)}"
    return command(finding.severity, where, told)
