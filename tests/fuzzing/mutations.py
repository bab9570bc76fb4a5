"""Documents torn apart: of a text and a seed of chance comes another text that somebody may have saved."""

import random
from collections.abc import Callable, Sequence

LONGEST = 20_000
"""Characters. What pathologically long documents cost is tested where they are built on purpose."""

PIECES = (
    "---\n",
    "+++\n",
    "```\n",
    "~~~~\n",
    "```bash\n$ rm -rf /srv\n",
    "> ",
    "- [ ] ",
    "- [x] ",
    "* ",
    "1. ",
    "| ",
    "|---|\n",
    "## Timeline\n",
    "## Impact\n",
    "## Action items\n",
    "# Runbook : x\n",
    "### 10:15\n",
    "**Root cause:**\n",
    "===\n",
    "- 10:15 detection\n",
    "- 10:10 triage\n",
    "- ~25:99 service restored\n",
    "- 2026-02-30 10:00 x\n",
    "- 20202-01-16 10:00 x\n",
    "- 02:30 UTC x\n",
    "| 10:15 CET | x |\n",
    "- T+5 x\n",
    "- Downtime: 1h 40m\n",
    "- Users affected: many\n",
    "- Data loss: oui\n",
    "- [ ] AI 1: x (owner @ana, due 2026-03-21)\n",
    "- [ ] AI 999999: x (owner @nobody and @else due 2026-13-41\n",
    "(detect, owner @bridge-bot)",
    "won't do: ",
    "done 2026-03-20",
    "TODO\n",
    "<description>",
    "HH:MM",
    "@who",
    "YYYY-MM-DD",
    "<!-- incidentdocs: ignore[timeline-order] x -->\n",
    "<!-- incidentdocs: ignore[] -->",
    "# incidentdocs: ignore[x] y\n",
    '[a](../b.md#c "t")',
    "[a][b]",
    "[b]: x.md\n",
    "![](x.png)",
    "<a href='x'>",
    "<https://example.org>",
    "`",
    "``",
    "*",
    "**",
    "_",
    "severity: SEV1\n",
    "severity: *a\n",
    "a: &a [*a]\n",
    "failure-mode: code-bug\n",
    "status: final\n",
    "personal-data: yes\n",
    "@ana a oublié de sauvegarder.",
    "It should have been tested.",
    "Erreur humaine.",
    "Be more careful.",
    "n/a",
    "?",
    "docker compose restart api\n",
    "./scripts/healthcheck.sh\n",
    "DROP TABLE users;\n",
    "AKIAABCDEFGHIJKLMNOP",
    "-----BEGIN PRIVATE KEY-----\n",
    "\x00",
    "\x1b[31m",
    "\u202e",
    "\u200b",
    "\ufeff",
    "\u00a0",
    "\u2028",
    "e\u0301",
    "🔥",
    "𝟙",
    "日本語",
    "ß",
    "İ",
    "\ud7ff",
    "\t",
    "\\",
    "\r",
    "00:00",
    "24:00",
    "9999-12-31",
    "0001-01-01",
    "2026-03-29 02:30",
    "2026-10-25 02:30",
    "1e309",
    "-1",
    "٣",
    "²",
    "½",
)

Mutation = Callable[[random.Random, list[str]], list[str]]


def mutated(text: str, others: Sequence[str], chance: random.Random) -> str:
    """Return `text` after one to six changes, pieces of `others` among them."""
    lines = text.splitlines(keepends=True) or [""]
    for _ in range(chance.randint(1, 6)):
        lines = chance.choice(_MUTATIONS)(chance, lines) or [""]
        if chance.random() < 0.1:
            lines = _spliced(chance, lines, chance.choice(others).splitlines(keepends=True)) or [""]
    return _in_another_form(chance, "".join(lines)[:LONGEST])


def _place(chance: random.Random, lines: list[str]) -> tuple[int, int]:
    start = chance.randrange(len(lines))
    return start, min(len(lines), start + chance.choice((1, 1, 1, 2, 5)))


def _without(chance: random.Random, lines: list[str]) -> list[str]:
    start, end = _place(chance, lines)
    return lines[:start] + lines[end:]


def _twice(chance: random.Random, lines: list[str]) -> list[str]:
    start, end = _place(chance, lines)
    return lines[:end] + lines[start:end] * chance.choice((1, 1, 2, 30)) + lines[end:]


def _swapped(chance: random.Random, lines: list[str]) -> list[str]:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    changed = [*lines]
    changed[one], changed[other] = changed[other], changed[one]
    return changed


def _with_a_piece(chance: random.Random, lines: list[str]) -> list[str]:
    at = chance.randrange(len(lines))
    line = lines[at]
    place = chance.choice((0, len(line), chance.randint(0, len(line))))
    piece = chance.choice(PIECES) * chance.choice((1, 1, 1, 1, 3, 200))
    return [*lines[:at], line[:place] + piece + line[place:], *lines[at + 1 :]]


def _with_other_digits(chance: random.Random, lines: list[str]) -> list[str]:
    at = chance.randrange(len(lines))
    line = "".join(chance.choice("0123456789") if c.isdecimal() else c for c in lines[at])
    return [*lines[:at], line, *lines[at + 1 :]]


def _without_characters(chance: random.Random, lines: list[str]) -> list[str]:
    at = chance.randrange(len(lines))
    line = "".join(character for character in lines[at] if chance.random() > 0.15)
    return [*lines[:at], line, *lines[at + 1 :]]


def _nested(chance: random.Random, lines: list[str]) -> list[str]:
    start, end = _place(chance, lines)
    end = chance.choice((end, len(lines)))
    mark = chance.choice(("> ", "- ", "  ", "    ", "1. ", "| ", "#", "> " * 40, "- " * 20))
    return lines[:start] + [mark + line for line in lines[start:end]] + lines[end:]


def _cut(chance: random.Random, lines: list[str]) -> list[str]:
    text = "".join(lines)
    return text[: chance.randint(0, len(text))].splitlines(keepends=True)


def _spliced(chance: random.Random, lines: list[str], other: list[str]) -> list[str]:
    return lines[: chance.randint(0, len(lines))] + other[chance.randint(0, len(other)) :]


_MUTATIONS: tuple[Mutation, ...] = (
    _without,
    _twice,
    _swapped,
    _with_a_piece,
    _with_a_piece,
    _with_a_piece,
    _with_other_digits,
    _without_characters,
    _nested,
    _cut,
)


def _in_another_form(chance: random.Random, text: str) -> str:
    """Return `text` with other line endings, a byte order mark, or other characters, now and then."""
    form = chance.random()
    if form < 0.1:
        return text.replace("\n", "\r\n")
    if form < 0.13:
        return text.replace("\n", "\r")
    if form < 0.16:
        return "\ufeff" + text
    if form < 0.2:
        return text.replace(" ", "\u00a0").replace("'", "’")
    return text
