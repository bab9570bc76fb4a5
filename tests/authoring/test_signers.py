"""Who is meant by a handle, a role or a name that a responder types."""

import pytest

from incidentdocs.authoring.signers import person_named
from incidentdocs.documents.document import Document, read_document
from incidentdocs.errors import UsageError
from incidentdocs.markdown.source import parse
from incidentdocs.process.people import Person, Roster
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in

ANA = Person("ana", ("Ana Ruiz",), role="oncall")


def incident(*people: Person) -> Document:
    source = parse("---\nseverity: SEV1\n---\n\n# Incident: x\n")
    process = Process(people=Roster(people))
    return read_document("docs/incidents/2026-03-14-x.md", source, built_in("incident"), process)


@pytest.mark.parametrize("word", ["@ana", "ana", "Ana Ruiz", "oncall", " @ana\n"])
def test_somebody_is_named_by_handle_name_or_role(word: str) -> None:
    assert person_named(incident(ANA), word, option="--to") == "@ana"


@pytest.mark.parametrize("word", ["anybody", "@team/ops"])
def test_where_no_roster_lists_anybody_everybody_may_be_named(word: str) -> None:
    assert person_named(incident(), word, option="--to") == f"@{word.removeprefix('@')}"


def test_somebody_unknown_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError) as raised:
        person_named(incident(ANA), "@anna", option="--to")
    assert (raised.value.message, raised.value.hint) == ("nobody is called '@anna'", "did you mean @ana?")


@pytest.mark.parametrize("word", ["two words", " ", "@", "@a\nb", "a,<!here>"])
def test_what_is_no_handle_is_refused_with_how_one_is_written(word: str) -> None:
    with pytest.raises(UsageError) as raised:
        person_named(incident(), word, option="--by")
    assert raised.value.hint == "write a handle, as in --by @backup"
