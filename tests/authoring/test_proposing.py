"""What is proposed for a timeline stays a comment whatever it says, and is an event once it is none."""

import re
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from incidentdocs import clock
from incidentdocs.authoring.proposing import with_proposals
from incidentdocs.documents.document import Document, read_document
from incidentdocs.history.landed import Landed
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in

TEXT = (
    "# Post-mortem: disk\n\n## Timeline\n- 01:00 detection\n- 05:00 service restored\n\n"
    "## Impact\n- Downtime: 4h\n"
)
FIRST = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)


def document(text: str) -> Document:
    process = Process(zone=clock.zone("Europe/Paris"), today=date(2026, 12, 1))
    return read_document(
        "docs/post-mortems/2026-10-25-disk.md", parse(text), built_in("post-mortem"), process
    )


def events(text: str) -> list[datetime]:
    timeline = document(text).timeline
    assert timeline is not None
    return [event.start for event in timeline.events if event.start]


@given(st.lists(st.tuples(st.text(max_size=200), st.integers(0, 700)), max_size=5))
def test_proposals_change_nothing_until_they_are_accepted(told: list[tuple[str, int]]) -> None:
    landed = [
        Landed("commit", FIRST + timedelta(minutes=minutes), text, "abcdef0123") for text, minutes in told
    ]
    proposed = with_proposals(TEXT, document(TEXT), landed)
    assert events(proposed) == events(TEXT)
    assert re.sub(r"\n(?:<!-- .* -->\n)+", "", proposed, count=1) == TEXT
    assert proposed.count("-->") == proposed.count("<!-- ") == (len(told) + 1 if told else 0)
    accepted = re.sub(r"^<!-- (- .*) -->$", r"\1", proposed, flags=re.MULTILINE)
    moments = events(accepted)[2:]
    assert [each.astimezone(UTC) for each in moments] == [each.when for each in landed]


def test_what_cannot_be_dated_is_left_out() -> None:
    never = Landed("commit", datetime.max.replace(tzinfo=UTC), "x", "abcdef0123")
    assert with_proposals(TEXT, document(TEXT), [never]) == TEXT


def test_the_text_s_line_endings_are_kept() -> None:
    text = TEXT.replace("\n", "\r\n")
    proposed = with_proposals(text, document(text), [Landed("tag", FIRST, "v1", "abcdef0123")], 3)
    assert "\n" not in proposed.replace("\r\n", "")
    assert "(3 more are not shown.)" in proposed


def test_nothing_is_proposed_where_there_is_no_timeline() -> None:
    text = "# Post-mortem: disk\n"
    assert with_proposals(text, document(text), [Landed("tag", FIRST, "v1", "abcdef0123")]) == text
