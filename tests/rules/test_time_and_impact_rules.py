"""What the rules about time and impact say beyond their examples: severities, abstentions, hostile input."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentdocs import clock
from incidentdocs.documents.document import Document, read_document
from incidentdocs.library.finding import Finding
from incidentdocs.linter import lint
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in
from incidentdocs.rules import load

TIME = (
    "timeline-time",
    "timeline-order",
    "timeline-year",
    "timeline-future",
    "timeline-dst",
    "timeline-zone",
    "timeline-gap-to-document",
    "response-target",
    "filename-date",
    "duration-mismatch",
)
IMPACT = ("severity-missing", "impact-contradiction", "data-loss-severity", "personal-data")
HEAD = "---\nseverity: SEV1\n---\n# Post-mortem: API\n\n"


def document(text: str, *, day: str = "2026-03-14", kind: str = "post-mortem", phase: int = 1) -> Document:
    process = Process(zone=clock.zone("Europe/Paris"), today=date(2026, 9, 15), phase=phase)
    return read_document(f"docs/post-mortems/{day}-api.md", parse(text), built_in(kind), process)


def findings(read: Document, *names: str) -> list[Finding]:
    return list(lint([read], [load(name)() for name in names or (*TIME, *IMPACT)]).findings)


def of_time(events: str, *, day: str = "2026-03-14", title: str = "Timeline", phase: int = 1) -> list[str]:
    read = document(f"{HEAD}## {title}\n{events}", day=day, phase=phase)
    return [f"{found.rule}: {found.hint}" for found in findings(read, *TIME)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("20262-03-14 10:15", "2026-03-14 10:15"),
        ("202-03-14 10:15", "2026-03-14 10:15"),
        ("2062-03-14 10:15", "2026-03-14 10:15"),
        ("14/03/20226 10:15", "14/03/2026 10:15"),
        ("14 mars 20226 10:15", "14 mars 2026 10:15"),
        ("20226-03-14T10:15", "2026-03-14T10:15"),
    ],
)
def test_a_wrong_year_is_one_finding_with_the_year_that_was_meant(written: str, meant: str) -> None:
    found = of_time(f"- {written} detection\n- 2026-03-14 10:20 triage\n- 10:40 service restored\n")
    assert found == [f"timeline-year: write `{meant}`"]


def test_a_year_that_may_be_several_asks_for_the_date() -> None:
    (found,) = of_time("- 99999-03-14 10:15 detection\n- 10:20 triage\n")
    assert found == "timeline-year: write the year of the event: `YYYY-MM-DD`"


def test_a_bullet_that_counts_thousands_in_march_has_no_year() -> None:
    assert of_time("- 10:15 detection\n- 14 March 12000 requests failed\n") == []


@pytest.mark.parametrize(
    "events",
    [
        "- 2025-03-14 09:00 the pool is introduced\n- 2026-03-14 10:15 detection\n- 10:20 triage\n",
        "- 2025-11-02 the leak begins\n- 2026-01-20 memory grows\n- 2026-03-14 10:15 detection\n",
        "- 10:15 detection\n- 10:20 triage\n- 2026-08-02 10:00 all clusters are migrated\n",
        "- 10:15 detection\n- 10:20 triage\n- 2026-09-16 00:10 root cause confirmed\n",
        "- 2026-03-14 10:15 detection\n- 2026-12-01 planned: the migration ends\n",
    ],
)
def test_a_careful_author_may_begin_long_before_and_go_on_long_after(events: str) -> None:
    assert of_time(events) == []


@pytest.mark.parametrize(
    ("events", "day", "meant"),
    [
        ("### 2025-01-03\n- 10:15 detection\n- 10:20 triage\n", "2026-01-03", "2026-01-03"),
        (
            "### 2025-12-31\n- 23:50 detection\n\n### 2025-01-01\n- 00:10 triage\n- 00:20 restored\n",
            "2025-12-31",
            "2026-01-01",
        ),
        ("**2025-01-03**\n\n- 10:15 detection\n", "2026-01-03", "2026-01-03"),
    ],
)
def test_the_year_of_a_heading_is_read_as_that_of_its_events(events: str, day: str, meant: str) -> None:
    assert of_time(events, day=day) == [f"timeline-year: write `{meant}`"]


def test_a_heading_for_each_day_of_new_year_s_eve_is_right() -> None:
    events = "### 2025-12-31\n- 23:50 detection\n\n### 2026-01-01\n- 00:10 call\n"
    assert of_time(events, day="2025-12-31") == []


def test_one_slip_in_the_future_is_one_finding() -> None:
    found = of_time("- 2026-03-14 10:15 detection\n- 2026-10-14 10:20 triage\n- 10:40 service restored\n")
    assert [name.partition(":")[0] for name in found] == ["timeline-future"]


def test_a_document_that_is_not_dated_in_a_known_present_has_no_future() -> None:
    text = f"{HEAD}## Timeline\n- 2026-10-14 10:20 triage\n"
    read = read_document("docs/post-mortems/2026-10-14-a.md", parse(text), built_in("post-mortem"), Process())
    assert findings(read, "timeline-future") == []


@pytest.mark.parametrize(
    ("title", "events", "day"),
    [
        ("Timeline (UTC)", "- 10:15 detection\n- 12:20 CEST triage\n- 10:40 restored\n", "2026-07-14"),
        ("Timeline (London time)", "- 10:15 detection\n- 09:20 GMT triage\n- 10:40 restored\n", "2026-07-14"),
        ("Timeline (UTC)", "- 10:15 UTC / 11:15 CET detection\n- 10:40 UTC restored\n", "2026-01-14"),
        ("Timeline", "- 09:15 CET detection\n- 10:20 CEST triage\n", "2026-07-14"),
    ],
)
def test_a_line_may_have_a_zone_of_its_own(title: str, events: str, day: str) -> None:
    assert of_time(events, title=title, day=day) == []


def test_summer_s_abbreviation_in_winter_is_told_without_a_stated_zone_as_well() -> None:
    found = of_time("- 09:15 CEST detection\n- 10:20 call\n", day="2026-01-14")
    assert found == ["timeline-zone: write `09:15 CET`"]


def test_a_zone_that_explains_the_disorder_is_one_finding_each() -> None:
    events = "- 10:10 detection\n- 10:15 CET triage\n- 10:16 CET call\n- 10:30 restored\n"
    found = of_time(events, title="Timeline (UTC)", day="2026-01-14")
    assert found == [f"timeline-zone: write `{time}`, or correct the time" for time in ("10:15", "10:16")]


@pytest.mark.parametrize(
    ("events", "late"),
    [
        ("- 10:15 detection\n- 10:30 triage\n", False),
        ("- 10:15 detection\n- 10:31 triage\n", True),
        ("- ~10:15 detection\n- 10:45 triage\n", False),
        ("- ~10:15 detection\n- 10:46 triage\n", True),
        ("- 10:15 triage\n- 10:50 detection\n", False),
        ("- 10:15 detection\n- 10:50 triage\n- 10:40 mitigation start\n- 10:55 call\n", False),
        ("- 10:15 detection\n- 25:10 call\n- 10:50 triage\n", False),
        ("- 10:15-10:40 detection\n- 10:55 triage\n", False),
        ("- 2026-03-14 detection\n- 2026-03-14 23:00 triage\n", False),
    ],
)
def test_the_response_is_as_late_as_the_timeline_makes_sure(events: str, late: bool) -> None:
    found = findings(document(f"{HEAD}## Timeline\n{events}"), "response-target")
    assert [finding.severity for finding in found] == ["warning"] * late


def test_a_response_in_the_repeated_hour_may_have_been_in_time() -> None:
    read = document(f"{HEAD}## Timeline\n- 02:50 detection\n- 02:55 triage\n", day="2026-10-25")
    assert findings(read, "response-target") == []


def test_from_phase_three_on_a_missed_target_is_an_error() -> None:
    text = f"{HEAD}## Timeline\n- 10:15 detection\n- 10:40 triage\n"
    assert [found.severity for found in findings(document(text, phase=3), "response-target")] == ["error"]
    assert [found.severity for found in findings(document(text, phase=2), "response-target")] == ["warning"]


@pytest.mark.parametrize(
    ("head", "missing"),
    [
        ("---\nservices: [api]\n---\n", True),
        ("---\nservices: [api]\nseverity: SEV9\n---\n", False),
        ("---\nservices: [api]\nseverity: TODO\n---\n", False),
        ("---\nseverity: SEV2\n---\n", False),
        ("", False),
    ],
)
def test_a_severity_that_the_profile_does_not_require_is_missed(head: str, missing: bool) -> None:
    read = document(f"{head}# Post-mortem: API\n\n## Impact\n- Some were slow.\n", kind="google-sre")
    assert bool(findings(read, "severity-missing")) is missing


def test_a_required_severity_is_told_once() -> None:
    read = document("---\nservices: [api]\n---\n# Post-mortem: API\n")
    assert [found.rule for found in findings(read, "severity-missing", "metadata-invalid")] == [
        "metadata-invalid"
    ]


def test_a_draft_is_only_reminded_of_the_authority() -> None:
    read = document("---\nseverity: SEV1\nstatus: draft\npersonal-data: yes\n---\n# Post-mortem: API\n")
    assert [found.severity for found in findings(read, "personal-data")] == ["warning"]


PERSONAL = HEAD.replace("---\n#", "personal-data: yes\n{}---\n#") + "## Timeline\n- 10:15 detection\n{}"


@pytest.mark.parametrize(
    ("field", "body", "severities"),
    [
        ("", "", ["error"]),
        ("authority-notified: no\n", "", ["error"]),
        ("authority-notified: yes\n", "", ["error"]),
        ("authority-notified: 2026-03-17 10:15\n", "", []),
        ("authority-notified: 2026-03-17 10:20\n", "", ["warning"]),
        ("authority-notified: 2026-03-17\n", "", []),
        ("authority-notified: TODO\n", "", []),
        ("", "- 2026-03-18 09:00 CNIL prévenue\n", ["warning"]),
        ("", "\n## Impact\nThe ICO was informed on 15 March.\n", []),
        ("", "\n## Impact\nIl n'a pas été nécessaire de notifier la CNIL.\n", []),
        ("", "\n## Impact\nThe DPO judged the risk unlikely and decided against notifying.\n", []),
        ("", "\n## Impact\nCustomers were not notified.\n", ["error"]),
        ("", "\n## Action items\n- [ ] AI 1: notify the CNIL (owner @a)\n", ["error"]),
        ("", "\n## Action items\n- [x] AI 1: notify the CNIL (owner @a)\n", []),
    ],
)
def test_a_notification_is_read_wherever_it_is_told(field: str, body: str, severities: list[str]) -> None:
    found = findings(document(PERSONAL.format(field, body)), "personal-data")
    assert [finding.severity for finding in found] == severities


@pytest.mark.parametrize(
    ("sentence", "late"),
    [
        ("Late because the scope was unknown.", False),
        ("- Late, because the scope was unknown.", False),
        ("The ICO was told on 21 March. That was late, since nobody knew the scope.", False),
        ("The notification was delayed due to the search for the scope.", False),
        ("En retard car le périmètre n'était pas connu.", False),
        ("La CNIL a été notifiée avec retard, en raison de la recherche du périmètre.", False),
        ("Notification tardive : nous ne savions rien avant le 20, parce que tout était chiffré.", False),
        ("The notification was late.", True),
        ("Parcels left late because the labels did not print.", True),
        ("The alert came late because the queue was full.", True),
        ("Les colis sont partis en retard car les étiquettes manquaient.", True),
    ],
)  # fmt: skip
def test_a_late_notification_may_be_explained_in_a_sentence(sentence: str, late: bool) -> None:
    read = document(PERSONAL.format("authority-notified: 2026-03-21 10:15\n", f"\n## Impact\n{sentence}\n"))
    assert bool(findings(read, "personal-data")) is late


@pytest.mark.parametrize(
    ("notified", "told"),
    [
        ("2026-03-21 10:15", "7 days"),
        ("2026-03-17 11:15", "3 days and 1 hour"),
        ("2026-03-17 10:17", "3 days and 2 minutes"),
        ("2026-03-20 14:50", "6 days and 4 hours"),
    ],
)
def test_a_late_notification_is_told_in_days(notified: str, told: str) -> None:
    (found,) = findings(document(PERSONAL.format(f"authority-notified: {notified}\n", "")), "personal-data")
    assert found.message == f"the authority was told {told} after the detection, not within 72 hours"


def test_a_document_is_answered_in_the_language_that_it_is_written_in() -> None:
    words = "\n## Impact\nLes exports ont été lisibles par tous et nous ne savons pas depuis quand.\n"
    (late,) = findings(
        document(PERSONAL.format("authority-notified: 2026-03-21 10:15\n", words)), "personal-data"
    )
    assert late.hint.endswith("write `en retard car …`")
    (untold,) = findings(document(PERSONAL.format("", words)), "personal-data")
    assert "`La CNIL a été notifiée le AAAA-MM-JJ à HH:MM`" in untold.hint


@pytest.mark.parametrize(
    "sentence",
    [
        "No personal data was exposed.",
        "Personal data was never accessible.",
        "Les données personnelles n'ont pas été consultées.",
        "Personal data could have been exposed.",
        "- Personal data: not affected",
        "- Données personnelles : néant",
        "- Personal data: unknown",
    ],
)
def test_what_did_not_happen_to_personal_data_asks_nothing(sentence: str) -> None:
    assert findings(document(f"{HEAD}## Impact\n{sentence}\n"), "personal-data") == []


LINES = st.sampled_from(
    [
        "- 10:15 detection", "- 10:40 CET triage", "- 25:10 x", "- 0001-01-01 00:00 CET a",
        "- 9999-12-31 23:59 b", "**9999-12-31**",
        "- 20262-03-14 10:15 c", "- 2025-02-29 10:00 d", "- 2024-02-29 10:00 detection", "- HH:MM triage",
        "- 02:30 x", "| 2026-03-14 10:15 | y |", "### 2025-01-03", "### 2026-03-14, 10:15 service restored",
        "- 3026-03-14 10:00 CEST service restored", "- 14/03/99999 10:15", "- + 10 min z", "- T-99999 min w",
        "All times in EST.", "## Impact", "- Downtime: 45m", "- Users affected: 0", "- Data loss: yes: 4",
        "- Personal data: yes", "The CNIL was notified on 9999-99-99 at 99:99.", "art. 33",
        "\x00- \u202e10:15 CET",
        "- Downtime: 99999999999h", "Personal data leaked, notified on 9999-12-31 at 23:59.",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(LINES, max_size=14),
    st.sampled_from(["2026-03-14", "2026-03-29", "0001-01-01", "9999-12-31", "2024-02-29", "2026-10-25"]),
    st.sampled_from(["severity: SEV1", "severity: SEV3\ndata-loss: yes", "personal-data: yes\ndetected: x"]),
)
def test_whatever_a_timeline_holds_every_span_lies_in_the_file(lines: list[str], day: str, head: str) -> None:
    text = f"---\n{head}\n---\n# Post-mortem: API\n\n## Timeline\n" + "\n".join(lines)
    read = document(text, day=day)
    for found in findings(read):
        assert 1 <= found.span.line <= found.span.end_line <= len(read.source.lines) + 1
        assert 1 <= found.span.column <= len(read.source.lines[found.span.line - 1]) + 1
