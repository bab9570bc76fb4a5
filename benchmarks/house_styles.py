"""How well real teams' timelines and action items are read under their example profiles.

What a document says was written down by reading it, without the program: the line and the instant of each
event, and the line, state, owners, due date and references of each action item, below
`tests/house_styles/truth`. Precision is the share of what the program finds that is there, recall the share
of what is there that it finds, and the other figures the share of what both have that is told alike.

The aims: precision and recall of events 0.99, their instants 0.98; precision and recall of items 0.98.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))
from incidentdocs.documents.action_items.action_item import ActionItem
from incidentdocs.documents.document import Document
from incidentdocs.documents.timeline.timeline import Event
from incidentdocs.workspace import open_workspace

ROOT = Path(__file__).parents[1]
TRUTH = ROOT / "tests" / "house_styles" / "truth"
PROFILES = ROOT / "examples" / "profiles"


class Score(NamedTuple):
    """How many are told, how many are there, how many are both, and of those how many agree in each value."""

    told: int
    there: int
    both: int
    agree: Mapping[str, int]

    def plus(self, other: "Score") -> "Score":
        """Return the score of both."""
        keys = dict.fromkeys((*self.agree, *other.agree))
        agree = {key: self.agree.get(key, 0) + other.agree.get(key, 0) for key in keys}
        return Score(self.told + other.told, self.there + other.there, self.both + other.both, agree)

    @property
    def precision(self) -> float:
        """The share of what is told that is there."""
        return self.both / self.told if self.told else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that is told."""
        return self.both / self.there if self.there else 1.0

    def share(self, key: str) -> float:
        """Return the share of what is both told and there of which a value is told as it is."""
        return self.agree.get(key, 0) / self.both if self.both else 1.0


class Scores(NamedTuple):
    """The scores of so many documents' events and action items, and every disagreement in words."""

    documents: int
    events: Score
    items: Score
    notes: tuple[str, ...]


NOTHING = Score(0, 0, 0, {})


def main() -> None:
    """Score each corpus and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpora", type=Path, nargs="?", help="default: INCIDENTDOCS_CORPORA, unpacked")
    parser.add_argument("--notes", action="store_true", help="print every disagreement")
    options = parser.parse_args()
    corpora = options.corpora or Path(os.environ.get("INCIDENTDOCS_CORPORA", ""))
    events = items = NOTHING
    for file in sorted(TRUTH.glob("*.json")):
        scores = scored(corpora, file.stem)
        print(f"{file.stem:<12} {_events(scores.events)}\n{'':<12} {_items(scores.items)}")
        for note in scores.notes if options.notes else ():
            print(f"    {note}")
        events, items = events.plus(scores.events), items.plus(scores.items)
    print(f"{'all':<12} {_events(events)}\n{'':<12} {_items(items)}")


def _events(score: Score) -> str:
    told = f"precision {score.precision:.3f}  recall {score.recall:.3f}  instant {score.share('at'):.3f}"
    return f"events {score.there:4}  {told}  range's end {score.share('until'):.3f}"


def _items(score: Score) -> str:
    told = f"precision {score.precision:.3f}  recall {score.recall:.3f}"
    values = "  ".join(f"{key} {score.share(key):.3f}" for key in ("state", "owners", "due", "refs"))
    return f"items  {score.there:4}  {told}  {values}"


def scored(corpora: Path, name: str) -> Scores:
    """Return how well the documents of a corpus that were read by hand are read by the program."""
    truth = json.loads((TRUTH / f"{name}.json").read_text(encoding="utf-8"))
    events = items = NOTHING
    notes: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, name)
        shutil.copytree(corpora / name, root, ignore=shutil.ignore_patterns(".git"))
        shutil.copytree(PROFILES / name, root, dirs_exist_ok=True)
        workspace = open_workspace(root)
        files = {file.path: file for file in workspace.select(()).files}
        for written in truth["documents"]:
            file = files.get(written["document"])
            document = workspace.read(file) if file else None
            notes += [] if document else [f"{written['document']}: no such document"]
            told = list(_scored_document(document, written, workspace.process.zone))
            events, items = events.plus(told[0][0]), items.plus(told[1][0])
            notes += [f"{written['document']}:{note}" for _, found in told for note in found]
    return Scores(len(truth["documents"]), events, items, tuple(notes))


def _scored_document(
    document: Document | None, written: Any, zone: tzinfo
) -> Iterator[tuple[Score, list[str]]]:
    timeline = document.timeline if document else None
    events = {event.span.line: _event(event, zone) for event in (timeline.events if timeline else ())}
    there = {line: {"at": _at(at, zone), "until": _at(until, zone)} for line, at, until in written["events"]}
    yield _scored(events, there)
    items = document.action_items if document else None
    told = {item.line: _item(item) for item in (items.items if items else ())}
    keys = ("state", "owners", "due", "refs")
    yield _scored(
        told,
        {
            line: dict(zip(keys, (state, set(owners), due, {_bare(ref) for ref in refs}), strict=True))
            for line, state, owners, due, refs in written["items"]
        },
    )


def _scored(
    told: Mapping[int, Mapping[str, Any]], there: Mapping[int, Mapping[str, Any]]
) -> tuple[Score, list[str]]:
    both = told.keys() & there.keys()
    notes = [f"{line}: told, and not there" for line in sorted(told.keys() - there.keys())]
    notes += [f"{line}: there, and not told" for line in sorted(there.keys() - told.keys())]
    agree: dict[str, int] = {}
    for line in sorted(both):
        for key, value in there[line].items():
            agree[key] = agree.get(key, 0) + (told[line][key] == value)
            if told[line][key] != value:
                notes.append(f"{line}: {key} is {value!s}, and told as {told[line][key]!s}")
    return Score(len(told), len(there), len(both), agree), notes


def _at(written: str | None, zone: tzinfo) -> str | None:
    """Return an instant as it is compared: in the configured zone, which a time without any is meant in."""
    if written is None or len(written) == len("2026-03-14"):
        return written
    instant = datetime.fromisoformat(written)
    local = instant.astimezone(zone) if instant.tzinfo else instant
    return local.replace(tzinfo=None).isoformat(timespec="seconds")


def _event(event: Event, zone: tzinfo) -> dict[str, str | None]:
    if event.problem or event.placeholder or not (event.first and event.last and event.dated):
        return {"at": None, "until": None}
    if not event.clocked:
        return {"at": str(event.day), "until": None}
    first, last = (
        moment.astimezone(zone).replace(tzinfo=None).isoformat(timespec="seconds")
        for moment in (event.first, event.last)
    )
    return {"at": first, "until": last if last != first else None}


def _item(item: ActionItem) -> dict[str, Any]:
    owners = {*item.owners, *item.companions}
    due = item.due.isoformat() if item.due else None
    return {
        "state": item.state,
        "owners": owners,
        "due": due,
        "refs": {_bare(ref) for ref in item.refs},
    }


def _bare(reference: str) -> str:
    return reference.rstrip("/.")


if __name__ == "__main__":
    main()
