"""Reports for programs: version 1 of a contract, as their models in `reports/` declare it."""

from incidentdocs.output.json_text import json_text
from incidentdocs.reports.model import Model


def report_json(report: Model) -> str:
    """Return `report` as JSON in plain ASCII."""
    return json_text(report.model_dump(mode="json", by_alias=True))
