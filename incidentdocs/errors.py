"""What can go wrong that is the user's to mend, each error with a hint that says what to type."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

E = TypeVar("E", bound="IncidentdocsError")


class IncidentdocsError(Exception):
    """Something the user can mend; `hint` says how, `exit_code` is the process's exit code.

    `others` are what is wrong besides and told with it, so that all is mended at once.
    """

    exit_code = 2

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.others: tuple[IncidentdocsError, ...] = ()

    def __reduce__(self) -> "tuple[object, ...]":
        """Let the error pass from one process to another, which its keyword arguments would not."""
        return _restored, (type(self), self.args, self.__dict__)


def _restored(
    cls: type[IncidentdocsError], args: tuple[object, ...], state: dict[str, object]
) -> IncidentdocsError:
    error = cls.__new__(cls, *args)
    error.__dict__.update(state)
    return error


class UsageError(IncidentdocsError):
    """The command line asks for something that cannot be done: a missing file, a folder in use."""


class ConfigError(IncidentdocsError):
    """A configuration or profile file that cannot be used, with its place.

    `line` is 1-based, or None where the file as a whole is at fault.
    """

    def __init__(self, message: str, *, path: str, line: int | None = None, hint: str) -> None:
        place = path if line is None else f"{path}:{line}"
        super().__init__(f"{place}: {message}", hint=hint)
        self.path = path
        self.line = line


class HistoryIncomplete(IncidentdocsError):
    """The repository does not hold all of the history that is asked for; the hint says how to fetch it."""

    exit_code = 4


class DeliveryFailed(IncidentdocsError):
    """A message that a target did not take, however often it was tried."""

    exit_code = 5


class Fault(IncidentdocsError):
    """A fault of the program itself, naming what it was doing and to which document."""

    exit_code = 3


def with_article(word: str) -> str:
    """Return a word behind its article: `an incident`, `a runbook`."""
    return f"{'an' if word[:1] in tuple('aeio') else 'a'} {word}"


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that `word` was most likely meant to be, or None when none is near."""
    from difflib import get_close_matches

    by_fold = {candidate.casefold(): candidate for candidate in candidates}
    matches = get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.7)
    return by_fold[matches[0]] if matches else None


def equally_near(word: str, near: str, candidates: Iterable[str]) -> list[str]:
    """Return the candidates that are as near to `word` as `near` is, in their order: it may mean any."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(b=word.casefold())

    def likeness(candidate: str) -> float:
        matcher.set_seq1(candidate.casefold())
        return matcher.ratio()

    best = likeness(near)
    return [candidate for candidate in candidates if likeness(candidate) == best]


def did_you_mean(word: str, known: Iterable[str], *, otherwise: str) -> str:
    """Return the hint for an unknown `word` of the command line: the nearest known one, else `otherwise`."""
    near = nearest(word, known)
    return f"did you mean {near}?" if near else otherwise


def together(errors: Sequence[E]) -> E:
    """Return several errors, at least one, as the first of them with the others told beside it."""
    first, *more = errors
    others: list[IncidentdocsError] = [*first.others]
    for error in more:
        others += (error, *error.others)
    first.others = tuple(others)
    return first
