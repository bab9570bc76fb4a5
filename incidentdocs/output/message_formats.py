"""A message as plain text, or as what a chat or a forge shows as that text."""

import re
from collections.abc import Callable, Mapping
from functools import cache

from incidentdocs.output.report_markdown import escaped
from incidentdocs.output.terminal import visible

FORMATS = ("text", "markdown", "slack", "teams")

_SLACK = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def formatted(text: str, format: str) -> str:
    """Return `text` in one of FORMATS; whatever it holds, nothing in it is read as markup."""
    return _WRITE[format]([visible(line) for line in text.split("\n")])


def _text(lines: list[str]) -> str:
    return "\n".join(lines)


def _markdown(lines: list[str]) -> str:
    """Write each line but the last of a paragraph with a hard line break."""
    paragraphs = "\n".join(map(_in_markdown, lines)).split("\n\n")
    return "\n\n".join(paragraph.strip("\n").replace("\n", "\\\n") for paragraph in paragraphs)


def _slack(lines: list[str]) -> str:
    """Write `&`, `<` and `>` as entities: then there is no `<!channel>`, no `<@U123>` and no hidden link."""
    return "\n".join("".join(_SLACK.get(sign, sign) for sign in line) for line in lines)


def _teams(lines: list[str]) -> str:
    """Write each line as a paragraph: a single line break is a blank there."""
    return "\n\n".join(_in_markdown(line) for line in lines if line)


_WRITE: Mapping[str, Callable[[list[str]], str]] = {
    "text": _text,
    "markdown": _markdown,
    "slack": _slack,
    "teams": _teams,
}


def _in_markdown(line: str) -> str:
    """Return Markdown that is a paragraph of that text, also where it begins as a list or heading does."""
    marked = escaped(line.strip())
    return _beginning().sub(r"\g<digits>\\\g<sign>", marked, count=1)


@cache
def _beginning() -> re.Pattern[str]:
    return re.compile(r"^(?P<digits>\d{0,9})(?P<sign>(?<=\d)[.)](?=\s|$)|(?<!\d)(?:[-+=](?=[\s=-]|$)|#))")
