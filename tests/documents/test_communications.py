from typing import get_args

import pytest

from incidentdocs.documents.communications import Kind, communication_text, communications
from incidentdocs.documents.document import read_document
from incidentdocs.markdown.source import parse
from incidentdocs.process.communication import Facts, Notice, handles
from incidentdocs.process.people import Person, Roster
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in


def read(*events: str) -> list[tuple[str, tuple[str, ...]]]:
    rows = "".join(f"- 02:{number:02} {event}\n" for number, event in enumerate(events))
    source = parse(f"# Incident: x\n\n## Timeline\n{rows}")
    document = read_document("docs/incidents/2026-03-14-x.md", source, built_in("incident"), Process())
    return [(sent.kind, sent.people) for sent in communications(document)]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", get_args(Kind))
def test_what_is_recorded_is_read_back(kind: Kind, language: str) -> None:
    text = communication_text(kind, language, where="#ops", people=("@ana", "@team/bo.b"))
    assert read(text) == [(kind, ("@ana", "@team/bo.b"))]
    assert read(communication_text(kind, language)) == [(kind, ())]


def test_a_person_may_write_it_by_hand() -> None:
    assert read("Communication: update, told @ana. and me@example.org") == [("update", ("@ana",))]
    assert read("**communication** : Mise a jour") == []
    assert read("communication : Mise a jour") == [("update", ())]


def test_other_events_are_no_communications() -> None:
    assert read("communication with the provider is hard", "communication: updated the page", "update") == []


def test_who_is_told_depends_on_the_incident() -> None:
    notice = Notice(("backup",), ("lead", "backup"), ("data-loss",), ("always",))
    assert notice.told(Facts()) == ("backup",)
    assert notice.told(Facts(data_loss=True)) == ("backup", "lead")
    assert not Facts(user_facing=True).give(notice.email)
    assert Facts().give(notice.banner)


def test_a_role_is_whoever_has_it() -> None:
    roster = Roster((Person("ana", role="lead"), Person("bo")))
    on_call = {"backup": "@zoe"}
    told = handles(("backup", "lead", "@bo", "boss"), roster, on_call)
    assert list(told) == ["@zoe", "@ana", "@bo", "@boss"]
