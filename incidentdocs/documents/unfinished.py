"""What of an incident's steps must still be done before it is resolved."""

from collections.abc import Iterator
from typing import NamedTuple

from incidentdocs.documents.checklist import Check
from incidentdocs.documents.handling import Handling, Taken
from incidentdocs.documents.verification import holds


class Left(NamedTuple):
    """One thing that is left of a step: a `check` that shows nothing yet, else the step's output."""

    taken: Taken
    check: Check | None = None


def missing_gate(handled: Handling, taken: Taken) -> Taken | None:
    """Return the first gate before a step that nobody has passed, None where all are."""
    earlier = (each for each in handled.steps if each.done.number < taken.done.number)
    return next((each for each in earlier if is_gate(each) and not each.passed), None)


def is_gate(taken: Taken) -> bool:
    """Return whether a later step waits for this one."""
    return bool(taken.step and taken.step.gate and taken.step.output)


def left(handled: Handling) -> Iterator[Left]:
    """Yield what is left before the incident is resolved, in the order of its steps.

    That is the verification, check by check, and every gate before it; where no step verifies, every gate.
    """
    verifying = [each for each in handled.steps if each.step and each.step.verifies]
    last = max((each.done.number for each in verifying), default=None)
    for taken in handled.steps:
        if last is not None and taken.done.number > last:
            continue
        if taken in verifying:
            yield from (Left(taken, check) for check in taken.done.checks if not holds(check))
        if (taken in verifying or is_gate(taken)) and not taken.passed:
            yield Left(taken)
