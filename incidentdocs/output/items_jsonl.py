"""Action items for programs that read a line at a time, such as those that file issues."""

import json

from incidentdocs.output.file_url import file_url
from incidentdocs.output.json_text import escaped_json
from incidentdocs.reports.model import ActionsReport, Item, OverdueReport


def items_jsonl(report: OverdueReport | ActionsReport, *, pages: str) -> str:
    """Return each item as the report's JSON has it, an object a line in plain ASCII, with its `address`.

    `pages` is the pattern of the addresses of files; without it the address is null.
    """
    return "\n".join(escaped_json(json.dumps(_object(item, pages))) for item in report.items)


def _object(item: Item, pages: str) -> dict[str, object]:
    return {
        **item.model_dump(mode="json", by_alias=True),
        "address": file_url(pages, item.document, item.line),
    }
