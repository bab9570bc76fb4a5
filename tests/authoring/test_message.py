"""Messages about an incident: the process's texts to the letter, and what a document says in their gaps."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.authoring.message import MessageKind, built_in_message, message_name, message_text
from incidentdocs.authoring.message_values import Added, Around, message_values
from incidentdocs.documents.document import Document, read_document
from incidentdocs.markdown.source import parse
from incidentdocs.process.communication import Communication
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in

GOLDEN = Path(__file__).with_name("messages")
PARIS = ZoneInfo("Europe/Paris")
PATH = "docs/incidents/2026-03-14-commandes-en-panne.md"
NOTHING = Added()
NOON = datetime(2026, 3, 14, 12, 0, tzinfo=PARIS)
KINDS: tuple[MessageKind, ...] = (
    "announce", "update", "resolved", "resolved-short", "banner", "banner-removed", "email", "ticket",
)  # fmt: skip

FIELDS = """\
---
severity: {severity}
services: [api]
started: 2026-03-14 01:52
detected: 2026-03-14 02:05
resolved: 2026-03-14 03:35
user-facing: yes
data-loss: no
personal-data: yes
oncall: []
---
"""
FRENCH = """
# Incident : Commandes en panne

## Symptôme
Les commandes répondent **502**, partout. Rien d'autre.

## Cause
Le [disque](https://example.org/a.b) était plein. Personne ne le mesurait.

## Timeline (heures locales)
- 02:05 detection
- 02:20 triage : SEV2
- 02:40 mitigation start : redémarrage de l'`API`
- 02:41 communication : mise à jour dans #ops, à @backup
- 03:32 service restored

## Résolution
Vider le dossier à la main :

```sh
rm -r /var/tmp/exports
df -h
```
"""
ENGLISH = """
# Incident: Commandes en panne

## Symptom
Orders answer **502**, everywhere. Nothing else.

## Cause
The [disk](https://example.org/a.b) was full. Nobody measured it.

## Timeline (local times)
- 02:05 detection
- 02:20 triage: SEV2
- 02:40 mitigation start: restarting the `API`
- 02:41 communication: update in #ops, to @backup
- 03:32 service restored

## Resolution
Empty the folder by hand:

```sh
rm -r /var/tmp/exports
df -h
```
"""
TEXTS = {"fr": FRENCH, "en": ENGLISH}
CABAS = Process(zone=PARIS, product="cabas", communication=Communication(channel="#incidents"))


def read(text: str, *, path: str = PATH, process: Process = CABAS) -> Document:
    return read_document(path, parse(text), built_in("incident"), process)


def message(
    document: Document,
    kind: MessageKind,
    added: Added = NOTHING,
    *,
    moment: datetime = NOON,
    post_mortem: str = "docs/post-mortems/2026-03-14-commandes-en-panne.md",
) -> str:
    around = Around(moment, post_mortem, ask="@oncall", assignee="@dev")
    values = message_values(document, added, around)
    name = message_name(kind, document.language)
    return message_text(built_in_message(kind, document.language), values, path=name)


def golden(name: str) -> str:
    return (GOLDEN / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")


def known(language: str, severity: str = "SEV2") -> Document:
    return read(FIELDS.format(severity=severity) + TEXTS[language])


@pytest.mark.parametrize("kind", ["announce", "update", "resolved", "resolved-short"])
def test_where_nothing_is_known_it_is_the_process_s_text_to_the_letter(kind: MessageKind) -> None:
    process = Process(zone=PARIS, language="fr", product="formation-hub")
    document = read("---\nseverity: SEV1\n---\n", path="docs/incidents/x.md", process=process)
    assert message(document, kind, post_mortem="") == golden(f"{kind}.fr")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("kind", "severity"), [("email", "SEV1"), ("ticket", "SEV3")])
def test_where_nothing_is_known_e_mail_and_ticket_are_gaps(
    kind: MessageKind, severity: str, language: str
) -> None:
    process = Process(zone=PARIS, language=language, product="formation-hub")
    document = read(f"---\nseverity: {severity}\n---\n", path="docs/incidents/x.md", process=process)
    assert message(document, kind, post_mortem="") == golden(f"{kind}.{language}")


def test_an_e_mail_tells_of_the_resolution_only_once_it_is_over() -> None:
    early = message(known("en"), "email", moment=NOON.replace(hour=3))
    assert early.startswith("Subject: [SEV2] cabas - Service degraded\n")
    assert "Restored" not in early
    assert "\nRestored: 2026-03-14 03:32\nDuration: 1h40m\n" in message(known("en"), "email")


@pytest.mark.parametrize(("said", "told"), [("40", "40 users affected"), ("all of Lyon", "all of Lyon")])
def test_users_that_the_symptom_tells_under_their_label_are_in_the_impact(said: str, told: str) -> None:
    text = (
        f"---\nseverity: SEV1\n---\n\n# Incident: x\n\n## Symptom\nIt is slow.\n\n- Users affected: {said}\n"
    )
    asked = [field for section in built_in("post-mortem").sections for field in section.fields]
    around = Around(NOON, "", ask="@oncall", assignee="", labelled=asked)
    assert message_values(read(text), NOTHING, around)["impact"] == f"{told}, <data loss yes/no>"


def test_the_template_of_an_incident_that_is_not_filled_in_says_nothing_either() -> None:
    process = Process(zone=PARIS, language="fr", product="formation-hub")
    text = (
        "---\nseverity: SEV1\n---\n\n# Incident : x\n\n## Symptôme\n<ce qu'on voit + où + qui est touché>\n"
    )
    rest = "\n## Cause\n<ce qui a cassé + pourquoi, ou « inconnue »>\n\n## Timeline\n- HH:MM detection\n"
    document = read(text + rest, process=process)
    assert message(document, "update") == golden("update.fr")
    assert message(document, "resolved", post_mortem="") == golden("resolved.fr")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_update_and_resolved_say_what_the_document_says(language: str) -> None:
    document = known(language)
    assert message(document, "update", moment=NOON.replace(hour=3)) == golden(f"update-filled.{language}")
    assert message(document, "resolved") == golden(f"resolved-filled.{language}")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_e_mail_tells_which_data_and_until_when_the_authority_is_told(language: str) -> None:
    said = message(known(language), "email", Added(users="40 clients", data="noms et adresses de 40 clients"))
    assert said == golden(f"email-filled.{language}")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_ticket_holds_the_workaround_with_its_commands(language: str) -> None:
    assert message(known(language, "SEV3"), "ticket") == golden(f"ticket-filled.{language}")


def test_seventy_two_hours_are_counted_across_a_change_of_the_clocks() -> None:
    text = "---\nseverity: SEV1\ndetected: 2026-03-28 12:00\npersonal-data: yes\n---\n\n# Incident: x\n"
    said = message(read(text, path="docs/incidents/2026-03-28-x.md"), "email")
    assert "by 2026-03-31 13:00" in said


def test_a_notified_authority_and_no_personal_data_are_told() -> None:
    head = "---\nseverity: SEV1\npersonal-data: {}\nauthority-notified: {}\n---\n\n# Incident: x\n"
    assert "Authority notified: 2026-03-15 09:00" in message(
        read(head.format("yes", "2026-03-15 09:00")), "email"
    )
    assert "not required, it was encrypted" in message(
        read(head.format("yes", "not required, it was encrypted")), "email"
    )
    assert "Authority notified: no\n" in message(read(head.format("yes", "no")), "email")
    assert "Personal data (GDPR): no" in message(read(head.format("no", "")), "email")
    assert "Personal data (GDPR): <yes/no>" in message(read(head.format("", "")), "email")


@pytest.mark.parametrize(
    ("head", "impact"),
    [
        ("user-facing: no\ndata-loss: yes", "no users affected, data loss yes"),
        ("data-loss: no", "<users affected>, data loss no"),
        ("user-facing: yes", "users affected, <data loss yes/no>"),
        ("services: []", "<users affected, data loss yes/no>"),
    ],
)
def test_the_impact_keeps_a_gap_for_what_is_not_known(head: str, impact: str) -> None:
    document = read(f"---\nseverity: SEV1\n{head}\n---\n\n# Incident: x\n")
    assert f"\nImpact: {impact}\n" in message(document, "resolved")


def test_the_line_on_the_post_mortem_has_the_severity_s_days() -> None:
    from incidentdocs.process.publication import Publication

    process = CABAS._replace(publication=Publication(own={"SEV1": 3}))
    head = "---\nseverity: {}\n---\n\n# Incident: x\n"
    assert message(read(head.format("SEV1"), process=process), "resolved").endswith(
        "(published within 3 days)"
    )
    assert "Post-mortem" not in message(read(head.format("SEV3")), "resolved", post_mortem="")
    assert message(read(head.format("SEV3")), "resolved", post_mortem="a.md").endswith("\nPost-mortem: a.md")


def test_the_downtime_counts_real_hours_and_lasts_until_the_service_is_back_for_good() -> None:
    text = "---\nseverity: SEV1\nstarted: 2026-10-25 01:30\n---\n\n# Incident: x\n\n## Timeline\n"
    rows = "- 2026-10-25 02:10+02:00 service restored\n- 2026-10-25 03:15+01:00 service restored: again\n"
    document = read(text + rows, path="docs/incidents/2026-10-25-x.md")
    assert "Duration down: 2h45m" in message(document, "resolved")


def test_a_time_of_another_day_has_its_date_and_one_of_a_repeated_hour_its_offset() -> None:
    document = read("---\nseverity: SEV1\nstarted: 2026-10-25 02:30+01:00\n---\n\n# Incident: x\n")
    night, later = datetime(2026, 10, 25, 4, 0, tzinfo=PARIS), datetime(2026, 10, 26, 4, 0, tzinfo=PARIS)
    assert "Started: 02:30+01:00\n" in message(document, "update", moment=night)
    assert "Started: 2026-10-25 02:30+01:00\n" in message(document, "update", moment=later)


def test_what_is_said_beside_the_document_comes_before_it() -> None:
    document = known("en")
    said = message(document, "update", Added(investigating="the disk", eta="03:00"))
    assert "Investigating: the disk\nETA: 03:00\n" in said
    assert message(document, "announce", Added(eta="03:00")) == "[SEV2] cabas - investigating, ETA 03:00"
    assert message(document, "resolved-short", Added(cause="a full disk")).endswith("Cause: a full disk")


def test_events_after_the_moment_and_mere_communications_are_not_where_one_is() -> None:
    document = known("en")
    early = datetime(2026, 3, 14, 2, 10, tzinfo=PARIS)
    assert "Investigating: <where we are>\n" in message(document, "update", moment=early)
    assert "Investigating: service restored\n" in message(document, "update")


def test_without_a_product_it_is_the_first_service() -> None:
    process = Process(zone=PARIS)
    head = "---\nseverity: SEV1\nservices: {}\n---\n\n# Incident: x\n"
    assert "] api -" in message(read(head.format("[api, db]"), process=process), "announce")
    assert "] <product> -" in message(read(head.format("[]"), process=process), "announce")


HOSTILE = (
    "<!channel> @channel @here",
    "@everyone\u2028::error::x",
    "`rm` **b** <script>alert(1)</script>",
    "\x1b[31mred\u202e [a](javascript:x)",
    "{{ 7 * 7 }} {% if %}",
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_text_stays_one_line_and_calls_nobody(kind: MessageKind, text: str) -> None:
    document = read(
        f"---\nseverity: SEV1\n---\n\n# Incident: {text}\n\n## Symptom\n{text}\n\n## Cause\n{text}\n"
    )
    calm = read("---\nseverity: SEV1\n---\n\n# Incident: x\n\n## Symptom\ncalm\n\n## Cause\ncalm\n")
    added, plain = Added(*[text] * len(Added._fields)), Added(*["x"] * len(Added._fields))
    said = message(document, kind, added)
    assert len(said.splitlines()) == len(message(calm, kind, plain).splitlines())
    assert not any(word in said.casefold() for word in ("@channel", "@here", "@everyone", "\x1b", "\u202e"))
    assert "49" not in said


@given(st.text(max_size=80))
def test_whatever_is_added_the_message_keeps_its_lines(text: str) -> None:
    document = known("en")
    labels = [line.partition(":")[0] for line in message(document, "update").split("\n")]
    said = message(document, "update", Added(investigating=text, eta=text)).split("\n")
    assert [line.partition(":")[0] for line in said] == labels


def test_long_texts_are_cut() -> None:
    document = read(f"---\nseverity: SEV1\n---\n\n# Incident: x\n\n## Symptom\n{'a ' * 5000}\n")
    lines = message(document, "update").split("\n")
    assert max(map(len, lines)) < 330
    assert lines[1].endswith("…")


def values_of(document: Document) -> Mapping[str, object]:
    return message_values(document, Added(), Around(NOON, "", ask="@oncall", assignee="@dev"))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_message_is_there_in_both_languages(kind: MessageKind, language: str) -> None:
    template = built_in_message(kind, language)
    assert message_text(template, values_of(known(language)), path="x").strip()
