"""What is said of action items that readers have labelled: which can be done, and which nobody could tick."""

from collections import Counter
from pathlib import Path

import pytest

from incidentdocs.documents.action_items.vagueness import vagueness
from incidentdocs.documents.document import read_document
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in

LINES = (Path(__file__).parent / "labelled" / "vague_items.txt").read_text(encoding="utf-8").splitlines()
LABELLED = [tuple(line.split(" | ", 1)) for line in LINES if line and not line.startswith("#")]
VAGUE = [said for label, said in LABELLED if label == "vague"]
CLEAR = [said for label, said in LABELLED if label == "clear"]


def is_vague(said: str) -> bool:
    text = f"# Post-mortem: a\n\n## Action items\n- [ ] AI 1: {said} (owner @oncall, due 2026-03-29)\n"
    document = read_document(
        "docs/post-mortems/2026-03-14-a.md", parse(text), built_in("post-mortem"), Process()
    )
    assert document.action_items is not None
    (item,) = document.action_items.items
    return vagueness(item) is not None


def test_the_labelled_set_is_large_and_labels_nothing_twice() -> None:
    assert set(dict.fromkeys(label for label, _ in LABELLED)) == {"vague", "clear"}
    assert len(VAGUE) >= 120
    assert len(CLEAR) >= 120
    assert [said for said, times in Counter(said for _, said in LABELLED).items() if times > 1] == []


@pytest.mark.parametrize("said", CLEAR)
def test_nothing_is_said_of_an_item_that_can_be_done(said: str) -> None:
    assert not is_vague(said)


@pytest.mark.parametrize("said", VAGUE)
def test_an_item_that_nobody_could_tick_is_told(said: str) -> None:
    assert is_vague(said)


@pytest.mark.parametrize(
    "said", ["a" * 200_000, "a_" * 100_000, "- " * 50_000, "make " + "x " * 58, "en " + "a" * 99_000]
)
def test_an_item_without_end_is_read_in_no_time(said: str) -> None:
    assert not is_vague(said)
