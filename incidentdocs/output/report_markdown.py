"""Reports as Markdown, for a pull request or a wiki: whatever documents say stays text there."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from urllib.parse import quote

from incidentdocs.output.report_text import state_of, totals
from incidentdocs.output.terminal import visible
from incidentdocs.reports.model import ActionsReport, Item, OverdueReport, Summary

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


@cache
def _markup() -> re.Pattern[str]:
    return re.compile(r"[\\`*_{}\[\]|~$&<>]")


def escaped(text: str) -> str:
    """Return `text` as Markdown that renders as that text inside a line, whatever markup it holds.

    Addresses and mentions such as `@dev` and `#12` are left to the forge that shows them.
    """
    return _markup().sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), visible(text))


def report_markdown(report: OverdueReport | ActionsReport) -> str:
    """Return the items as a table for each document, under a heading with the day and the totals."""
    items = "Overdue action items" if isinstance(report, OverdueReport) else "Action items"
    blocks = [f"# {items} on {report.as_of}", f"{totals(report)}."]
    return "\n\n".join([*blocks, *_documents(report.items), *_unreadable(report.summary)])


def _documents(items: Iterable[Item]) -> Iterator[str]:
    for path, of_document in groupby(items, key=lambda item: item.document):
        listed = list(of_document)
        severity = f" ({listed[0].severity})" if listed[0].severity else ""
        yield f"## {_link(path, path)}{severity}"
        yield _table(listed)


def _table(items: Iterable[Item]) -> str:
    rows = ["| item | what | owner | state | line |", "| --- | --- | --- | --- | --- |"]
    for item in items:
        label = f"AI {item.number}" if item.number is not None else "AI"
        owner = escaped(item.owner) if item.owner else "no owner"
        line = _link(str(item.line), item.document, item.line)
        rows.append(f"| {label} | {escaped(item.description)} | {owner} | {state_of(item)} | {line} |")
    return "\n".join(rows)


def _unreadable(summary: Summary) -> Iterator[str]:
    if summary.unreadable_due:
        yield "## Due date not understood"
        yield "\n".join(
            f"- {_link(f'{found.document}:{found.line}', found.document, found.line)}: {escaped(found.due)}"
            for found in summary.unreadable_due
        )


def _link(text: str, path: str, line: int | None = None) -> str:
    anchor = "" if line is None else f"#L{line}"
    # A leading `./` keeps a path such as `javascript:x` from being read as a scheme.
    return f"[{escaped(text)}](./{quote(path, errors='surrogatepass')}{anchor})"
