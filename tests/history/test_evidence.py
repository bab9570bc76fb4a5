"""What commits prove of action items: trailers, messages, and when they are read at all."""

import time

import pytest

from incidentdocs.history.trailers import Trailer, trailers

PATHS = {"docs/post-mortems/2026-03-14-api-down.md", "postmortems/api.md"}


@pytest.mark.parametrize(
    ("message", "document", "number"),
    [
        ("Alert\n\nAction-Item: docs/a.md#1", "docs/a.md", 1),
        ("Alert\n\naction-item:docs/a b#c.md#12  \r\nSigned-off-by: x", "docs/a b#c.md", 12),
        ("ACTION-ITEM: a#007", "a", 7),
    ],
)
def test_a_trailer_is_read(message: str, document: str, number: int) -> None:
    assert trailers({"c": message}) == (Trailer("c", document, number),)


@pytest.mark.parametrize(
    "message",
    [
        "Action-Item: docs/a.md",
        "Action-Item: a.md#",
        "Action-Item: a.md#one",
        "See Action-Item: a.md#1",
        "a.md#1",
    ],
)
def test_what_only_resembles_a_trailer_is_none(message: str) -> None:
    assert trailers({"c": message}) == ()


def test_a_commit_may_answer_several_items() -> None:
    found = trailers({"c": "Alert\n\nAction-Item: a.md#1\nAction-Item: a.md#2\n"})
    assert [trailer.number for trailer in found] == [1, 2]


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ("docs/post-mortems/2026-03-14-api-down.md", True),
        ("post-mortems/2026-03-14-api-down", True),
        ("2026-03-14-api-down", True),
        ("api.md", True),
        ("api-down.md", False),
        ("", False),
        ("/", False),
        ("other/2026-03-14-api-down.md", False),
    ],
)
def test_a_document_is_named_by_any_end_of_a_path_that_it_had(document: str, named: bool) -> None:
    assert Trailer("c", document, 1).names(PATHS, 1) is named
    assert not Trailer("c", document, 1).names(PATHS, 2)
    assert not Trailer("c", document, 1).names(PATHS, None)


@pytest.mark.parametrize("piece", [" ", "#", "#1 ", "action-item: #1"])
def test_a_hostile_message_is_read_in_no_time(piece: str) -> None:
    begin = time.perf_counter()
    trailers({"c": f"action-item: {piece * 100_000}x"})
    assert time.perf_counter() - begin < 2
