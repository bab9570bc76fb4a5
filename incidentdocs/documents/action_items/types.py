"""What an action item is for: to prevent, detect or mitigate, or to better a process or the tests."""

from typing import Literal

from incidentdocs.documents.titles import fold

ItemType = Literal["prevent", "detect", "mitigate", "process", "test"]

ITEM_TYPES: tuple[ItemType, ...] = ("prevent", "detect", "mitigate", "process", "test")

FRENCH: dict[ItemType, str] = {
    "prevent": "prévenir",
    "detect": "détecter",
    "mitigate": "atténuer",
    "process": "processus",
    "test": "tester",
}
"""The types as a French document writes them."""

_WORDS: dict[ItemType, str] = {
    "prevent": "prevent prevention preventive preventative prevenir preventif",
    "detect": "detect detection detective detecter monitoring alerting supervision",
    "mitigate": "mitigate mitigation mitigative attenuer attenuation",
    "process": "process processus procedure",
    "test": "test tests testing tester",
}

_TYPES = {word: kind for kind, words in _WORDS.items() for word in words.split()}


def item_type(written: str) -> ItemType | None:
    """Return the type that a word names, in French or English; None for anything else."""
    return _TYPES.get(fold(written))
