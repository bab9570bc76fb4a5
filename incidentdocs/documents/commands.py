"""The code that a document shows: its blocks and inline code with their places, and the commands in them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from incidentdocs.documents.shell_sessions import PROGRAMS, going_on, prompt_of, root_prompts
from incidentdocs.markdown.blocks import Block, Code, texts_in, walk
from incidentdocs.markdown.inline_scanner import scan
from incidentdocs.markdown.places import Place, Span
from incidentdocs.markdown.source import Source

SHELLS = frozenset(("", "sh", "bash", "shell", "zsh", "ksh", "fish", "console", "terminal"))
"""The languages of blocks that hold commands; none is one of them."""

SESSIONS = frozenset(
    [
        "console",
        "shell-session",
        "shellsession",
        "sh-session",
        "bash-session",
        "terminal",
        "text",
        "txt",
        "log",
    ]
)
"""The languages of blocks that show what was typed and what came of it."""


class CodeLine(NamedTuple):
    """A line of a block of code without the space around it, where it stands, and its prompt's length."""

    text: str
    start: Place
    prompt: int

    @property
    def command(self) -> str:
        """What is typed: the line without its prompt."""
        return self.text[self.prompt :]

    @property
    def span(self) -> Span:
        """Where the line stands, its prompt included."""
        return self._span(0, len(self.text))

    @property
    def command_span(self) -> Span:
        """Where what is typed stands."""
        return self._span(self.prompt, len(self.text))

    @property
    def prompt_span(self) -> Span:
        """Where the prompt and the space behind it stand."""
        return self._span(0, self.prompt)

    def _span(self, start: int, end: int) -> Span:
        line, column = self.start
        return Span(line, column + start, line, column + end)


class CodeBlock(NamedTuple):
    """A block of code: its language, folded, its lines that are not blank, and the span of its fence."""

    language: str
    lines: tuple[CodeLine, ...]
    fence: Span | None

    @property
    def is_shell(self) -> bool:
        """Whether its lines may be commands of a shell."""
        return self.language in SHELLS or self.language in SESSIONS

    def whole(self) -> list[list[CodeLine]]:
        """Return its lines, those that go on with one above together with that one."""
        parts: list[list[CodeLine]] = []
        on = going_on([line.command for line in self.lines])
        for line, goes_on in zip(self.lines, on, strict=True):
            if goes_on:
                parts[-1].append(line)
            else:
                parts.append([line])
        return parts


def joined(lines: Sequence[CodeLine]) -> str:
    """Return a command of several lines as one line."""
    return " ".join([*(line.command.rstrip("\\ \t") for line in lines[:-1]), lines[-1].command])


class Command(NamedTuple):
    """A command that a document tells to run, and where its first line stands; its lines are joined.

    `inline` is one that stands in a sentence, `before` what that sentence says before it.
    """

    text: str
    span: Span
    inline: bool = False
    before: str = ""


def read_code(blocks: Iterable[Block], source: Source) -> Iterator[CodeBlock]:
    """Yield the blocks of code among and in `blocks`, in the file's order."""
    for block in walk(blocks):
        if isinstance(block, Code):
            yield code_of(block, source)


def read_commands(blocks: Iterable[Block], source: Source, marks: Sequence[str] = ("",)) -> Iterator[Command]:
    """Yield the commands in the blocks of a shell's or a database's code, and all inline code.

    Left unread is what holds none of the `marks`, which are in small letters: to look for them costs little.
    """
    blocks = tuple(blocks)
    marked = (b for b in walk(blocks) if isinstance(b, Code) and _holds(b.source, marks))
    for block in read_code(marked, source):
        if block.is_shell or block.language in ("sql", "psql", "pgsql", "mysql"):
            yield from _commands(block)
    for text in texts_in(blocks):
        if "`" not in text.source or not _holds(text.source, marks):
            continue
        for piece in scan(text.source):
            if piece.kind == "code":
                shown = " ".join(text.source[piece.start : piece.end].strip("`").split())
                before = _sentence(text.source[max(0, piece.start - 200) : piece.start])
                yield Command(shown, text.span(piece.start, piece.end), inline=True, before=before)


def _holds(text: str, marks: Sequence[str]) -> bool:
    folded = text.casefold()
    return any(mark in folded for mark in marks)


def _sentence(text: str) -> str:
    """Return the last, unfinished sentence of `text`."""
    return _sentence_end().split(text)[-1]


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile(r"[.;!?]\s")


def shows_a_command(line: str) -> bool:
    """Return whether a line of code begins as a command does: with a prompt, a script, a known program."""
    return prompt_of(line) > 0 or _program().match(line) is not None


def code_of(block: Code, source: Source) -> CodeBlock:
    """Return a block of code with the places of its lines."""
    words = block.info.split()
    language = words[0].strip("{}.").casefold() if words else ""
    first = block.first + 1 if block.fenced else block.first
    lines = []
    for number, line in enumerate(block.source.split("\n"), start=first):
        text = line.strip()
        whole = source.lines[number - 1] if number <= len(source.lines) else ""
        column = whole.find(text)
        if text and column >= 0:
            lines.append(CodeLine(text, Place(number, column + 1), prompt_of(text)))
    if "#" in block.source and any(line.prompt for line in lines):
        prompts = root_prompts([line.text for line in lines], [line.prompt for line in lines])
        lines = [line._replace(prompt=prompt) for line, prompt in zip(lines, prompts, strict=True)]
    return CodeBlock(language, tuple(lines), source.line_span(block.first) if block.fenced else None)


def _commands(block: CodeBlock) -> Iterator[Command]:
    """Yield what is typed: where any line has a prompt, those that have one, and what goes on with them."""
    prompted = any(line.prompt for line in block.lines)
    if block.language in SESSIONS and block.language not in SHELLS and not prompted:
        return
    for first, *more in block.whole():
        if (first.prompt or not prompted) and not first.command.startswith(("#", "--", "//")):
            yield Command(joined((first, *more)), first.command_span)


@cache
def _program() -> re.Pattern[str]:
    return re.compile(rf"(?:\./[\w./-]+|(?:{PROGRAMS})(?=\s))")
