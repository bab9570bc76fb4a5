"""What the rules about handling an incident say of whole incidents, and that each defect is told once."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs import clock
from incidentdocs.authoring.checklist import checklist
from incidentdocs.documents.document import Document, read_document
from incidentdocs.linter import lint
from incidentdocs.markdown.source import parse
from incidentdocs.process.communication import Communication, Notice
from incidentdocs.process.people import Person, Roster
from incidentdocs.process.process import Process
from incidentdocs.process.steps import Step, filled, steps_for
from incidentdocs.profiles.loading import built_in
from incidentdocs.rules import INCIDENT_RULES, load

KNOWN = {
    "response": "15 min",
    "oncall": "@oncall",
    "backup": "@backup",
    "devops": "@devops",
    "dev": "@dev",
    "severity": "SEV1",
    "product": "wiki",
    "channel": "#ops",
    "days": "7",
    "notified": "@backup",
    "notified-data-loss": "@lead",
    "email": "data loss",
}
NOBODY = Roster()
BOT = Roster((Person("bridge-bot", kind="agent"), Person("oncall"), Person("backup", names=("Zoé Petit",))))


def document(
    text: str, *, people: Roster = NOBODY, own: tuple[Step, ...] = (), language: str = "en"
) -> Document:
    process = Process(
        zone=clock.zone("Europe/Paris"), today=date(2026, 12, 1), people=people, steps=own, language=language
    )
    return read_document("docs/incidents/2026-10-25-disk.md", parse(text), built_in("incident"), process)


def told(read: Document, *names: str) -> list[tuple[str, str]]:
    """Return each finding as its rule and the first line of what it underlines."""
    found = lint([read], [load(name)() for name in names or (*INCIDENT_RULES, "metadata-invalid")]).findings
    lines = read.source.lines
    return [
        (each.rule, lines[each.span.line - 1][each.span.column - 1 : each.span.end_column - 1])
        for each in found
    ]


def head(severity: str = "SEV1", **fields: str) -> str:
    given = {"severity": severity, "oncall": '["@oncall"]', "backup": '["@backup"]', **fields}
    rows = "".join(f"{key.replace('_', '-')}: {value}\n" for key, value in given.items())
    return f"---\n{rows}---\n# Incident: disk full\n\n"


def steps(severity: str, language: str, passed: Iterable[int]) -> str:
    """Return a checklist of the process of which some steps are passed, all their checks ticked."""
    text = checklist([filled(step, KNOWN) for step in steps_for(severity, language)], language)
    done = set(passed)
    rows = []
    number = 0
    for row in text.split("\n"):
        number += row.startswith("### ")
        ticked = row.replace("- [ ] ", "- [x] ") if number in done else row
        signed = ticked.startswith("- [x] Output")
        rows.append(f"{ticked} — so it is (@oncall, 03:00)" if signed else ticked)
    title = {"fr": "Étapes", "en": "Steps"}[language]
    return f"## {title}\n" + "\n".join(rows) + "\n\n"


TIMELINE = {
    "fr": "## Timeline\n- 00:50 detection\n- 00:55 communication : annonce dans #ops, à @backup\n"
    "- 01:05 communication : bannière posée\n- 01:20 service restored\n"
    "- 03:50 communication : bannière retirée\n",
    "en": "## Timeline\n- 00:50 detection\n- 00:55 communication: announcement in #ops, to @backup\n"
    "- 01:05 communication: banner up\n- 01:20 service restored\n- 03:50 communication: banner removed\n",
}
RESOLVED = {"resolved": "2026-10-25 03:40"}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("severity", ["SEV1", "SEV2"])
def test_an_incident_that_was_handled_by_the_book_is_left_alone(severity: str, language: str) -> None:
    text = head(severity, **RESOLVED) + steps(severity, language, range(1, 8)) + TIMELINE[language]
    assert told(document(text)) == []


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("passed", range(8))
def test_an_incident_that_burns_is_left_alone_at_every_step(language: str, passed: int) -> None:
    timeline = (
        TIMELINE[language].partition("- 01:20")[0] if passed >= 2 else "## Timeline\n- 00:50 detection\n"
    )
    rest = "- HH:MM service restored\n"
    text = head(resolved="") + steps("SEV1", language, range(1, passed + 1)) + timeline + rest
    assert told(document(text)) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_new_incident_is_left_alone(language: str) -> None:
    ticket = "## Timeline\n- 09:00 detection\n"
    text = head("SEV3", ticket="TODO") + steps("SEV3", language, ()) + ticket
    assert told(document(text)) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_gate_that_is_passed_over_is_told_once(language: str) -> None:
    text = head() + steps("SEV1", language, (1, 4)) + TIMELINE[language]
    found = told(document(text))
    assert [rule for rule, _ in found] == ["gate-skipped", "gate-skipped"]
    outputs = [step.output for step in steps_for("SEV1", language)]
    assert [line.split(": ", 1)[1] for _, line in found] == outputs[1:3]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_verification_that_was_left_out_is_told_once(language: str) -> None:
    text = head(**RESOLVED) + steps("SEV1", language, (1, 2, 3, 4, 6)) + TIMELINE[language]
    assert [rule for rule, _ in told(document(text))] == ["verification-incomplete"]


def test_a_step_that_only_an_agent_passed_is_told_once() -> None:
    text = (head() + steps("SEV1", "en", (1, 2)) + TIMELINE["en"]).replace(
        "(@oncall, 03:00)", "(@bridge-bot, 03:00)"
    )
    assert [rule for rule, _ in told(document(text, people=BOT))] == ["gate-skipped"] * 2
    both = text.replace("(@bridge-bot, 03:00)", "(@bridge-bot, @oncall 03:00)")
    assert told(document(both, people=BOT)) == []
    assert told(document(text)) == [], "an agent is one that the roster lists"


@pytest.mark.parametrize(
    "said",
    [
        "situation understood - the wiki answers nobody",
        "situation understood: the wiki answers nobody (@oncall)",
        "Situation understood – the wiki answers nobody (@oncall, 02:12)",
        "situation comprise : le wiki ne répond plus",
        "the wiki answers nobody since two o'clock (Zoé, 02:12)",
    ],
)
def test_what_a_step_brought_may_be_written_in_one_s_own_way(said: str) -> None:
    step = f"## Steps\n### [1] DETECT (automatic or manual)\n- [x] Output: {said}\n\n"
    later = "### [2] TRIAGE (15 min)\n- [x] Output: team alerted — all (@oncall, 02:20)\n\n"
    assert told(document(head() + step + later + TIMELINE["en"])) == []


@pytest.mark.parametrize(
    "said",
    ["situation understood", "Situation comprise (@oncall, 02:12)", "ok", "situation understood -", ""],
)
def test_an_output_that_only_repeats_what_is_asked_for_says_nothing(said: str) -> None:
    row = f"Output: {said}".rstrip()
    step = f"## Steps\n### [1] DETECT (automatic or manual)\n- [x] {row}\n\n"
    assert told(document(head() + step + TIMELINE["en"])) == [("gate-skipped", row)]


def test_the_line_to_write_for_an_output_keeps_its_words_and_not_its_signature() -> None:
    row = "- [x] Output: situation understood (@oncall, 02:12)"
    step = f"## Steps\n### [1] DETECT (automatic or manual)\n{row}\n"
    (found,) = lint([document(head() + step + TIMELINE["en"])], [load("gate-skipped")()]).findings
    assert "`- [x] Output: situation understood — … (@oncall, HH:MM)`" in found.hint


def test_what_an_agent_prepared_is_no_output_until_a_person_passes_it() -> None:
    prepared = steps("SEV1", "en", (1, 3)).replace(
        "- [ ] Output: team alerted", "- [ ] Output: team alerted — all are there (@bridge-bot, 02:20)"
    )
    found = told(document(head() + prepared + TIMELINE["en"], people=BOT))
    assert found == [("gate-skipped", "Output: team alerted — all are there (@bridge-bot, 02:20)")]


def test_a_checklist_that_was_edited_is_read_leniently() -> None:
    renumbered = (
        steps("SEV1", "en", (1, 2))
        .replace("### [2]", "### [3]")
        .replace("TRIAGE (15 min, @oncall", "Triage (at once, all")
    )
    assert told(document(head() + renumbered + TIMELINE["en"])) == []
    unknown = "## Steps\n### [1] Look\n- [x] Output: a plan\n\n### [2] Act\n- [x] Output: done — yes\n\n"
    assert told(document(head() + unknown + TIMELINE["en"])) == []
    without = "## Steps\n### [1] DETECT\n- [ ] Confirm\n\n### [2] TRIAGE\n- [x] Severity\n\n"
    assert told(document(head() + without + TIMELINE["en"]), "gate-skipped") == []


def test_the_steps_of_a_team_are_its_gates() -> None:
    own = (
        Step("look", ("SEV1",), "{oncall} looks ({response})", ("Look",), "a plan"),
        Step("act", ("SEV1",), "{dev} acts", ("Act",), "an end", gate=False),
        Step("rest", ("SEV1",), "All rest", ("Rest",), "sleep"),
    )
    written = (
        "### [1] @ana looks (soon)\n- [ ] Output: a plan\n\n### [2] @bo acts\n- [ ] Output: an end\n\n"
        "### [3] All rest\n- [x] Output: sleep — yes\n\n"
    )
    found = told(document(f"{head()}## Steps\n{written}{TIMELINE['en']}", own=own))
    assert found == [("gate-skipped", "Output: a plan")]


def test_a_register_entry_of_old_and_a_post_mortem_are_never_accused() -> None:
    entry = (
        head(resolved="2026-10-25 03:40", data_loss="yes")
        + "## Timeline\n- 00:50 detection\n- 03:00 update sent\n"
    )
    assert told(document(entry)) == []
    handled = head(**RESOLVED) + steps("SEV1", "en", (7,)) + "## Timeline\n- 02:00 communication: banner up\n"
    read = document(handled)
    assert told(read)
    of_another = read_document(read.path, read.source, built_in("post-mortem"), read.process)
    assert lint([of_another], [load(name)() for name in INCIDENT_RULES]).findings == ()


def updates(*rows: str, resolved: str = "", severity: str = "SEV1") -> list[str]:
    written = "".join(f"- {row}\n" for row in rows)
    found = told(document(f"{head(severity, resolved=resolved)}## Timeline\n{written}"), "update-cadence")
    return [mark for _, mark in found]


SAY = "communication: update in #ops"


@pytest.mark.parametrize(
    ("rows", "late"),
    [
        ((f"10:00 {SAY}", f"10:30 {SAY}"), []),
        ((f"10:00 {SAY}", f"10:31 {SAY}"), []),
        ((f"10:00 {SAY}", f"10:32 {SAY}"), ["10:32"]),
        ((f"23:50 {SAY}", f"00:15 {SAY}", f"00:44 {SAY}"), []),
        ((f"23:50 {SAY}", f"00:25 {SAY}"), ["00:25"]),
        ((f"~10:00 {SAY}", f"10:40 {SAY}"), []),
        ((f"10:00 {SAY}", f"10:25-10:40 {SAY}", f"11:05 {SAY}"), []),
        ((f"10:00 {SAY}", "10:20 restart", "10:29 service restored", "13:00 relapse", f"13:05 {SAY}"), []),
        ((f"10:00 {SAY}", "10:45 service restored", "12:00 all well"), ["10:45"]),
        ((f"10:00 {SAY}", "10:10 restart", "HH:MM service restored"), []),
        ((f"10:00 {SAY}", "10:50 restart", "HH:MM service restored"), ["10:50"]),
        (("10:00 triage", "11:00 mitigation start"), []),
        ((f"10:00 {SAY}", "10:28 told everybody in #ops", "10:50 restart"), []),
        ((f"10:00 {SAY}", "10:29 point d'équipe, la direction est informée", "10:59 service restored"), []),
        ((f"10:00 {SAY}", "10:25 @ops restarts the proxy", "10:45 restart"), ["10:45"]),
        (("10:00 told everybody", f"10:50 {SAY}", f"11:15 {SAY}"), []),
        ((f"HH:MM {SAY}", f"11:00 {SAY}"), []),
    ],
)
def test_an_update_follows_within_half_an_hour(rows: tuple[str, ...], late: list[str]) -> None:
    assert updates(*rows) == late


def test_the_hours_of_a_daylight_saving_change_are_counted_as_they_pass() -> None:
    assert updates(f"2026-10-25 02:50+02:00 {SAY}", f"02:15+01:00 {SAY}") == []
    assert updates(f"2026-10-25 02:20+02:00 {SAY}", f"02:20+01:00 {SAY}") == ["02:20+01:00"]
    assert updates(f"2026-03-29 01:50 {SAY}", f"2026-03-29 03:15 {SAY}") == []
    assert updates(f"2026-10-25 02:20 {SAY}", f"2026-10-25 02:40 {SAY}", f"02:55 {SAY}") == []


def test_updates_are_due_until_the_incident_is_resolved() -> None:
    assert updates(f"10:00 {SAY}", resolved="2026-10-25 10:45") == ["10:00"]
    assert updates(f"10:00 {SAY}", resolved="2026-10-25 10:25") == []
    assert updates(f"10:00 {SAY}", "12:00 communication: resolved in #ops", resolved="2026-10-25 10:25") == []
    assert updates(f"10:00 {SAY}", f"12:00 {SAY}", severity="SEV3") == []


@given(st.lists(st.integers(1, 90), min_size=1, max_size=8))
def test_of_updates_only_those_that_came_late_are_told(gaps: list[int]) -> None:
    moment = clock.parse_duration("6h") or timedelta()
    rows = [f"06:00 {SAY}"]
    late = []
    for gap in gaps:
        moment += timedelta(minutes=gap)
        written = f"{moment // timedelta(hours=1):02}:{moment // timedelta(minutes=1) % 60:02}"
        rows.append(f"{written} {SAY}")
        late += [written] if gap > 31 else []
    assert updates(*rows) == late


def notified(text: str, *, people: Roster = NOBODY, **fields: str) -> list[tuple[str, str]]:
    row = f"## Timeline\n- 02:00 communication: announcement in #ops\n- 02:05 {text}\n"
    return told(document(head(**RESOLVED, **fields) + row, people=people), "notification-missing")


@pytest.mark.parametrize(
    "text",
    [
        "told @backup by phone",
        "Zoé Petit est prévenue",
        "appel à Zoé, qui arrive",
        "the backup joins",
        "COMMUNICATION: update, to @Backup",
    ],
)
def test_somebody_whom_an_event_names_was_told(text: str) -> None:
    assert notified(text, people=BOT) == []


def test_the_backup_whom_the_incident_names_was_told_by_that_name() -> None:
    row = "## Timeline\n- 02:00 communication: announcement in #ops\n- 02:05 {} is called\n"
    fields = {**RESOLVED, "backup": "Zoé Petit"}
    assert told(document(head(**fields) + row.format("zoé")), "notification-missing") == []
    assert len(told(document(head(**fields) + row.format("Ana")), "notification-missing")) == 1


@pytest.mark.parametrize("row", ["e-mail envoyé", "mail sent to the customers", "courriel à tout le monde"])
def test_an_e_mail_to_all_may_be_told_in_words_of_one_s_own(row: str) -> None:
    assert notified(f"@backup and @lead are told; {row}", data_loss="yes") == []
    assert len(notified("@backup and @lead are told; an alert e-mail arrives", data_loss="yes")) == 1


def test_whom_the_table_asks_for_depends_on_the_incident() -> None:
    assert len(notified("restart")) == 1
    assert len(notified("@backup is told", data_loss="yes")) == 2, "the lead, and the e-mail to all"
    assert notified("@backup and @lead are told, e-mail to all users", data_loss="yes") == []
    assert len(notified("@backup is told", personal_data="yes")) == 1
    assert notified("@backup is told", user_facing="yes") == [], "of a SEV1 users are told by the banner"


def test_nobody_is_missed_whom_the_team_s_own_table_leaves_out() -> None:
    text = head(**RESOLVED) + "## Timeline\n- 02:00 communication: announcement in #ops\n"
    read = document(text)
    nobody = read.process._replace(communication=Communication(notices={"SEV1": Notice()}))
    again = read_document(read.path, read.source, read.profile, nobody)
    assert told(again, "notification-missing") == []


@pytest.mark.parametrize(
    ("check", "left"),
    [
        ("- [x] Full health check: 4/4 OK", None),
        ("- [x] Full health check: 4 / 4", None),
        ("- [x] Full health check: 3 / 4", "3 / 4"),
        ("- [x] Full health check: 4/4 OK — 3/4", "3/4"),
        ("- [x] Full health check (10/12 services)", "10/12 services"[:5]),
        ("- [x] Full health check: `curl /a/1/2` 4/4 OK, again on 3/14", None),
        ("- [x] Full health check: 4/4 OK 14/03/2026", None),
        ("- [ ] ~~Full health check: 4/4 OK~~", None),
        ("- [ ] Full health check: sans objet, hors service", None),
        ("- [ ] Full health check: 4/4 OK", "Full health check: 4/4 OK"),
    ],
)
def test_what_a_check_says_of_itself(check: str, left: str | None) -> None:
    output = "- [x] Output: production confirmed restored — yes (@oncall, 03:00)"
    step = f"### [5] VERIFY (@oncall)\n{check}\n{output}\n"
    read = document(f"{head(**RESOLVED)}## Steps\n{step}\n{TIMELINE['en']}")
    assert told(read, "verification-incomplete") == ([("verification-incomplete", left)] if left else [])


@pytest.mark.parametrize(
    "row",
    ["bandeau retiré", "we took down the banner", "le bandeau est enlevé", "the status banner is off again"],
)
def test_a_banner_may_be_taken_down_in_words_of_one_s_own(row: str) -> None:
    text = f"{head(**RESOLVED)}## Timeline\n- 02:00 communication: banner up\n- 03:30 {row}\n"
    assert told(document(text), "banner-left") == []


def test_a_ticket_that_is_missing_is_told_by_one_rule() -> None:
    for fields in ({}, {"ticket": ""}, {"ticket": "none"}, {"ticket": "[]"}):
        assert [rule for rule, _ in told(document(head("SEV3", **fields)))] in (
            ["ticket-missing"],
            ["metadata-invalid"],
        ), fields
    assert told(document(head("SEV3", ticket="ops#31"))) == []
    assert told(document(head("SEV3", ticket="TODO"))) == []
    assert told(document("# Incident: export cut off\n")) == []


@pytest.mark.parametrize("passed", [(), (1, 2), (1, 2, 4)])
def test_a_workaround_that_is_not_in_the_ticket_is_told_once(passed: tuple[int, ...]) -> None:
    rest = "## Resolution\nFixed. Workaround: export one month at a time.\n"
    text = head("SEV3", ticket="ops#31", **RESOLVED) + steps("SEV3", "en", passed) + rest
    assert len(told(document(text))) == 1


@given(st.text(alphabet="#[]x -*/:0123456789@()—\n|`<>éOutputVERIFY", max_size=400))
def test_hostile_checklists_and_timelines_never_fail(text: str) -> None:
    body = f"## Steps\n### [1] DETECT\n{text}\n### [5] VERIFY\n{text}\n## Timeline\n- 10:00 {SAY}\n{text}\n"
    read = document(head(**RESOLVED) + body)
    for found in lint([read], [load(name)() for name in INCIDENT_RULES]).findings:
        assert 1 <= found.span.line <= len(read.source.lines)
