"""What has changed from one text to another."""

import time

from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.history.line_changes import LineChanges, line_changes, origins

texts = st.lists(st.sampled_from(["", "a", "b", "c"]), max_size=12)


def test_new_lines_and_the_lines_below_which_some_are_gone() -> None:
    assert line_changes(["a", "b"], ["a", "b"]) == LineChanges()
    assert line_changes(["a", "c"], ["a", "b", "c"]) == LineChanges((2,))
    assert line_changes(["a", "b", "c"], ["a", "c"]) == LineChanges((), (1,))
    assert line_changes(["a", "b"], ["b"]) == LineChanges((), (0,))
    assert line_changes(["a", "b"], []) == LineChanges((), (0,))
    assert line_changes(["a", "old", "c"], ["a", "new", "c"]).lines == (2,)


@given(texts, texts)
def test_what_is_not_new_was_there_in_the_same_order(before: list[str], after: list[str]) -> None:
    changes = line_changes(before, after)
    kept = [line for number, line in enumerate(after, start=1) if number not in changes.lines]
    left = iter(before)
    assert all(line in left for line in kept)
    assert bool(changes) == (before != after)
    assert len(kept) == len(before) or changes.gaps
    assert {*changes.lines} <= {*range(1, len(after) + 1)}
    assert {*changes.gaps} <= {*range(len(after) + 1)}


def test_a_text_of_many_lines_is_compared_in_a_moment() -> None:
    began = time.monotonic()
    many = ["" if number % 3 else str(number) for number in range(100_000)]
    changes = line_changes(many, many[::-1])
    assert time.monotonic() - began < 2
    assert changes.touch(2, 99_999)


def test_a_change_touches_a_line_and_a_part() -> None:
    changes = LineChanges((3, 7), (5,))
    assert changes.touch(1, 3)
    assert not changes.touch(4, 6)
    assert changes.touch_part(4, 6)
    assert not changes.touch_part(8, 9)


def test_a_file_that_came_is_the_most_alike_of_those_that_are_gone() -> None:
    gone = {"old/a.md": ("# A", "one", "two", "three"), "old/b.md": ("# B", "four", "five")}
    come = {"new/c.md": ("# A", "one", "two", "3"), "new/d.md": ("# Something else", "entirely")}
    assert origins(gone, come) == {"new/c.md": "old/a.md"}
    assert origins({}, come) == {}
    assert origins({"x.md": ()}, {"y.md": ()}) == {}


def test_of_very_many_files_only_namesakes_are_one() -> None:
    gone = {f"old/{number}.md": (f"text {number}",) for number in range(400)}
    come = {f"new/{number}.md": (f"text {number}",) for number in range(400)}
    assert origins(gone, come) == {f"new/{number}.md": f"old/{number}.md" for number in range(400)}
