"""Work done beside the program's own gives the same answers and errors as work done in it."""

import os

import pytest

from incidentdocs import processes
from incidentdocs.processes import beside, shares


def length(text: str, *, twice: bool = False) -> tuple[int, int]:
    if not text:
        raise ValueError("nothing to measure")
    return len(text) * (1 + twice), os.getpid()


@pytest.mark.parametrize("pays", [True, False])
def test_an_answer_is_the_same_beside_and_here(pays: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_processors", lambda: 2)
    with beside(pays, length, "abc", twice=True) as answer:
        measured, process = answer()
        assert measured == 6
        assert (process != os.getpid()) == pays
        assert answer() == (measured, process)


@pytest.mark.parametrize("pays", [True, False])
def test_an_error_comes_when_the_answer_is_asked_for(pays: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_processors", lambda: 2)
    with beside(pays, length, "") as answer, pytest.raises(ValueError, match="nothing to measure"):
        answer()


def test_one_processor_does_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_processors", lambda: 1)
    with beside(True, length, "abc") as answer:
        assert answer() == (3, os.getpid())


def test_shares_are_all_of_the_work_in_its_order() -> None:
    for count in (1, 7, 32, 33, 1000):
        parts = shares(range(count), 2)
        assert [each for part in parts for each in part] == list(range(count))
