"""How files and titles are named: the pattern that most of them follow."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import PurePosixPath
from typing import NamedTuple

from incidentdocs.documents.title_patterns import read_title
from incidentdocs.errors import UsageError
from incidentdocs.learning.shares import MOST, Share, most_common, share
from incidentdocs.profiles.file_names import read_filename
from incidentdocs.profiles.profile import Profile
from incidentdocs.profiles.slug import slug


class Pattern(NamedTuple):
    """A pattern of names, with how many follow it."""

    written: str
    fits: Share


def extensions_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return the extensions of files' names, the most common first."""
    return tuple(extension for extension, _ in most_common(extension_of(name) for name in names))


def extension_of(name: str) -> str:
    """Return the extension of a file's name; one that holds a space is a part of the title."""
    suffix = PurePosixPath(name).suffix.lstrip(".").casefold()
    return suffix if suffix.isalnum() else ""


def file_pattern(names: Sequence[str]) -> Pattern | None:
    """Return the pattern that most of the files' names follow, None where they have none in common."""
    extensions = extensions_of(names)
    stems = [name.removesuffix(f".{extension_of(name)}") for name in names]
    for stem, _ in most_common(_generalised(stem) for stem in stems):
        profile = _profile(filename=f"{stem}.md", extensions=extensions) if stem else None
        if profile:
            fits = share(_follows(name, profile) for name in names)
            if fits.part >= MOST:
                return Pattern(f"{stem}.{extensions[0] or 'md'}", fits)
    return None


def _follows(name: str, profile: Profile) -> bool:
    return read_filename(name, profile) is not None


def _generalised(stem: str) -> str:
    """Return a name with what varies in names, from its date or number on, in place of what it holds."""
    for form, pattern in _forms():
        found = form.fullmatch(stem)
        if found:
            said = found.groupdict("")
            rest = "{title}" if " " in said.get("rest", "") else "{slug}"
            return pattern.format(before=_escaped(said["before"]), between=said.get("between", ""), rest=rest)
    return ""


def _escaped(text: str) -> str:
    return "" if re.search(r"[{}]", text) else text


@cache
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    between, rest = r"(?P<between>[ ._-]{1,3})", r"(?P<rest>.*[^\W\d_].*)"
    return (
        (
            re.compile(rf"(?P<before>\D{{0,30}}?)\d{{4}}-\d\d-\d\d{between}{rest}"),
            "{before}{{date}}{between}{rest}",
        ),
        (re.compile(r"(?P<before>\D{0,30}?)\d{4}-\d\d-\d\d"), "{before}{{date}}"),
        (
            re.compile(rf"(?P<before>\D{{0,30}}?)(?:19|20)\d\d-\d{{1,5}}{between}{rest}"),
            "{before}{{year}}-{{number}}{between}{rest}",
        ),
        (
            re.compile(rf"(?P<before>\D{{0,30}}?)\d{{1,6}}{between}{rest}"),
            "{before}{{number}}{between}{rest}",
        ),
    )


def title_patterns(titles: Sequence[str | None]) -> tuple[Pattern, ...]:
    """Return the pattern that most of the titles follow, none where they are free."""
    there = [title for title in titles if title]
    candidates = [*_prefixes(there), *map(_dated, there), *map(_single, there)]
    for written, _ in most_common(candidate for candidate in candidates if candidate):
        profile = _profile(titles={"en": (written,)})
        fits = share(read_title(title, profile) is not None for title in there)
        if fits.part >= MOST:
            return (Pattern(written, fits),)
    return ()


def _prefixes(titles: Sequence[str]) -> list[str]:
    """Return for each title that begins with some words before a colon or a dash the pattern that says so."""
    return [f"{found[0]}{{title}}" for title in titles if (found := _head().match(title))]


@cache
def _head() -> re.Pattern[str]:
    return re.compile(r"[^\W\d][^:：–—{}]{2,30}?\s?(?::|：|\s[–—-])\s")


def _dated(title: str) -> str:
    found = re.match(r"(?P<date>\d{4}-\d\d-\d\d)(?P<between>[\s,:–—-]{1,4})\S", title)
    return f"{{date}}{found['between']}{{title}}" if found else ""


def _single(title: str) -> str:
    """Return the pattern of a title that is one word, such as the name of an alert."""
    return "{slug}" if re.fullmatch(r"[\w.-]+", title) else ""


def _profile(**said: object) -> Profile:
    return Profile(kind="trial", name={"en": "Trial"}, folders=(".",), **said)  # type: ignore[arg-type]


def id_of(words: str, otherwise: str) -> str:
    """Return an id made of the words of a title or a label, `otherwise` where ASCII cannot write them."""
    try:
        return slug(words)
    except UsageError:
        return otherwise
