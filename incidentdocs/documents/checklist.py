"""The steps of handling an incident as its document has them: what was checked, and what each brought."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from incidentdocs.documents.document import Document
from incidentdocs.markdown.blocks import Block, Heading, List, ListItem, Paragraph, Text, walk
from incidentdocs.markdown.inline import plain
from incidentdocs.markdown.places import Span

SAID = " — "
"""What stands between the output that a step must bring, and what it brought."""


class Check(NamedTuple):
    """One check of a step: its text without the box, whether it is ticked, and the box's span.

    `choices` are the items of a list below it, of which one may apply.
    """

    text: Text
    ticked: bool
    box: Span
    choices: tuple[Text, ...] = ()


class Output(NamedTuple):
    """What a step must bring (`expected`), and what it brought (`said`, empty where nothing).

    `by` is the handle, with its `@`, of who said it; `when` is as it is written. It is `passed` when it is
    ticked; one that is said and not ticked was only prepared, as an agent may do.
    """

    check: Check
    expected: str
    said: str = ""
    by: str = ""
    when: str = ""

    @property
    def passed(self) -> bool:
        """Whether the step is done: its output is ticked, and says something."""
        return self.check.ticked and bool(self.said)


class DoneStep(NamedTuple):
    """One step of a document's checklist: its number, its title, its checks, and its output if it has one."""

    number: int
    title: str
    heading: Heading
    checks: tuple[Check, ...]
    output: Output | None

    @property
    def done(self) -> bool:
        """Whether it brought its output; without one, whether all of its checks are ticked."""
        return self.output.passed if self.output else all(check.ticked for check in self.checks)


def read_checklist(document: Document) -> tuple[DoneStep, ...]:
    """Return the steps that headings such as `### [2] TRIAGE` begin, in the file's order."""
    sections = document.sections_containing("checklist")
    return tuple(step for section in sections for step in _steps(section.blocks))


def _steps(blocks: Iterable[Block]) -> Iterator[DoneStep]:
    heading: Heading | None = None
    below: list[Block] = []
    for block in (*blocks, None):
        if block is None or isinstance(block, Heading):
            if heading and (found := _number().match(plain(heading.text.source))):
                yield _step(int(found["number"]), found["title"].strip(), heading, below)
            heading, below = block, []
        else:
            below.append(block)


def _step(number: int, title: str, heading: Heading, blocks: Iterable[Block]) -> DoneStep:
    checks = [check for block in blocks if isinstance(block, List) for check in _checks(block)]
    outputs = [output for check in checks if (output := _output(check))]
    output = outputs[-1] if outputs else None
    others = tuple(check for check in checks if not output or check != output.check)
    return DoneStep(number, title, heading, others, output)


def _checks(listed: List) -> Iterator[Check]:
    for item in (block for block in walk([listed]) if isinstance(block, ListItem)):
        text = item.children[0].text if item.children and isinstance(item.children[0], Paragraph) else None
        if text and (box := _box().match(text.source)):
            choices = tuple(_choices(item))
            yield Check(text.part(box.end()), box["mark"] != " ", text.span(*box.span("box")), choices)


def _choices(check: ListItem) -> Iterator[Text]:
    for item in (item for below in check.children if isinstance(below, List) for item in below.items):
        text = item.children[0].text if item.children and isinstance(item.children[0], Paragraph) else None
        if text and not _box().match(text.source):
            yield text


def _output(check: Check) -> Output | None:
    found = _output_line().match(check.text.source)
    if found is None:
        return None
    rest = found["rest"]
    signed = _signature().search(rest)
    expected, _, said = (rest[: signed.start()] if signed else rest).partition(SAID)
    by, when = (signed["by"], signed["when"] or "") if signed else ("", "")
    return Output(check, expected.strip(), said.strip(), by, when.strip())


@cache
def _number() -> re.Pattern[str]:
    return re.compile(r"\s*\[?(?P<number>\d{1,3})[\].)]\s*(?P<title>.*)", re.DOTALL)


@cache
def _box() -> re.Pattern[str]:
    return re.compile(r"\s*(?P<box>\[(?P<mark>[ xX])\])\s+")


@cache
def _output_line() -> re.Pattern[str]:
    return re.compile(r"(?i:output|sortie|résultat|resultat|result)\s?:\s*(?P<rest>[^\n]*)")


@cache
def _signature() -> re.Pattern[str]:
    return re.compile(r"\s*\((?P<by>@[\w./-]{1,100})(?:, (?P<when>[^()]{1,40}))?\)\s*$")
