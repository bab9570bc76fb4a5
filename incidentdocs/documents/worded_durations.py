"""Durations whose numbers are words: `nine hours`, `an hour and a half`, `trois quarts d'heure`."""

import re
from collections.abc import Mapping
from functools import cache

_NUMBERS = (
    "one un une 1, two deux 2, three trois 3, four quatre 4, five cinq 5, six 6, seven sept 7, eight huit 8"
    ", nine neuf 9, ten dix 10, eleven onze 11, twelve douze 12, thirteen treize 13, fourteen quatorze 14"
    ", fifteen quinze 15, sixteen seize 16, seventeen 17, eighteen 18, nineteen 19, twenty vingt 20"
    ", thirty trente 30, forty quarante 40, fifty cinquante 50, sixty soixante 60, ninety 90"
)
_TENS = "twenty|thirty|forty|fifty|vingt|trente|quarante|cinquante|soixante"


@cache
def _numbers() -> Mapping[str, int]:
    lines = (line.split() for line in _NUMBERS.split(", "))
    return {word: int(number) for *words, number in lines for word in words}


@cache
def _worded() -> re.Pattern[str]:
    ones = "|".join(_numbers())
    number = rf"(?P<number>(?:(?:{_TENS})[- ](?:et[- ])?)?(?:{ones}))"
    before = [
        "for",
        "of",
        "than",
        "about",
        "around",
        "almost",
        "nearly",
        "roughly",
        "approximately",
        "over",
        "under",
    ]
    behind = "|".join(["(?<=^)", *(rf"(?<=\b{word} )" for word in before)])
    article = rf"(?:{behind})(?P<article>an?)"
    unit = r"(?P<unit>days?|jours?|hours?|heures?|minutes?|mins?)"
    half = r"(?P<half>\s(?:and\sa\shalf|et\sdemie?))?"
    of_hour = r"\squart(?:er)?s?\s(?:of\san\s|d['’])h(?:our|eure)"
    part = rf"half\san\shour|(?:une\s)?demi[- ]heure|(?:(?P<quarters>three|trois)|an?|un){of_hour}"
    return re.compile(
        rf"\b(?P<part>{part})\b|(?:\b{number}|{article})(?P<before>\sand\sa\shalf)?\s{unit}\b{half}",
        re.IGNORECASE,
    )


def in_digits(text: str) -> str:
    """Return `text` with the durations that it writes in words as `9h`, `1h 30m`; all else stays."""
    return _worded().sub(_written, text)


def _written(found: re.Match[str]) -> str:
    if found["part"]:
        quarter = "quart" in found["part"].lower()
        return "45m" if found["quarters"] else "15m" if quarter else "30m"
    words = re.split(r"[- ](?:et[- ])?", (found["number"] or "one").lower())
    amount = sum(_numbers()[word] for word in words)
    unit = found["unit"][0].lower().replace("j", "d")
    if not (found["half"] or found["before"]):
        return f"{amount}{unit}"
    return f"{amount}{unit} " + {"d": "12h", "h": "30m"}.get(unit, "30s")
