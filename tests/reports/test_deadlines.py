"""Whether post-mortems were published in time, and what is asked of which."""

from datetime import UTC, date, datetime

from incidentdocs.history.lifecycle import DocumentVersions, fold, histories
from incidentdocs.history.values import DocumentHistory, History, Landing, Version, VersionFacts
from incidentdocs.process.process import Process
from incidentdocs.reports.deadlines import DeadlinesReport, deadlines

TODAY = date(2026, 3, 31)
DAY = date(2026, 3, 14)


def version(
    day: int,
    *,
    draft: bool = False,
    severity: str | None = "SEV1",
    sweeping: bool = False,
    todo: bool = False,
) -> Version:
    when = datetime(2026, 3, day, 12, tzinfo=UTC)
    landing = Landing(f"c{day}", when, "Dev", f"c{day}", when)
    facts = VersionFacts((), draft, todo, severity, DAY, ())
    return Version(landing, "a.md", "b", facts, sweeping=sweeping)


def document(name: str, *versions: Version, alive: bool = True, since: date | None = None) -> DocumentHistory:
    (told,) = histories(fold([DocumentVersions("post-mortem", versions)], zone=UTC), since=since)
    return told._replace(path=name, alive=alive)


def report(*documents: DocumentHistory) -> DeadlinesReport:
    history = History("f" * 40, TODAY, documents)
    process = Process(today=TODAY)
    return deadlines(history, process)


def test_each_post_mortem_stands_where_it_does_what_asks_for_something_first() -> None:
    told = report(
        document("a.md", version(15, draft=True), version(21)),
        document("b.md", version(15, draft=True), version(22)),
        document("c.md", version(15, draft=True)),
        document("d.md", version(15, todo=True)),
        document("e.md", version(15, sweeping=True)),
        document("f.md", version(15, severity="SEV3")),
        document("g.md", version(15), alive=False),
    )
    assert [(each.document, each.status, each.days_late) for each in told.documents] == [
        ("c.md", "draft", 10),
        ("d.md", "unpublished", 10),
        ("b.md", "late", 1),
        ("a.md", "on-time", 0),
        ("e.md", "unknown", 0),
    ]
    assert told.summary.model_dump() == {
        "documents": 5,
        "on_time": 1,
        "late": 1,
        "overdue": 2,
        "pending": 0,
        "unknown": 1,
        "missing": 0,
    }


def test_a_row_says_when_it_was_due_and_published() -> None:
    (row,) = report(document("a.md", version(15, draft=True), version(22))).documents
    assert (row.incident, row.severity, row.due) == (DAY, "SEV1", date(2026, 3, 21))
    assert (row.published, row.published_commit, row.made) == (
        date(2026, 3, 22),
        "c22",
        date(2026, 3, 22),
    )


def test_what_is_made_in_time_and_lands_late_is_on_time() -> None:
    when = datetime(2026, 3, 20, 12, tzinfo=UTC)
    late = version(25)
    merged = late._replace(landing=late.landing._replace(made_by="side", made=when))
    (row,) = report(document("a.md", merged)).documents
    assert (row.status, row.published, row.made) == ("on-time", date(2026, 3, 25), date(2026, 3, 20))


def test_incidents_before_histories_count_are_unknown() -> None:
    told = report(document("a.md", version(25), since=date(2026, 3, 15)))
    assert [each.status for each in told.documents] == ["unknown"]
    assert (told.summary.late, told.summary.unknown) == (0, 1)
