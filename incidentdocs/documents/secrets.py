"""The secrets in a text that are known by their shape: private keys, and tokens that say what they open."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from incidentdocs.markdown.places import Span


class Secret(NamedTuple):
    """A secret: what it is, as `a GitHub token`; how it begins, which gives nothing away; where it is."""

    kind: str
    begins: str
    span: Span


_TOKENS = (
    ("AKIA", "an AWS access key", r"AKIA(?P<own>[0-9A-Z]{16})(?![0-9A-Za-z])"),
    ("gh", "a GitHub token", r"gh[pousr]_(?P<own>[A-Za-z0-9]{36,255})(?!\w)"),
    ("github_pat_", "a GitHub token", r"github_pat_(?P<own>[A-Za-z0-9_]{60,255})(?!\w)"),
    ("glpat-", "a GitLab token", r"glpat-(?P<own>[\w-]{20,255})"),
    ("xox", "a Slack token", r"xox[abeprs]-(?P<own>\d{8,16}-[\w-]{16,255})"),
    (
        "hooks.slack.com/services/",
        "a Slack webhook",
        r"hooks\.slack\.com/services/(?P<own>T\w{6,16}/B\w{6,16}/\w{20,40})",
    ),
    ("k_live_", "a Stripe key", r"[rs]k_live_(?P<own>[A-Za-z0-9]{20,255})(?!\w)"),
    ("AIza", "a Google API key", r"AIza(?P<own>[\w-]{35})(?![\w-])"),
    ("npm_", "an npm token", r"npm_(?P<own>[A-Za-z0-9]{36})(?!\w)"),
    ("pypi-AgEI", "a PyPI token", r"pypi-AgEI(?P<own>[\w-]{50,1000})"),
    ("SG.", "a SendGrid key", r"SG\.(?P<own>[\w-]{22}\.[\w-]{43})(?![\w-])"),
    ("dop_v1_", "a DigitalOcean token", r"dop_v1_(?P<own>[a-f0-9]{64})(?!\w)"),
    ("hvs.", "a Vault token", r"hvs\.(?P<own>[\w-]{24,255})"),
)
"""Of each kind how it begins, or what is always in it, its name, and its shape with what is its own."""

_BEGIN = "-----BEGIN "


def read_secrets(lines: Sequence[str]) -> Iterator[Secret]:
    """Yield the secrets in `lines`; what only shows the shape of one, such as `AKIA…EXAMPLE`, is none."""
    text = "\n".join(lines)
    kinds = [kind for kind in _TOKENS if kind[0] in text]
    keys = _BEGIN in text
    for number, line in enumerate(lines, start=1) if kinds or keys else ():
        for mark, name, shape in kinds:
            for found in _shape(shape).finditer(line) if mark in line else ():
                if not _is_example(found["own"]):
                    span = Span(number, found.start() + 1, number, found.end() + 1)
                    yield Secret(name, line[found.start() : found.start("own")], span)
        begun = _private_key().search(line) if keys else None
        if begun and _key_follows(line[begun.end() :], lines, number):
            yield Secret("a private key", begun[0], Span(number, begun.start() + 1, number, begun.end() + 1))


@cache
def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9A-Za-z_]){pattern}", re.ASCII)


@cache
def _private_key() -> re.Pattern[str]:
    return re.compile(r"-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----")


def _key_follows(rest: str, lines: Sequence[str], number: int) -> bool:
    """Return whether a key, and no `…` or placeholder, stands behind what line `number` begins."""
    found = (_key_line().search(line) for line in (rest, *lines[number : number + 8]))
    return any(match is not None and not _is_example(match[0]) for match in found)


@cache
def _key_line() -> re.Pattern[str]:
    return re.compile(r"[A-Za-z0-9+/=]{40,}")


_FEWEST = 10
"""A random string of 16 characters has more different ones than this nearly always."""


def _is_example(own: str) -> bool:
    """Return whether somebody typed what should be random: words, runs, a character over and over."""
    folded = own.casefold()
    varied = len(set(folded)) >= min(_FEWEST, len(own) // 2)
    mixed = any(c.isdigit() for c in own) and any(c.isalpha() for c in own)
    return not varied or not mixed or _typed().search(folded) is not None


@cache
def _typed() -> re.Pattern[str]:
    words = r"example|sample|exemple|placeholder|redacted|fake|dummy|your|token|secret|todo|changeme"
    return re.compile(rf"{words}|(.)\1{{3}}|0123|1234|2345|3456|4567|6789|abcd|bcde|cdef|defg|qwert")
