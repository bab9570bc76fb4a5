"""One written clock becomes a value: `10:15`, `10h15`, `4:23 PM`, `10h`, and what only looks like one."""

import re
from datetime import timedelta
from typing import NamedTuple

from incidentdocs.documents.timeline.patterns import compiled

DAY = timedelta(days=1)

_HALVES = r"(?P<half>am|pm|a\.m\.|p\.m\.)(?![a-z])"
_AMOUNT = (
    r"\s?(?:later|plus tard|ago|downtime|outage|long)\b"
    r"|\s?d(?:e |['’])(?:coupure|panne|downtime|retard|travail|perte|interruption|indispo|arrêt|attente)"
)
"""What follows an amount of time rather than a time of day: `1h40 de coupure`."""

_RELATIVE = r"\s?(?:after|après|apres|before|avant|of|de|d['’])"
"""What makes an hour without minutes an amount: `10h after the deployment`."""


class ClockToken(NamedTuple):
    """A clock found in a text, up to `end`, as the time since midnight.

    `clock` is None where it has the shape of a clock and is none; `hint` then says what to write.
    `precision` is how much time the writing leaves open; `half` is `am`, `pm` or empty. `open` says that
    signs stand for what its author does not know of it: `14:??`.
    """

    end: int
    clock: timedelta | None
    precision: timedelta = timedelta(minutes=1)
    half: str = ""
    hint: str | None = None
    open: bool = False

    @property
    def hourly(self) -> bool:
        """Whether only an hour is written."""
        return self.precision >= timedelta(hours=1)

    def like(self, until: "ClockToken") -> "ClockToken":
        """Return this clock with the half of the day of its range's end: `4:00-5:00 PM`."""
        noon = timedelta(hours=12)
        if until.half != "pm" or self.half or self.clock is None or until.clock is None:
            return self
        later = self.clock + noon
        return self._replace(clock=later) if self.clock < noon and later <= until.clock else self


def read_clock(text: str, at: int = 0) -> ClockToken | None:
    """Return the clock written in `text` from offset `at` on, or None where there is none."""
    if not text[at : at + 1].isdecimal():
        return _broken(text, at)
    return (
        _minutes(text, at)
        or _open_minutes(text, at)
        or _dotted(text, at)
        or _hours(text, at)
        or _broken(text, at)
    )


def _minutes(text: str, at: int) -> ClockToken | None:
    found = compiled(
        r"(?P<hour>\d{1,2})(?P<sign>:|\s?h\s?)(?P<minute>\d{2})(?::(?P<second>\d{2})(?P<part>[.,]\d{1,9})?)?"
        rf"(?!\d|:\d|\?[\w?])(?:\s?{_HALVES}|z(?![a-z])|\s?(?:hrs?|h|uhr)\b)?"
    ).match(text, at)
    if found is None or _is_broken_digit(text, found.end()):
        return None
    if found["sign"] != ":" and compiled(rf"\s?(?:m|min|mn|minutes?|s)\b|{_AMOUNT}").match(text, found.end()):
        return None
    precision = timedelta(seconds=1) if found["second"] else timedelta(minutes=1)
    end = found.end() - (text[found.end() - 1] in "zZ")
    return _token(end, found, int(found["minute"]), int(found["second"] or 0), precision)


def _open_minutes(text: str, at: int) -> ClockToken | None:
    """Read `14:??`, `14h??`, `14:xx` and `14:3?`, whose author says openly that the minute is not known."""
    if not any(sign in text[at + 2 : at + 7] for sign in "?xX-"):
        return None  # as after most digits, and sooner told than by the pattern
    found = compiled(
        r"(?P<hour>\d{1,2})(?::|\s?h\s?)(?:\?\?|xx|--(?!-)|(?P<ten>[0-5])[?x])(?::(?:\?\?|xx|--))?(?![\w?]|:[\w?-])"
        rf"(?:\s?{_HALVES})?"
    ).match(text, at)
    if found is None or int(found["hour"]) > 23:
        return None
    precision = timedelta(minutes=10) if found["ten"] else timedelta(hours=1)
    token = _token(found.end(), found, 10 * int(found["ten"] or 0), 0, precision)
    return token._replace(open=True)


def _dotted(text: str, at: int) -> ClockToken | None:
    """Read `10.15 Uhr`, `1.30pm`, `0915Z`: what a version or a count could be without the word behind it."""
    found = compiled(rf"(?P<hour>\d{{1,2}})\.(?P<minute>\d{{2}})\s?(?:{_HALVES}|(?:uhr|hrs?|h)\b)").match(
        text, at
    ) or compiled(
        r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<half>)(?:\s?hrs?\b|(?=\s?(?:z|utc|gmt)\b))"
    ).match(text, at)
    return _token(found.end(), found, int(found["minute"]), 0, timedelta(minutes=1)) if found else None


def _is_broken_digit(text: str, at: int) -> bool:
    """Tell whether a letter that resembles a digit follows: `10:1O` is no `10:1` and an O."""
    return text[at : at + 1] in ("O", "l", "I") and not text[at + 1 : at + 2].isalpha()


def _hours(text: str, at: int) -> ClockToken | None:
    """Read `10h`, `4 PM`; what may be a duration is none."""
    found = compiled(
        rf"(?P<hour>\d{{1,2}})(?:\s?{_HALVES}|\s?h(?!\w)(?!\s?\d)(?!{_AMOUNT}|{_RELATIVE}))"
    ).match(text, at)
    if found is None or int(found["hour"]) > 23:
        return None
    return _token(found.end(), found, 0, 0, timedelta(hours=1))


def _token(end: int, found: re.Match[str], minute: int, second: int, precision: timedelta) -> ClockToken:
    half = (found["half"] or "")[:1].lower()
    hour = _hour(int(found["hour"]), half)
    clock = timedelta(hours=hour, minutes=minute, seconds=second)
    possible = minute < 60 and second < 60 and (hour < 24 or clock == DAY) and not (half == "a" and hour > 12)
    if not possible:
        return ClockToken(end, None, hint=f"write a time from `00:00` to `23:59`{_instead(hour, minute)}")
    return ClockToken(end, clock, precision, half + "m" if half else "")


def _hour(hour: int, half: str) -> int:
    if hour == 12 and half:
        return 0 if half == "a" else 12
    return hour + 12 if half == "p" and hour < 12 else hour


def _instead(hour: int, minute: int) -> str:
    """Name the time that was likely meant where the hour alone is one day too far: `25:10`."""
    return (
        f", such as `{hour - 24:02}:{minute:02}` on the next day" if 24 <= hour < 36 and minute < 60 else ""
    )


def _broken(text: str, at: int) -> ClockToken | None:
    """Find what has a clock's shape with too few digits, or with signs that are none."""
    if ":" not in text[at + 1 : at + 4]:
        return None  # as on most lines, and sooner told than by the pattern
    found = compiled(
        r"(?P<left>[\dxhoil?_-]{1,3}):(?P<right>[\dxmoil?_-]{1,4})(?::[\dxs?_-]{1,2})?(?![\w:?])"
    ).match(text, at)
    if found is None or not _is_clock_shaped(found["left"], found["right"]):
        return None
    return ClockToken(found.end(), None, hint=_mended(found["left"], found["right"]))


def _is_clock_shaped(left: str, right: str) -> bool:
    """Tell a clock from a ratio (`1:1`) or a word (`lol:`)."""
    if left.isdecimal() and right.isdecimal():
        return len(left) >= 2 or len(right) >= 2
    if len(left) > 2 or len(right) != 2:
        return False
    filler = not left.strip("xX?_-") and not right.strip("xX?_-")
    template = left.lower() in ("hh", "xx") and right.lower() in ("mm", "xx")
    return filler or template or left[0].isdecimal()


def _mended(left: str, right: str) -> str:
    meant = f"{left}:{right}".translate(str.maketrans("OolIi", "00111"))
    if compiled(r"(?:[01]?\d|2[0-3]):[0-5]\d").fullmatch(meant):
        return f"write `{meant}`"
    if left.isdecimal() and right.isdecimal():
        return "write hours and minutes with two digits each, as in `09:05`"
    if left.isdecimal() and int(left) < 24:
        return f"write `~{int(left):02}:30` where the minute is not known"
    return "write the time as `HH:MM`, one that is about right as `~HH:MM`, the date alone, or `?`"
