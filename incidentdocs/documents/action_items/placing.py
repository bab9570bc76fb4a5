"""An action item as it stands further down in its file."""

from collections.abc import Callable, Mapping
from typing import Any

from incidentdocs.documents.action_items.action_item import ActionItem
from incidentdocs.markdown.blocks import Text
from incidentdocs.markdown.places import Place, Problem, Span


def moved_down(item: ActionItem, lines: int) -> ActionItem:
    """Return `item` as it is read where it stands so many `lines` further down."""
    if not lines:
        return item
    moved = ActionItem._make(_moved(value, lines) for value in item)
    return moved._replace(line=item.line + lines, last=item.last + lines)


def _moved(value: Any, lines: int) -> Any:
    move = _MOVES.get(type(value))
    return move(value, lines) if move else value


def _span(span: Span, lines: int) -> Span:
    return Span(span.line + lines, span.column, span.end_line + lines, span.end_column)


def _text(text: Text, lines: int) -> Text:
    return Text(text.source, tuple([Place(start.line + lines, start.column) for start in text.starts]))


def _problem(problem: Problem, lines: int) -> Problem:
    return problem._replace(span=_span(problem.span, lines))


_MOVES: Mapping[type, Callable[[Any, int], Any]] = {Span: _span, Text: _text, Problem: _problem}
"""What in an item knows its place."""
