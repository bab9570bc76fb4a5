"""Reports for programs: version 1 of a contract, as `reports/model.py` declares it."""

from incidentdocs.output.json_text import json_text
from incidentdocs.reports.model import ActionsReport, OverdueReport


def report_json(report: OverdueReport | ActionsReport) -> str:
    """Return `report` as JSON in plain ASCII."""
    return json_text(report.model_dump(mode="json", by_alias=True))
