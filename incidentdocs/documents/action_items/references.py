"""What a text refers to: addresses, issues and commits, as written or as links."""

import re
from functools import cache


@cache
def _reference() -> re.Pattern[str]:
    return re.compile(
        r"https?://[^\s<>]*[^\s<>,;.]|(?<![\w.@/-])(?:[\w.-]{1,100}/[\w.-]{1,100})?[#!]\d{1,9}(?!\w)"
        r"|(?<![\w-])[A-Z][A-Z0-9]{1,9}-\d{1,9}(?![\w-])|(?<![\w-])(?=[a-f]*\d)[0-9a-f]{7,40}(?![\w-])"
    )


@cache
def link_label() -> re.Pattern[str]:
    """Return what matches the bracketed text of an inline link."""
    return re.compile(r"\[[^\[\]\n]*\](?=\()")


def references(value: str) -> tuple[str, ...]:
    """Return what `value` refers to: addresses (a link's own), `#12`, `team/repo#12`, `ABC-12`, commits."""
    return tuple(_balanced(found[0]) for found in _reference().finditer(link_label().sub("", value)))


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
    rest, count = _reference().subn("", link_label().sub("", value))
    return count > 0 and not any(character.isalnum() for character in rest)
