"""Reports as Markdown, for a pull request or a wiki: whatever documents say stays text there."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from urllib.parse import quote

from incidentdocs.output.item_groups import By, groups
from incidentdocs.output.report_words import (
    CHANGES,
    heading_of_changes,
    how_it_changed,
    label,
    past_of,
    state_of,
    totals,
)
from incidentdocs.output.terminal import visible
from incidentdocs.reports.model import ActionsReport, Change, Item, OverdueReport, Summary

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


@cache
def _markup() -> re.Pattern[str]:
    return re.compile(r"[\\`*_{}\[\]|~$&<>]")


def escaped(text: str) -> str:
    """Return `text` as Markdown that renders as that text inside a line, whatever markup it holds.

    Addresses and mentions such as `@dev` and `#12` are left to the forge that shows them.
    """
    return _markup().sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), visible(text))


def report_markdown(report: OverdueReport | ActionsReport, *, by: By = "document") -> str:
    """Return the items in a table for each of their groups, below the totals, and what changed."""
    items = "Overdue action items" if isinstance(report, OverdueReport) else "Action items"
    blocks = [f"# {items} on {report.as_of}", f"{totals(report)}."]
    rest = [*_groups(report.items, by), *_unreadable(report.summary), *_changes(report)]
    return "\n\n".join([*blocks, *rest])


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; the cells are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def link(text: str, path: str, line: int | None = None) -> str:
    """Return a link to a file of the repository."""
    anchor = "" if line is None else f"#L{line}"
    # A leading `./` keeps a path such as `javascript:x` from being read as a scheme.
    return f"[{escaped(text)}](./{quote(path, errors='surrogatepass')}{anchor})"


def _groups(items: Sequence[Item], by: By) -> Iterator[str]:
    for group in groups(items, by):
        if group.path is None:
            yield f"## {escaped(group.title)}"
        else:
            severity = f" ({group.items[0].severity})" if group.items[0].severity else ""
            yield f"## {link(group.path, group.path)}{severity}"
        yield _items(group.items, with_document=group.path is None)


def _items(items: Sequence[Item], *, with_document: bool) -> str:
    history = ["history"] if any(map(past_of, items)) else []
    rows = [
        [*_cells(item, with_document=with_document), *([escaped(past_of(item))] if history else [])]
        for item in items
    ]
    place = "document" if with_document else "line"
    return table(["item", "what", "owner", "state", place, *history], rows)


def _cells(item: Item, *, with_document: bool) -> list[str]:
    owner = escaped(item.owner) if item.owner else "no owner"
    state = f"{state_of(item)}: {item.reason}" if item.reason else state_of(item)
    place = f"{item.document}:{item.line}" if with_document else str(item.line)
    return [
        label(item.number),
        escaped(item.description),
        owner,
        escaped(state),
        link(place, item.document, item.line),
    ]


def _unreadable(summary: Summary) -> Iterator[str]:
    if summary.unreadable_due:
        yield "## Due date not understood"
        yield "\n".join(
            f"- {link(f'{found.document}:{found.line}', found.document, found.line)}: {escaped(found.due)}"
            for found in summary.unreadable_due
        )


def _changes(report: OverdueReport | ActionsReport) -> Iterator[str]:
    if report.since:
        yield f"## {heading_of_changes(report)}"
    if report.changes:
        yield table(
            ["change", "item", "what", "owner", "document"], [_change(change) for change in report.changes]
        )


def _change(change: Change) -> list[str]:
    owner = escaped(change.owner) if change.owner else "no owner"
    what = f"{CHANGES[change.change]} {escaped(how_it_changed(change))}"
    document = link(change.document, change.document, change.line)
    return [what, label(change.number), escaped(change.description), owner, document]
