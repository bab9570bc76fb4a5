"""The action items of a document, in whatever notation they are written."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from incidentdocs.documents.action_items.action_item import ActionItem, Parts, action_item
from incidentdocs.documents.action_items.groups import is_detail, says_done, title_of_group
from incidentdocs.documents.action_items.notations import (
    from_heading,
    from_list,
    from_paragraph,
    is_heading_item,
    own_text,
)
from incidentdocs.documents.action_items.tables import from_table, own_columns
from incidentdocs.documents.action_items.words import Column
from incidentdocs.documents.sections import Section
from incidentdocs.markdown.blocks import Block, Heading, List, Paragraph, Quote, Table, Text

__all__ = ["ActionItem", "ActionItems", "read_action_items"]


class ActionItems(NamedTuple):
    """The items in the file's order, and why there are none where the document says so."""

    items: tuple[ActionItem, ...]
    none_reason: Text | None = None


def read_action_items(
    sections: Sequence[Section], definitions: Mapping[str, str] = MappingProxyType({})
) -> ActionItems:
    """Return the action items of all `sections`; whatever looks like one is one.

    `definitions` are where the document's references lead.
    """
    none_reason = None
    items: list[ActionItem] = []
    for section in sections:
        reason, blocks = _without_none(section.blocks)
        none_reason = none_reason or reason
        asks = section.profile.asks if section.profile else ()
        columns = own_columns(section.profile)
        items += (action_item(parts, asks, definitions) for parts in _parts(blocks, columns))
    return ActionItems(tuple(items), none_reason)


def _parts(blocks: Sequence[Block], own: Mapping[str, Column]) -> Iterator[Parts]:
    index = 0
    settled = False
    while index < len(blocks):
        block = blocks[index]
        index += 1
        title = title_of_group(block)
        if isinstance(block, Heading) and is_heading_item(block):
            below = blocks[index : _next_heading(blocks, index)]
            found = from_heading(block, below)
            index += len(below)
        elif title is not None:
            settled = says_done(title)
            continue
        elif is_detail(blocks, index - 1):
            continue
        else:
            found = _in_block(block, own)
        yield from (_as_grouped(parts) if settled else parts for parts in found)


def _as_grouped(parts: Parts) -> Parts:
    """Return an item below a title that says that what follows is done."""
    return parts._replace(settled=True, stated=True)


def _next_heading(blocks: Sequence[Block], start: int) -> int:
    following = (i for i in range(start, len(blocks)) if isinstance(blocks[i], Heading))
    return next(following, len(blocks))


def _in_block(block: Block, own: Mapping[str, Column]) -> Iterator[Parts]:
    match block:
        case List():
            yield from from_list(block)
        case Table():
            yield from from_table(block, own)
        case Paragraph():
            yield from from_paragraph(block)
        case Quote():
            yield from _parts(block.children, own)
        case _:
            pass


def _without_none(blocks: Sequence[Block]) -> tuple[Text | None, list[Block]]:
    """Return the reason for having no items, and the blocks other than the one that says there are none."""
    reason = None
    kept: list[Block] = []
    for block in blocks:
        text = _only_text(block)
        found = _none().fullmatch(text.source) if text else None
        if text and found:
            reason = reason or _reason(text, found)
        else:
            kept.append(block)
    return reason, kept


def _only_text(block: Block) -> Text | None:
    """Return the text of a paragraph, or of a list's only item."""
    if isinstance(block, Paragraph):
        return block.text
    if isinstance(block, List) and len(block.items) == 1:
        return own_text(block.items[0])
    return None


@cache
def _none() -> re.Pattern[str]:
    """`No action: reason`, `Aucune action : raison`, and the same words without a reason."""
    subject = r"(?:\s+(?:actions?|items?|suivi|follow-?ups?))"
    nothing = (
        rf"(?:(?:no|pas\s+d['’])\s*(?:actions?|follow-?ups?){subject}*|(?:none|aucune?s?|néant){subject}*)"
    )
    verb = r"is|are|were|was|needed|required|necessary|n['’](?:est|était)|nécessaires?|requises?|prévues?"
    because = r"\s*[:：.,;–—(-]\s*|\s+(?:because|as|since|car|parce\s+que|puisque)\s+"
    return re.compile(
        rf"\s*(?:\[[ xX]\]\s*)?[*_]*{nothing}(?:\s+(?:{verb}))*[*_]*(?:(?:{because})(?P<reason>.*))?",
        re.IGNORECASE | re.DOTALL,
    )


def _reason(text: Text, found: re.Match[str]) -> Text | None:
    if not found["reason"]:
        return None
    reason = text.part(*found.span("reason")).stripped()
    return reason if any(character.isalnum() for character in reason.source) else None
