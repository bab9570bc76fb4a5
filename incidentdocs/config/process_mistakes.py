"""What a configuration says of people, severities and working hours that cannot be."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import time

from incidentdocs import clock
from incidentdocs.config.tables import BusinessHoursConfig, PersonConfig, SeverityConfig
from incidentdocs.process.business_hours import holidays
from incidentdocs.process.severity import SEVERITIES, severity_of
from incidentdocs.settings.mistakes import KeyPath, Mistake, instead, quoted

_A_YEAR = 2026
"""The year whose public holidays are looked up to see whether a country has any."""


def people_mistakes(people: Mapping[str, PersonConfig]) -> Iterator[Mistake]:
    """Yield what is wrong with those who are listed."""
    known: dict[str, str] = {}
    for handle, person in people.items():
        if not re.fullmatch(r"\w[\w./-]{0,99}", handle):
            hint = "write it without @ and spaces, in quotes where it has dots or slashes, as in [people.dev]"
            yield Mistake(("people", handle), f"{quoted(handle)} is no handle", hint)
        if person.from_ and person.until and person.until < person.from_:
            message = f"{handle} leaves on {person.until}, before coming on {person.from_}"
            beside = (("people", handle, "from"),)
            yield Mistake(("people", handle, "until"), message, "correct one of the two days", beside)
        for word in (handle, *person.names, *person.emails):
            other = known.setdefault(" ".join(word.casefold().split()), handle)
            if other != handle:
                hint = "leave it to one of them, or write the name in full"
                yield Mistake(("people", handle), f"{quoted(word)} names both {other} and {handle}", hint)


def severity_mistakes(severities: Mapping[str, SeverityConfig]) -> Iterator[Mistake]:
    """Yield what is wrong with what is asked for each severity."""
    meant: dict[str, str] = {}
    for name, severity in severities.items():
        if name not in SEVERITIES:
            yield no_severity(("severity", name), name, "; other words for it are its aliases")
            continue
        if severity.response and clock.parse_duration(severity.response) is None:
            message = f"{quoted(severity.response)} is no duration"
            yield Mistake(("severity", name, "response"), message, 'write it as in "15m" or "4h"')
        yield from _alias_mistakes(name, severity.aliases, meant)


def no_severity(where: KeyPath, name: str, more: str = "") -> Mistake:
    """Return the mistake of a `name` that is no severity; `more` is added where no other one is near."""
    hint = instead(name, SEVERITIES, otherwise=f"write one of {', '.join(SEVERITIES)}{more}")
    return Mistake(where, f"no severity is {quoted(name)}", hint)


def listed_severity_mistakes(where: KeyPath, names: Sequence[str]) -> Iterator[Mistake]:
    """Yield which names in the list at `where` are those of no severity."""
    for number, name in enumerate(names):
        if name not in SEVERITIES:
            yield no_severity((*where, number), name)


def _alias_mistakes(name: str, aliases: tuple[str, ...], meant: dict[str, str]) -> Iterator[Mistake]:
    for number, word in enumerate(aliases):
        other = severity_of(word) or meant.setdefault(word.casefold().strip(), name)
        if other != name:
            where = ("severity", name, "aliases", number)
            yield Mistake(where, f"{quoted(word)} already stands for {other}", "leave it out here")


def hours_mistakes(hours: BusinessHoursConfig) -> Iterator[Mistake]:
    """Yield what is wrong with the working hours, but for their zone."""
    opens, closes = _clock(hours.opens), _clock(hours.closes)
    for key, written, read in (("opens", hours.opens, opens), ("closes", hours.closes, closes)):
        if read is None:
            message = f"{quoted(written)} is no time of day"
            yield Mistake(("business-hours", key), message, f'write it as in {key} = "09:00"')
    if opens and closes and closes <= opens:
        message = f"the day closes at {hours.closes}, not after it opens at {hours.opens}"
        hint, beside = 'write a later time, as in closes = "18:00"', (("business-hours", "opens"),)
        yield Mistake(("business-hours", "closes"), message, hint, beside)
    if hours.country:
        yield from _country_mistakes(hours.country)


def _clock(written: str) -> time | None:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", written, re.ASCII):
        return None
    return time.fromisoformat(written)


def _country_mistakes(country: str) -> Iterator[Mistake]:
    where = ("business-hours", "country")
    if not re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,4})?", country):
        yield Mistake(where, f"{quoted(country)} is no ISO code of two letters", _country_hint(country))
        return
    try:
        holidays(country, _A_YEAR, _A_YEAR)
    except ValueError as error:
        yield Mistake(where, str(error), _country_hint(country))


def _country_hint(country: str) -> str:
    from holidays.registry import COUNTRIES

    name, _, subdivision = country.partition("-")
    for words, (in_full, code, *longer) in COUNTRIES.items():
        if name.casefold() in {each.casefold() for each in (words, in_full, code, *longer)} and name != code:
            return f"write country = {quoted(f'{code}-{subdivision.upper()}' if subdivision else code)}"
    return 'write an ISO code, as in country = "FR"'


def code_mistakes(code: str, has_folder: Callable[[str], bool] | None) -> Iterator[Mistake]:
    """Yield what is wrong with the path of the code; that it is there is asked where that can be told."""
    hint = 'write a folder relative to the root, with forward slashes, as in code = "app"'
    if code.startswith("/") or ".." in code.split("/") or "\\" in code or "\0" in code:
        yield Mistake(("repository", "code"), f"{quoted(code)} is no folder of the repository", hint)
    elif code and has_folder and not has_folder(code):
        yield Mistake(("repository", "code"), f"there is no folder {quoted(code)} in the repository", hint)


def channel_mistakes(channels: Mapping[str, str]) -> Iterator[Mistake]:
    """Yield which of the places where the team talks cannot be found in a text: a bare word is anything."""
    for name, channel in channels.items():
        if not channel.strip():
            yield Mistake(
                ("channels", name), f"the channel {quoted(name)} is blank", f'write {name} = "#ops"'
            )
        elif re.fullmatch(r"[^\W\d][\w-]*", channel):
            hint = f'write {name} = "#{channel}", or an address'
            yield Mistake(("channels", name), f"{quoted(channel)} is a word, and no channel", hint)
