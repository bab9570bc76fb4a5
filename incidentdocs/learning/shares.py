"""How many documents show a thing, and from which share on it is the team's habit."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

NEARLY_ALL = 0.9
"""What so many documents have is asked of the next one."""

MOST = 0.6
"""A form that so many values have is their type: the others are what a linter is for."""

HALF = 0.5
"""What so many documents have is written in a profile, and a content that so many show is a section's."""

SOME = 0.1
"""What fewer documents have is somebody's own, and no habit of the team."""

Thing = TypeVar("Thing")


class Share(NamedTuple):
    """So many of so many documents."""

    fitting: int
    of: int

    @property
    def part(self) -> float:
        """The share as a number from 0 to 1; nothing of nothing is 0."""
        return self.fitting / self.of if self.of else 0.0

    def __str__(self) -> str:
        return f"{self.fitting} of {self.of}"


def share(of: Iterable[bool]) -> Share:
    """Return how many of some answers are yes."""
    answers = list(of)
    return Share(sum(answers), len(answers))


def most_common(things: Iterable[Thing]) -> list[tuple[Thing, int]]:
    """Return the things with how often each is there, most often first, among equals by their order."""
    return Counter(things).most_common()
