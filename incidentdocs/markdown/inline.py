"""Readers of inline Markdown: masks that keep every position, the visible text, and the links."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from re import Pattern

from incidentdocs.markdown.grammar import label_key
from incidentdocs.markdown.inline_scanner import Piece, scan

_HIDDEN = frozenset({"code", "comment", "url", "destination", "image"})
_HIDDEN_WITH_TAGS = _HIDDEN | {"tag"}


def mask(source: str) -> str:
    """Return `source` with spaces for code, comments, tags, URLs, link destinations and images.

    The result is as long as `source` and has its line breaks where they were.
    """
    return _blanked(source, _HIDDEN_WITH_TAGS)


def mask_code(source: str) -> str:
    """Return the same as `mask`, but leave tags such as `<service>` as they are."""
    return _blanked(source, _HIDDEN)


def plain(source: str) -> str:
    """Return the text that a reader sees, with single spaces: no markers, link targets, tags or escapes.

    An image is its alternative text.
    """
    shown: list[str] = []
    position = 0
    for piece in scan(source):
        if piece.kind != "image":
            shown += (source[position : piece.start], piece.shown)
            position = piece.end
    shown.append(source[position:])
    return " ".join("".join(shown).split())


def links(source: str) -> tuple[str, ...]:
    """Return the destinations of links, autolinks and bare URLs, in order; images are no links."""
    return tuple(piece.target for piece in scan(source) if piece.target)


def referenced(source: str, definitions: Mapping[str, str]) -> tuple[str, ...]:
    """Return where the references in `source` lead, in order: `[words][label]`, `[label][]`, `[label]`."""
    return tuple(target for target, _, _ in reference_places(source, definitions))


def reference_places(source: str, definitions: Mapping[str, str]) -> Iterator[tuple[str, int, int]]:
    """Yield where each reference in `source` leads, a picture's too, and from where to where it stands."""
    if not definitions or "[" not in source:
        return
    for found in _reference().finditer(mask_code(source)):
        key = label_key(found["label"] or found["words"])
        if key in definitions:
            yield definitions[key], found.start(), found.end()


@cache
def _reference() -> Pattern[str]:
    return re.compile(r"!?\[(?P<words>[^\[\]]{1,999})\](?:\[(?P<label>[^\[\]]{0,999})\])?(?!\()")


def _blanked(source: str, kinds: frozenset[str]) -> str:
    parts: list[str] = []
    position = 0
    for piece in _outermost(scan(source), kinds):
        hidden = _visible().sub(" ", source[piece.start : piece.end])
        parts += (source[position : piece.start], hidden)
        position = piece.end
    parts.append(source[position:])
    return "".join(parts)


def _outermost(pieces: tuple[Piece, ...], kinds: frozenset[str]) -> list[Piece]:
    found: list[Piece] = []
    end = 0
    for piece in pieces:
        if piece.kind in kinds and piece.end > end:
            found.append(piece._replace(start=max(piece.start, end)))
            end = piece.end
    return found


@cache
def _visible() -> Pattern[str]:
    return re.compile(r"[^\n]")
