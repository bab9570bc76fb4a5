"""What a text refers to: addresses, issues and commits, as written or as links."""

import re
from collections.abc import Mapping
from functools import cache

from incidentdocs.markdown.inline import links, mask, referenced


@cache
def _reference() -> re.Pattern[str]:
    return re.compile(
        r"https?://[^\s<>]*[^\s<>,;.]|(?<![\w.@/-])(?:[\w.-]{1,100}/[\w.-]{1,100})?[#!]\d{1,9}(?!\w)"
        r"|(?<![\w-])[A-Z][A-Z0-9]{1,9}-\d{1,9}(?![\w-])|(?<![\w-])(?=[a-f]*\d)[0-9a-f]{7,40}(?![\w-])"
    )


@cache
def _image() -> re.Pattern[str]:
    return re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*\)")


@cache
def link_label() -> re.Pattern[str]:
    """Return what matches the bracketed text of an inline link."""
    return re.compile(r"\[[^\[\]\n]*\](?=\()")


def references(value: str) -> tuple[str, ...]:
    """Return what `value` refers to: addresses (a link's own), `#12`, `team/repo#12`, `ABC-12`, commits.

    Pictures show something and refer to nothing.
    """
    bare = link_label().sub("", _image().sub("", value))
    return tuple(_balanced(found[0]) for found in _reference().finditer(bare))


def mentioned(text: str, definitions: Mapping[str, str]) -> tuple[str, ...]:
    """Return what running text refers to beyond doubt: its links, `team/repo#12`, and pages as `[[page]]`.

    `definitions` are where the document's references lead. A number such as `#2`, or a word such as `UTF-8`,
    is one only where a field holds it.
    """
    if not _may_mention().search(text):
        return ()
    shown = mask(text)
    others = (found["page"] or found["issue"] for found in _elsewhere().finditer(shown))
    return tuple(dict.fromkeys((*links(text), *referenced(text, definitions), *map(str.strip, others))))


@cache
def _may_mention() -> re.Pattern[str]:
    return re.compile(r"[\[#]|://|www\.")


@cache
def _elsewhere() -> re.Pattern[str]:
    return re.compile(
        r"\[\[(?P<page>[^\[\]|\n]{1,200})(?:\|[^\[\]\n]{0,200})?\]\]"
        r"|(?<![\w./-])(?P<issue>[\w.-]{1,100}/[\w.-]{1,100}[#!]\d{1,9})(?!\w)"
    )


def _balanced(address: str) -> str:
    surplus = max(address.count(")") - address.count("("), 0)
    kept = address.rstrip(")")
    return address[: max(len(kept), len(address) - surplus)]


def starts_with_reference(value: str) -> bool:
    """Return whether `value` begins with something it refers to, a link's label apart."""
    label = link_label().match(value)
    bare = value[label.end() :] if label else value
    return _reference().match(bare.lstrip("(<[")) is not None


def only_references(value: str) -> bool:
    """Return whether `value` is nothing but links and other references."""
    rest, count = _reference().subn("", link_label().sub("", _image().sub("", value)))
    return count > 0 and not any(character.isalnum() for character in rest)
