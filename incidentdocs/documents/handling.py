"""How an incident was handled, as its document tells: the steps of its checklist, and what was sent out."""

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from incidentdocs.documents.answers import is_no_answer
from incidentdocs.documents.checklist import SAID, DoneStep, Output, read_checklist
from incidentdocs.documents.communications import Kind, Sent, communications, on_call_of
from incidentdocs.documents.document import Document
from incidentdocs.documents.titles import fold
from incidentdocs.process.steps import FIELDS, LANGUAGES, Step, filled, process_steps, steps_for
from incidentdocs.profiles.roles import role_of

_FIELD = "\0"
"""What stands for a field in a step's title while the words around it are compared."""

_BETWEEN = " \t:;,.-–—=>→"
"""What may stand between the output that a step must bring, and what it brought."""

_MOST_WORDS = 40
"""No output that a step must bring has more words."""


class Taken(NamedTuple):
    """A step of a document's checklist, and the step of the process that it is, None for one of its own."""

    done: DoneStep
    step: Step | None

    @property
    def passed(self) -> bool:
        """Whether it brought its output; one that asks for none is passed once its checks are ticked."""
        if self.done.output:
            return self.done.output.passed
        return bool(self.done.checks) and self.done.done


class Handling(NamedTuple):
    """The steps that were taken, in the file's order, and the communications that are recorded."""

    steps: tuple[Taken, ...]
    sent: tuple[Sent, ...]

    def of(self, *kinds: Kind) -> tuple[Sent, ...]:
        """Return the communications of some kinds."""
        return tuple(each for each in self.sent if each.kind in kinds)

    def passed_after(self, taken: Taken) -> Taken | None:
        """Return the first step after `taken` that was passed, None where none was."""
        later = (each for each in self.steps if each.done.number > taken.done.number)
        return next((each for each in later if each.passed), None)

    def lacks_output(self, taken: Taken) -> bool:
        """Return whether a step that must bring something has not brought it.

        Where no step has a line for its output, the team writes its checklists without.
        """
        if taken.step is None or not taken.step.output:
            return False
        if taken.done.output is None:
            return any(each.done.output for each in self.steps)
        return not taken.done.output.passed


def handling(document: Document) -> Handling | None:
    """Return how an incident was handled, None where its document records neither steps nor communications.

    Such is every entry of the register that was written after the incident, and any other document.
    """
    if role_of(document.profile) != "incident":
        return None
    found = Handling(tuple(_taken(document)), communications(document))
    return found if found.steps or found.sent else None


def is_resolved(document: Document) -> bool:
    """Return whether an incident's document says when it was resolved."""
    return document.gives(document.profile.open_until or "resolved")


def as_passed(output: Output, document: Document) -> str:
    """Return the line to write for an output that a person gives, in the document's own words."""
    source = output.check.text.source.partition("\n")[0]
    begun = source[: source.find(output.expected) + len(output.expected)] if output.expected else source
    return f"- [x] {begun.strip()}{SAID}… (@{on_call_of(document).get('oncall', 'oncall')}, HH:MM)"


def _taken(document: Document) -> Iterator[Taken]:
    done = read_checklist(document)
    if not done:
        return
    language = document.language if document.language in LANGUAGES else LANGUAGES[-1]
    known = steps_for(document.severity or "", language, document.process.steps)
    for each in done:
        step = _step(each, known)
        yield Taken(_in_own_words(each, step), step)


def _in_own_words(done: DoneStep, step: Step | None) -> DoneStep:
    """Return a step with what it brought also where it is not written as `Output: … — …`.

    A person may set it off by a colon or a hyphen, or write it in the place of the words of the process.
    """
    output = done.output
    if output is None or output.said or step is None or "{" in step.output:
        return done
    every = (each for language in LANGUAGES for each in process_steps(language) if each.id == step.id)
    asked = {fold(each.output) for each in (step, *every)}
    said = _beyond(output.expected, asked)
    if said is None:
        said = output.expected if output.check.ticked and not is_no_answer(output.expected) else ""
    return done._replace(output=output._replace(said=said)) if said else done


def _beyond(written: str, asked: Set[str]) -> str | None:
    """Return what stands beyond the folded words that are asked for, None where others are written."""
    ends = (found.end() for found in islice(_word().finditer(written), _MOST_WORDS))
    end = max((end for end in ends if fold(written[:end]) in asked), default=None)
    return None if end is None else written[end:].strip(_BETWEEN)


def _step(done: DoneStep, known: Sequence[Step]) -> Step | None:
    """Return the step with a title such as this one has: that of its number, else the only one there is."""
    title = fold(done.title)
    found = [(number, step) for number, step in enumerate(known, start=1) if _fits(title, step.title)]
    of_number = (step for number, step in found if number == done.number)
    return next(of_number, found[0][1] if len(found) == 1 else None)


def _fits(title: str, wanted: str) -> bool:
    """Return whether a folded title has the words of a step's, whatever its fields and its note say."""
    words = f" {title} "
    at = 0
    for piece in _pieces(wanted):
        at = words.find(f" {piece} ", at)
        if at < 0:
            return False
        at += len(piece) + 1
    return True


@lru_cache(maxsize=256)
def _pieces(title: str) -> tuple[str, ...]:
    """Return the folded words of a step's title between its fields, without the note in brackets."""
    bare = title.partition(" (")[0] or title
    blank = filled(Step("", (), bare, (), ""), dict.fromkeys(FIELDS, _FIELD)).title
    return tuple(filter(None, map(fold, blank.split(_FIELD))))


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"\S+")
