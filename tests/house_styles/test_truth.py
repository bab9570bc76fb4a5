"""What the readers tell of real documents is what was written down by reading them."""

from pathlib import Path

import pytest

from benchmarks.house_styles import NOTHING, PROFILES, TRUTH, scored

FEWEST = {"dfds": 12, "mybinder": 12, "posthog": 7, "alt-sample": 5}


@pytest.fixture(scope="module")
def names() -> list[str]:
    return sorted(file.stem for file in TRUTH.glob("*.json"))


def test_the_aims_are_reached_over_all_documents(corpora: Path, names: list[str]) -> None:
    events = items = NOTHING
    for name in names:
        scores = scored(corpora, name)
        events, items = events.plus(scores.events), items.plus(scores.items)
    assert min(events.precision, events.recall) >= 0.99
    assert events.share("at") >= 0.98
    assert min(items.precision, items.recall) >= 0.98
    assert min(items.share(key) for key in ("state", "owners", "due", "refs")) >= 0.95


@pytest.mark.parametrize("name", FEWEST)
def test_enough_documents_of_each_kind_were_read(corpora: Path, name: str) -> None:
    scores = scored(corpora, name)
    assert scores.documents >= FEWEST[name]
    assert not [note for note in scores.notes if "no such document" in note]
    assert scores.items.there > 40


@pytest.mark.parametrize("folder", sorted(PROFILES.iterdir()), ids=lambda folder: folder.name)
def test_each_example_says_what_was_edited_by_hand(folder: Path) -> None:
    (profile,) = folder.glob(".incidentdocs/profiles/*/profile.toml")
    text = profile.read_text(encoding="utf-8")
    assert text.startswith("# Learned from ")
    assert "# Edited by hand after it was learned:\n#   " in text or "# Nothing was edited by hand." in text
