"""The events for programs that read a line at a time."""

import json

from incidentdocs.output.json_text import escaped_json
from incidentdocs.reports.events import HistoryReport


def history_jsonl(report: HistoryReport) -> str:
    """Return the events as a JSON object a line, in plain ASCII; nothing where there are none."""
    return "\n".join(
        escaped_json(json.dumps(event.model_dump(mode="json", by_alias=True))) for event in report.events
    )
