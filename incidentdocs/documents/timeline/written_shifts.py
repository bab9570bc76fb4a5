"""A time that counts from another event becomes a value: `T+5`, `+ 10 min`, `10 minutes later`."""

from datetime import timedelta
from typing import NamedTuple

from incidentdocs.clock import parse_duration
from incidentdocs.documents.timeline.patterns import compiled

_AMOUNT = (
    r"\d{1,4}\s?(?:h(?:rs?|ours?|eures?)?|min(?:s|utes?)?|mn|m|s(?:ec(?:s|ondes?|onds?)?)?)(?![^\W\d_])"
    r"(?:\s?(?:,\s|and\s|et\s)?\d{1,2}(?:\s?(?:min(?:s|utes?)?|mn|m)(?!\w))?)?"
)

_COUNTS = ("0", "+", "-", "−")
"""What comes first behind the letter of the first event, as in `T+5`."""


class Shift(NamedTuple):
    """How long after the event above it something was, or, with `from_first`, after the first of all."""

    delta: timedelta
    from_first: bool


class ShiftToken(NamedTuple):
    """A shift found in a text, up to `end`."""

    end: int
    shift: Shift


def read_shift(text: str, at: int = 0, *, prose: bool = False) -> ShiftToken | None:
    """Return the shift written in `text` from offset `at` on, or None where there is none.

    With `prose`, *10 minutes later …* opens a sentence and is none.
    """
    sign = text[at : at + 1]
    if sign in ("T", "t", "H", "h"):
        counts = text[at + 1 : at + 3].strip()[:1] in _COUNTS
        return _since_the_first(text, at) if counts else None
    if sign == "+":
        return _added(text, at)
    if prose or not sign.isdecimal() or ":" in text[at + 1 : at + 3]:
        return None
    return _later(text, at)


def _since_the_first(text: str, at: int) -> ShiftToken | None:
    """Read `T+5` (minutes), `T+00:10`, `T+1h`, `T-5 min`, `T0`, `H+2` (hours)."""
    found = compiled(
        rf"(?P<unit>[th])(?:\s?0(?=\s?[:–—|,]|\s|$)|\s?(?P<sign>[+−-])\s?(?:(?P<clock>\d{{1,3}}:\d\d(?::\d\d)?)"
        rf"|(?P<amount>{_AMOUNT})|(?P<bare>\d{{1,4}}))(?![\w.]|:\d))"
    ).match(text, at)
    if found is None or (found["unit"] in "hH" and not (found["bare"] and found["sign"] == "+")):
        return None
    unit = timedelta(hours=1) if found["unit"] in "hH" else timedelta(minutes=1)
    delta = int(found["bare"]) * unit if found["bare"] else _duration(found["clock"], found["amount"])
    return ShiftToken(found.end(), Shift(-delta if found["sign"] in ("-", "−") else delta, from_first=True))


def _added(text: str, at: int) -> ShiftToken | None:
    """Read `+10 min`, `+ 1h30`, `+00:10`."""
    found = compiled(rf"\+\s?(?:(?P<clock>\d{{1,2}}:\d\d)|(?P<amount>{_AMOUNT}))(?![\w:])").match(text, at)
    if found is None:
        return None
    return ShiftToken(found.end(), Shift(_duration(found["clock"], found["amount"]), from_first=False))


def _later(text: str, at: int) -> ShiftToken | None:
    """Read `10 minutes later`, `5 min plus tard`."""
    found = compiled(rf"(?P<amount>{_AMOUNT})\s(?:later|afterwards|plus\stard)\b").match(text, at)
    return (
        ShiftToken(found.end(), Shift(_duration(None, found["amount"]), from_first=False)) if found else None
    )


def _duration(clock: str | None, amount: str | None) -> timedelta:
    if clock:
        hours, minutes, seconds = (int(part) for part in (*clock.split(":"), "0")[:3])
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return (parse_duration(amount) if amount else None) or timedelta(0)
