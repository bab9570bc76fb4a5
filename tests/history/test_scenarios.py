"""Of each scenario exactly that is told which its file, written by hand, says must be told."""

import re
from collections.abc import Mapping
from datetime import UTC
from fnmatch import fnmatch
from pathlib import Path
from typing import get_args

import pytest

from incidentdocs.history.evidence import proved
from incidentdocs.history.history import read_history
from incidentdocs.history.reading import Reader
from incidentdocs.history.repository import Checkout
from incidentdocs.history.values import DocumentHistory, Event, EventKind, History, Landing
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import BUILT_IN, built_in
from tests.history.repositories import build
from tests.history.scenario import SCENARIOS, Scenario, commits, read_scenario

TOLD = {"reworded", "reassigned", "rescheduled"}
"""The events of which what was before, and what after, is expected too."""


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_scenario(file: Path, tmp_path: Path) -> None:
    scenario = read_scenario(file)
    ids = build(tmp_path, list(commits(scenario)))
    names = {id: name for name, id in ids.items()}
    reader = Reader({kind: built_in(kind) for kind in BUILT_IN}, Process(today=scenario.as_of))
    checkout = Checkout.open(tmp_path)
    revision = checkout.revision("main")
    history = proved(read_history(checkout, revision, reader, since=scenario.since), checkout)
    assert told_items(history, names) == expected_items(scenario)
    for expected in scenario.documents:
        told = [
            (told_publication(document, names), document.alive)
            for document in history.documents
            if fnmatch(document.path, expected.path)
        ]
        assert told == [(expected.published, expected.alive)] * expected.count, expected.path


def expected_items(scenario: Scenario) -> list[tuple[object, ...]]:
    return sorted(
        (item.document, item.item, item.number, item.state, item.events, item.successor, item.renumbered)
        for item in scenario.items
    )


def told_items(history: History, names: Mapping[str, str]) -> list[tuple[object, ...]]:
    return sorted(
        (
            item.document,
            " ".join(item.item.description.split()),
            item.item.number,
            item.state,
            tuple(told_event(event, names) for event in item.events),
            item.successor,
            tuple(f"{told_landing(n.landing, names)}: {n.before} → {n.after}" for n in item.renumberings),
        )
        for item in history.items
    )


def told_event(event: Event, names: Mapping[str, str]) -> str:
    change = f" {event.before or 'none'} → {event.after or 'none'}" if event.kind in TOLD else ""
    late = ", after the date had passed" if event.after_due else ""
    evidence = f", evidence {' '.join(names.get(id, id) for id in event.evidence)}" if event.evidence else ""
    return f"{told_landing(event.landing, names)}: {event.kind}{change}{late}{evidence}"


def told_landing(landing: Landing, names: Mapping[str, str]) -> str:
    made = f", made by {names[landing.made_by]} on {landing.made.astimezone(UTC).date()}"
    return "".join(
        (
            f"{landing.when.astimezone(UTC).date()} {names[landing.commit]}",
            made if landing.made_by != landing.commit else "",
            ", clock corrected" if landing.corrected else "",
        )
    )


def told_publication(document: DocumentHistory, names: Mapping[str, str]) -> str:
    if document.unknown:
        return "unknown"
    return told_landing(document.published, names) if document.published else "draft"


def test_every_kind_of_event_is_in_some_scenario() -> None:
    text = "\n".join(file.read_text(encoding="utf-8") for file in SCENARIOS)
    told = set(re.findall(r'"\d{4}-\d\d-\d\d [^":]+: ([a-z]+)', text))
    assert told == set(get_args(EventKind))
