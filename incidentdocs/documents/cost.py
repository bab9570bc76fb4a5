"""What an incident cost, as its document gives it: an amount, and the currency in which it is written."""

import re
from functools import cache

from incidentdocs.documents.document import Document

_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "euro": "EUR", "euros": "EUR"}
_SIGNS |= {"dollar": "USD", "dollars": "USD"}


def cost_of(document: Document) -> tuple[float, str] | None:
    """Return the amount and its currency (a code such as `EUR`, empty where none is written), None without.

    `$` and `¥` are taken for the currencies that have them most often. An amount in thousands, as `3 k€`, is
    none that can be added up and counts as not given.
    """
    for value in document.values:
        if value.field.type == "cost" and isinstance(value.parsed, float):
            written = value.text.source
            if not _thousands().search(written):
                return value.parsed, currency_in(written)
    return None


def currency_in(text: str) -> str:
    """Return the code of the currency that `text` names first, empty where it names none."""
    found = _currency().search(text)
    if found is None:
        return ""
    return _SIGNS.get(found[0].casefold(), found[0].upper())


@cache
def _thousands() -> re.Pattern[str]:
    return re.compile(r"\d\s?(?:k|K|M|Md|bn|mio|millions?|milliers)\b|\d\s?[kKM]\s?[€$£]")


@cache
def _currency() -> re.Pattern[str]:
    codes = "EUR|USD|GBP|CHF|CAD|AUD|NZD|JPY|CNY|INR|SEK|NOK|DKK|PLN|CZK|BRL|ZAR|SGD|HKD|KRW|MXN|TRY"
    return re.compile(rf"[€$£¥₹]|\b(?:{codes}|euros?|dollars?)\b", re.IGNORECASE)
