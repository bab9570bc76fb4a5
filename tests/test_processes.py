"""Work done beside the program's own gives the same answers and errors as work done in it."""

import os
import signal
from collections.abc import Sequence

import pytest

from incidentdocs import processes
from incidentdocs.errors import UsageError
from incidentdocs.processes import beside, in_shares


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


def measured(share: Sequence[int]) -> tuple[int, Sequence[int]]:
    return os.getpid(), share


def test_each_piece_is_in_one_share_in_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_processors", lambda: 2)
    for count in (0, 1, 7, 19, 20, 21, 33, 100, 1000):
        answers = in_shares(measured, range(count), least=10)
        assert [piece for _, share in answers for piece in share] == list(range(count))
        assert (os.getpid() in {process for process, _ in answers}) == (count < 20)


def stopped(share: Sequence[int]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_the_system_stops_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_processors", lambda: 2)
    with pytest.raises(UsageError, match="the system stopped a process"):
        in_shares(stopped, range(20), least=10)
    with pytest.raises(UsageError, match="the system stopped a process"), beside(True, stopped, ()) as ended:
        ended()
