"""Findings as a page of Markdown that a build server shows beside a job; nothing in them marks it up."""

import re
from collections.abc import Iterator
from functools import cache

from incidentdocs.library.finding import Finding
from incidentdocs.output.lint_text import summary
from incidentdocs.output.rule_url import has_address, rule_url
from incidentdocs.output.terminal import visible
from incidentdocs.output.told import Told, one_line, worst_first

ROOM = 1_048_576
"""Bytes: GitHub refuses a longer summary of a step altogether."""

_HEAD = "| where | rule | what is wrong, and what to write instead |\n| --- | --- | --- |\n"
_LONGEST = 1000
"""Characters of a cell: what is longer was pasted, not written."""


def lint_summary(told: Told, room: int = ROOM) -> str:
    """Return the findings as a table, worst first, in at most `room` bytes, and how many had none left."""
    head = f"### incidentdocs: {summary(told.result)}\n\n"
    findings = worst_first(told.result.findings)
    if not findings:
        return head if len(head) <= room else ""
    head += _HEAD
    rows, left = [head], room - len(head.encode()) - len(_more(len(findings)))
    for row in _rows(findings, told.pages):
        left -= len(row.encode())
        if left < 0:
            break
        rows.append(row)
    untold = len(findings) - len(rows) + 1
    return "".join([*rows, _more(untold) if untold else "\n"]) if len(rows) > 1 else ""


def _rows(findings: list[Finding], pages: str) -> Iterator[str]:
    for finding in findings:
        rule = f"`{finding.rule}`"
        if has_address(pages):
            rule = f"[{rule}]({rule_url(finding.rule, pages)})"
        what = f"{escaped(finding.message)}<br>{escaped(finding.hint)}"
        yield f"| {escaped(finding.place)} | {finding.severity} {rule} | {what} |\n"


def escaped(text: str) -> str:
    """Return `text` as one line of Markdown that only shows it, without link, image, tag or mention."""
    shown = visible(one_line(text))
    shown = shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
    # An entity is read before names and addresses are looked for: only a space without width parts those.
    parted = _name_or_address().sub("\\g<0>\u200b", shown)
    return _special().sub(lambda found: f"&#{ord(found[0])};", parted)


@cache
def _name_or_address() -> re.Pattern[str]:
    return re.compile(r"[@#]|www(?=\.)|:(?=//)", re.IGNORECASE)


@cache
def _special() -> re.Pattern[str]:
    """Return what finds every character that is no letter, digit or harmless sign."""
    return re.compile(r"[^\w\s,;/()'\"=%?…«»’-]|_")


def _more(number: int) -> str:
    return f"\n{number} more in the log.\n"
