"""Who owns an action item: the persons, and the agents beside them."""

import re
from functools import cache
from typing import NamedTuple


class Owners(NamedTuple):
    """The persons (a team counts as one) and the companions after `with` or `avec`."""

    persons: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()


NOBODY = frozenset(
    {"none", "nobody", "no one", "unassigned", "aucun", "aucune", "personne", "n/a", "-", "?", "–", "—"}
)
"""Words that name no owner."""


@cache
def _beside() -> re.Pattern[str]:
    return re.compile(r"(?:^|\s)(?:with|avec)\s", re.IGNORECASE)


@cache
def _between_persons() -> re.Pattern[str]:
    # A slash parts persons only before a handle or between spaces: `@org/team` is one.
    return re.compile(r"\s*[,;]\s*|\s*[&+/]\s*(?=@)|\s/\s|\s(?:and|et|or|ou)\s", re.IGNORECASE)


@cache
def _between_names() -> re.Pattern[str]:
    return re.compile(r"\s*[,;]\s*|\s[&+/]\s|\s(?:and|et|or|ou)\s", re.IGNORECASE)


@cache
def _team() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:team|équipe|equipe|squad|group|groupe|guild|crew|department|service)\b", re.IGNORECASE
    )


def read_owners(text: str) -> Owners:
    """Return whom `text` names: `@a`, `@a and @b`, `Alice Martin`, `@dev with @bridge-bot`."""
    bare = " ".join(text.split())
    parts = _beside().split(bare, maxsplit=1)
    companions = _names(parts[1]) if len(parts) == 2 else ()
    return Owners(_names(parts[0]), companions)


def _names(text: str) -> tuple[str, ...]:
    if "@" not in text and _team().search(text):
        names = [text]
    else:
        names = (_between_persons() if "@" in text else _between_names()).split(text)
    bare = (name.strip(" .,;:`") for written in names for name in _handles(written))
    return tuple(dict.fromkeys(name for name in bare if name and name.casefold() not in NOBODY))


def _handles(name: str) -> list[str]:
    """Return the handles of `@a @b`; one after a name, as in `Alice Martin @alice`, is the same person."""
    words = name.split()
    return words if all(word.startswith("@") for word in words) else [name]
