"""What may go out about an incident, to whom, and what is asked for next."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from incidentdocs.authoring.communicating import (
    kind_of_banner,
    refuse,
    still_asked_for,
    still_to_tell,
)
from incidentdocs.documents.communications import Kind, on_call_of
from incidentdocs.documents.document import Document, read_document
from incidentdocs.errors import UsageError
from incidentdocs.markdown.source import parse
from incidentdocs.process.communication import Communication, Notice
from incidentdocs.process.people import Person, Roster
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in

PARIS = ZoneInfo("Europe/Paris")
PATH = "docs/incidents/2026-03-14-x.md"
NAME = "2026-03-14-x"
THREE = datetime(2026, 3, 14, 3, 0, tzinfo=PARIS)


def incident(fields: str, *events: str, people: tuple[Person, ...] = (), **process: object) -> Document:
    rows = "".join(f"- {event}\n" for event in events)
    source = parse(f"---\n{fields}\n---\n\n# Incident: x\n\n## Timeline\n{rows}")
    asked = process.get("communication")
    communication = asked if isinstance(asked, Communication) else Communication()
    own = Process(zone=PARIS, people=Roster(people), communication=communication)
    return read_document(PATH, source, built_in("incident"), own)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("severity: SEV1", ("@backup",)),
        ("severity: SEV1\ndata-loss: yes", ("@backup", "@lead")),
        ("severity: SEV1\ndata-loss: no", ("@backup",)),
        ("severity: SEV2\nbackup: [bo]", ("@bo",)),
        ("severity: SEV3", ()),
        ("services: []", ()),
    ],
)
def test_whom_the_table_asks_for_is_still_to_be_told(fields: str, told: tuple[str, ...]) -> None:
    assert still_to_tell(incident(fields)) == told


def test_who_was_told_is_no_longer_to_be_told() -> None:
    document = incident(
        "severity: SEV1\ndata-loss: yes", "02:10 communication: announcement in #ops, to @Backup"
    )
    assert still_to_tell(document) == ("@lead",)


def test_the_roster_says_who_has_a_role_and_the_document_comes_before_it() -> None:
    people = (
        Person("ana", role="oncall"),
        Person("bo", ("Bo Lin",), role="backup"),
        Person("cy", role="lead"),
    )
    assert still_to_tell(incident("severity: SEV1\ndata-loss: yes", people=people)) == ("@bo", "@cy")
    named = incident("severity: SEV1\nbackup: [Bo Lin]\noncall: ['@cy']", people=people)
    assert on_call_of(named) == {"oncall": "cy", "backup": "bo"}
    assert on_call_of(incident("severity: SEV1\noncall: ['two words']")) == {}


def test_resolved_goes_out_only_once_it_is() -> None:
    with pytest.raises(UsageError) as raised:
        refuse(incident("severity: SEV1\nresolved:"), "resolved", THREE, force=False)
    assert raised.value.message == f"{PATH} is not resolved yet"
    assert raised.value.hint == f"incidentdocs incident resolve {NAME}"
    refuse(incident("severity: SEV1\nresolved: 2026-03-14 02:30"), "resolved", THREE, force=False)


@pytest.mark.parametrize("kind", ["announce", "update"])
def test_what_is_over_is_neither_announced_nor_updated_but_for_the_time_before(kind: Kind) -> None:
    with pytest.raises(UsageError, match="is resolved"):
        refuse(incident("severity: SEV1\nresolved: 2026-03-14 02:30"), kind, THREE, force=False)
    refuse(incident("severity: SEV1\nresolved: 2026-03-14 03:30"), kind, THREE, force=False)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        (
            "severity: SEV1\nuser-facing: yes",
            "for SEV1 one goes out only where data was lost, or where personal",
        ),
        ("severity: SEV2", "for SEV2 one goes out only where users see it, or"),
        ("severity: SEV3\ndata-loss: yes", "none goes out for SEV3"),
    ],
)
def test_an_e_mail_to_all_goes_out_only_where_the_table_asks_for_it(fields: str, why: str) -> None:
    with pytest.raises(UsageError) as raised:
        refuse(incident(fields), "email", THREE, force=False)
    assert why in raised.value.message
    assert raised.value.hint.endswith("--force")
    refuse(incident(fields), "email", THREE, force=True)


@pytest.mark.parametrize(
    "fields",
    [
        "severity: SEV1\ndata-loss: yes",
        "severity: SEV1\npersonal-data: yes",
        "severity: SEV2\nuser-facing: yes",
    ],
)
def test_an_e_mail_that_is_asked_for_goes_out(fields: str) -> None:
    refuse(incident(fields), "email", THREE, force=False)
    assert f"an e-mail to all is asked for: incidentdocs comm email {NAME}" in list(
        still_asked_for(incident(fields), THREE)
    )


def test_a_sentence_on_personal_data_asks_for_an_e_mail_too() -> None:
    source = parse(
        "---\nseverity: SEV1\n---\n\n# Incident: x\n\n## Symptom\nPersonal data of 40 users was exposed.\n"
    )
    document = read_document(PATH, source, built_in("incident"), Process(zone=PARIS))
    refuse(document, "email", THREE, force=False)


def test_only_a_sev3_gets_a_ticket_unless_it_is_asked_for() -> None:
    with pytest.raises(UsageError) as raised:
        refuse(incident("severity: SEV1"), "ticket", THREE, force=False)
    assert raised.value.hint == f"incidentdocs comm ticket {NAME} --force"
    refuse(incident("severity: SEV1"), "ticket", THREE, force=True)
    refuse(incident("severity: SEV3"), "ticket", THREE, force=False)


def test_a_banner_goes_up_and_once_it_is_over_comes_down() -> None:
    fields, up = "severity: SEV1\nuser-facing: yes{}", "02:10 communication: banner up"
    over = fields.format("\nresolved: 2026-03-14 02:30")
    asked = f"a banner is asked for: incidentdocs comm banner {NAME}"
    assert kind_of_banner(incident(fields.format("")), THREE) == "banner"
    assert asked in list(still_asked_for(incident(fields.format("")), THREE))
    assert asked not in list(still_asked_for(incident(fields.format(""), up), THREE))
    assert kind_of_banner(incident(over, up), THREE) == "banner-removed"
    assert f"the banner is still up: incidentdocs comm banner {NAME}" in list(
        still_asked_for(incident(over, up), THREE)
    )
    for events in ((), (up, "02:40 communication: banner removed")):
        with pytest.raises(UsageError, match="no banner is up"):
            kind_of_banner(incident(over, *events), THREE)


def test_what_decides_on_who_is_told_and_is_not_said_is_told() -> None:
    line = (
        "`data-loss`, `personal-data`, `user-facing`: nobody has said it yet, and it decides who is told:"
        f" incidentdocs incident set data-loss=no personal-data=no user-facing=no --incident {NAME} (or =yes)"
    )
    assert list(still_asked_for(incident("severity: SEV1"), THREE)) == [line]
    said = "severity: SEV1\nuser-facing: no\ndata-loss: no\npersonal-data: no"
    assert list(still_asked_for(incident(said), THREE)) == []
    assert list(still_asked_for(incident("severity: SEV3"), THREE)) == []


def test_the_team_s_own_table_decides() -> None:
    own = Communication(notices={"SEV3": Notice(("support",), (), ("always",), ("always",))})
    document = incident("severity: SEV3", communication=own)
    assert still_to_tell(document) == ("@support",)
    refuse(document, "email", THREE, force=False)
    assert len(list(still_asked_for(document, THREE))) == 2
