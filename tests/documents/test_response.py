"""How long an incident took, by hand-computed timelines: also where nothing may be said."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from incidentdocs.documents import response
from incidentdocs.documents.cost import cost_of, currency_in
from incidentdocs.documents.document import Document, read_document
from incidentdocs.documents.response import Response, moments_of
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in

PROCESS = Process(today=date(2026, 12, 1), zone=ZoneInfo("Europe/Paris"))

WHOLE = """\
- 13:50 errors begin
- 14:00 detection: alert
- 14:05 triage
- 14:20 mitigation start
- 15:00 service restored
- 15:30 relapse
- 16:00 service restored
"""


def response_of(documents: list[Document]) -> Response:
    return response.response_of([moments_of(document) for document in documents])


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def document(
    timeline: str = "", *, kind: str = "post-mortem", front: str = "", day: str = "2026-03-14", rest: str = ""
) -> Document:
    text = f"---\nseverity: SEV1\n{front}---\n\n# {kind}: API down\n\n## Timeline\n\n{timeline}\n{rest}"
    return read_document(f"docs/{kind}s/{day}-api.md", parse(text), built_in(kind), PROCESS)


def test_each_time_runs_between_its_milestones_and_the_last_restoration_counts() -> None:
    assert response_of([document(WHOLE)]) == Response(minutes(10), minutes(5), minutes(20), minutes(120))


def test_nobody_knows_how_long_it_went_unseen_where_the_detection_is_what_is_told_first() -> None:
    assert response_of([document("- 14:00 detection\n- 14:05 triage\n")]) == Response(None, minutes(5))


def test_fields_tell_what_the_timeline_does_not() -> None:
    front = "started: 2026-03-14T13:30\ndetected: 2026-03-14T14:00\nresolved: 2026-03-14T16:00\n"
    assert response_of([document(kind="incident", front=front)]) == Response(
        detect=minutes(30), restore=minutes(120)
    )


def test_what_one_document_leaves_out_another_tells() -> None:
    entry = document(kind="incident", front="started: 2026-03-14T13:30\n")
    assert response_of([entry, document(WHOLE)]).detect == minutes(30)


@pytest.mark.parametrize(
    "timeline",
    [
        "",
        "- 14:20 errors\n- 14:00 detection\n- 14:05 triage\n",  # out of order: which is wrong?
        "- 14:00 detection\n- TODO triage\n",
        "- 2026-03-14 detection\n- 2026-03-14 triage\n",  # days, and no clock
    ],
)
def test_a_doubt_tells_nothing(timeline: str) -> None:
    assert response_of([document(timeline)]) == Response()


def test_what_ends_before_it_begins_is_left_out() -> None:
    front = "started: 2026-03-14T15:00\ndetected: 2026-03-14T14:00\n"
    assert response_of([document(kind="incident", front=front)]) == Response()


def test_an_hour_that_the_clocks_skip_is_no_hour_of_an_incident() -> None:
    found = response_of([document("- 01:50 detection\n- 03:10 triage\n", day="2026-03-29")])
    assert found.acknowledge == minutes(20)


def test_a_time_that_the_clocks_show_twice_is_left_out() -> None:
    assert response_of([document("- 02:30 detection\n- 04:00 triage\n", day="2026-10-25")]) == Response()


def test_no_document_tells_nothing() -> None:
    assert response_of([]) == Response()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("~1 500 €", (1500.0, "EUR")),
        ("$2,300.50", (2300.5, "USD")),
        ("1200 CHF", (1200.0, "CHF")),
        ("about 300 euros", (300.0, "EUR")),
        ("300", (300.0, "")),
        ("3 k€", None),
        ("2 millions", None),
        ("unknown", None),
        ("", None),
    ],
)
def test_a_cost_has_an_amount_and_a_currency(written: str, read: tuple[float, str] | None) -> None:
    assert cost_of(document(rest=f"\n## Impact\n\n- Estimated cost: {written}\n")) == read


def test_a_word_that_begins_like_a_currency_is_none() -> None:
    assert currency_in("Europe lost 300") == ""
