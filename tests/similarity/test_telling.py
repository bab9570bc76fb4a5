"""What documents of any kind tell of an incident: keys, texts, days, and whom they name."""

from datetime import date

import pytest

from incidentdocs.documents.document import Document, read_document
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import READY, built_in, read_profile
from incidentdocs.profiles.roles import role_of, told_by
from incidentdocs.similarity.naming import read_decision, reference, runbook_key
from incidentdocs.similarity.register import Names
from incidentdocs.similarity.telling import Telling, read_tellings
from incidentdocs.similarity.vocabulary import phrases
from incidentdocs.similarity.words import terms_in


def document(text: str, kind: str = "incident", path: str = "docs/incidents/2026-03-14-x.md") -> Document:
    return read_document(path, parse(text), built_in(kind), Process())


def told(text: str, kind: str = "incident", boilerplate: frozenset[str] = frozenset()) -> Telling:
    (telling,) = read_tellings(document(text, kind), phrases(), boilerplate)
    return telling


def test_keys_are_compared_whatever_their_case_accents_and_signs() -> None:
    telling = told(
        "---\nservices: [Pg-Lys, Été]\nfailure-mode: disk-full\n"
        "runbooks: [docs/runbooks/Runbook-Disk_Full.md]\n"
        "cause-tags: [WAL growth]\n---\n# Incident: x\n"
    )
    assert telling.services == {"pg-lys", "ete"}
    assert telling.failure_mode == "disk-full"
    assert telling.runbooks == {"runbook-disk-full"}
    assert telling.tags == {"wal-growth"}
    assert told("---\nfailure-mode: other\n---\n# Incident: x\n").failure_mode is None


def test_timelines_action_items_code_and_templates_are_not_compared() -> None:
    text = (
        "# Incident: Mouette\n\n## Symptom\nGoéland.\n```\nalbatros\n```\n"
        "<what one sees + where + who is affected>\n\n"
        "## Cause\n- Cormoran, see https://pingouin.example.org/pelican\n\nModèle de phrase.\n\n"
        "## Timeline\n- 10:00 sterne\n\n## Resolution\nFou.\n\n"
        "## Action items\n- [ ] AI 1: macareux (owner @a)\n"
    )
    telling = told(text, boilerplate=frozenset({"modele de phrase"}))
    assert set(telling.title) == {"mouet"}
    assert set(telling.symptom) == {"goeland"}
    assert set(telling.cause) == {"cormoran"}
    assert telling.sentence == "Cormoran, see https://pingouin.example.org/pelican"


def test_of_labelled_values_only_the_values_are_compared() -> None:
    telling = told(
        "# Post-mortem: x\n\n## Impact\n- Downtime: 1h\n- Users affected: agents only\n", "post-mortem"
    )
    assert set(telling.symptom) == {"agent"}


def test_the_day_is_the_first_that_is_known() -> None:
    assert told("# Incident: x\n").day == date(2026, 3, 14)
    text = "# Post-mortem: x\n\n## Timeline\n- 2026-02-03 10:00 detection\n- 2026-02-04 11:00 resolved\n"
    (telling,) = read_tellings(document(text, "google-sre", "notes.md"), phrases(), frozenset())
    assert telling.day == date(2026, 2, 3)
    (undated,) = read_tellings(
        document("# Post-mortem: x\n", "google-sre", "notes.md"), phrases(), frozenset()
    )
    assert undated.day is None


def test_each_incident_of_a_document_tells_for_itself() -> None:
    profile = read_profile(
        'name = { en = "Review" }\nfolders = ["."]\n[incidents]\nlevel = 2\n'
        '[[sections]]\nid = "cause"\ntitle = { en = "Cause" }\n',
        kind="review",
        path="p",
        bases={},
    )
    text = "# Two\n\n## 2026-03-01 Disk\n### Cause\nGull.\n\n## 2026-03-09 Net\n### Cause\nTern.\n"
    read = read_document("a.md", parse(text), profile, Process())
    tellings = list(read_tellings(read, phrases(), frozenset()))
    assert [(each.day, each.heading, set(each.cause)) for each in tellings] == [
        (date(2026, 3, 1), "2026-03-01 Disk", {"gull"}),
        (date(2026, 3, 9), "2026-03-09 Net", {"tern"}),
    ]


def test_related_is_read_also_where_the_profile_does_not_know_it() -> None:
    telling = told("---\nnot-related: [a.md]\nrelated: b\n---\n# x\n", "google-sre")
    assert [each.target for each in telling.unrelated] == ["a.md"]
    assert [each.target for each in telling.related] == ["b"]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("docs/incidents/2026-01-01-a.md", True),
        ("2026-01-01-a.md", True),
        ("2026-01-01-a", True),
        ("2026-01-01-A", True),
        ("./2026-01-01-a.md", True),
        ("../incidents/2026-01-01-a.md#cause", True),
        ("[a](2026-01-01-a.md)", True),
        ("elsewhere/2026-01-01-a.md", True),
        ("2026-01-01", False),
        ("", False),
    ],
)
def test_a_document_is_meant_by_path_file_name_or_stem(written: str, found: bool) -> None:
    names = Names(["docs/incidents/2026-01-01-a.md", "docs/incidents/2026-01-02-b.md"])
    meant = names.meant(reference(written, "docs/incidents/2026-03-14-x.md"))
    assert meant == (frozenset({"docs/incidents/2026-01-01-a.md"}) if found else frozenset())


@pytest.mark.parametrize(
    "written", ["runbook-a", "runbook-a.md", "docs/runbooks/runbook-a.md", "[x](../runbook-a.md#y)"]
)
def test_a_runbook_is_one_however_it_is_named(written: str) -> None:
    assert runbook_key(written) == "runbook-a"


def test_an_escalation_names_incidents_in_its_fields_and_links() -> None:
    text = "---\nincidents: [a.md]\n---\n# Escalation: x\n\n## Incidents\n- [b](../incidents/b.md)\n"
    decision = read_decision(document(text, "escalation", "docs/escalations/2026-03-14-x.md"))
    assert decision is not None
    assert [each.target for each in decision.names] == ["a.md", "docs/incidents/b.md"]
    assert read_decision(document("# Incident: x\n")) is None


@pytest.mark.parametrize("kind", READY)
def test_every_ready_profile_has_a_role_and_post_mortems_tell_symptom_and_cause(kind: str) -> None:
    profile = built_in(kind)
    assert role_of(profile) == READY[kind]
    if READY[kind] == "post-mortem":
        told = {part for section in profile.sections for part in told_by(section)}
        assert told == {"symptom", "cause"}


@pytest.mark.parametrize(
    "small", ["used", "don", "time", "comme", "jamais", "never", "up", "ça", "1h", "over", "ten"]
)
def test_a_small_word_says_no_operational_term(small: str) -> None:
    assert not any(term.startswith("=") for term in terms_in([f"albatros {small} cormoran"], phrases()))
