"""Findings for programs that read a line at a time."""

import json
from dataclasses import asdict

from incidentdocs.output.json_text import escaped_json
from incidentdocs.output.lint_json import finding_for_json
from incidentdocs.output.told import Told


def lint_jsonl(told: Told) -> str:
    """Return each finding as `lint --format json` has it, a JSON object a line in plain ASCII."""
    findings = (asdict(finding_for_json(finding, told.pages)) for finding in told.result.findings)
    return "\n".join(escaped_json(json.dumps(finding)) for finding in findings)
