"""How well related incidents are told from others: the figures of the guide, beside three simpler scores.

    python benchmarks/similarity.py            the sets that were written for this project
    python benchmarks/similarity.py CORPORA    the real documents too, whose checkout `dfds` is in that folder

Printed is the average precision over all pairs of each set: from texts alone, with the structured keys, and
of the same title, Jaccard's index of all words and plain TF-IDF of whole texts; then how many of the planted
sets are found, and how many are confirmed that were not planted.
"""

import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

sys.path.insert(0, str(Path(__file__).parents[1]))
from incidentdocs.similarity.recurrences import Trigger, recurrences
from incidentdocs.workspace import open_workspace
from tests.similarity.labelled import (
    OWN,
    Labelled,
    agreement,
    exact_title,
    jaccard,
    label,
    own_set,
    plain_tfidf,
    real_set,
)

ROOT = Path(__file__).parents[1]
HEAD = ("set", "incidents", "related pairs", "text alone", "with keys", "same title", "Jaccard", "TF-IDF")


def main() -> None:
    """Measure and print."""
    sets = {name: own_set(name) for name in OWN}
    if len(sys.argv) > 1:
        sets["dfds"] = real(Path(sys.argv[1]) / "dfds")
    print("\n".join(table(sets)))
    for name in OWN:
        found, others = planted(sets[name])
        print(
            f"{name}: {found} of {len(sets[name].planted)} planted sets found, {others} confirmed beside them"
        )
    if "dfds" in sets:
        told = sets["dfds"]
        kappa = agreement(told.pairs)
        print(
            f"dfds: readers agree with a kappa of {kappa:.2f};"
            f" {denied(told)} confirmed pairs that no reader lists"
        )


def table(sets: dict[str, Labelled]) -> Iterator[str]:
    """Yield the rows of a Markdown table of average precisions."""
    yield f"| {' | '.join(HEAD)} |"
    yield f"|{' --- |' * len(HEAD)}"
    for name, labels in sets.items():
        scores = (
            labels.by_text(),
            labels.by_all(),
            *(of(labels) for of in (exact_title, jaccard, plain_tfidf)),
        )
        told = " | ".join(f"{labels.average_precision(score):.3f}" for score in scores)
        yield f"| {name} | {len(labels.texts)} | {len(labels.related)} | {told} |"


def planted(labels: Labelled) -> tuple[int, int]:
    """Return how many planted sets are found exactly, and how many are confirmed that are no part of one."""
    found = recurrences(labels.gathered, Trigger(), date.max)
    incidents = found.register.incidents
    confirmed = [
        {incidents[position].document for position in escalation.incidents}
        for escalation in found.escalations
        if escalation.strength == "confirmed"
    ]
    wanted = [set(each) for each in labels.planted]
    strangers = [each for each in confirmed if not any(each <= set_ for set_ in wanted)]
    return sum(each in confirmed for each in wanted), len(strangers)


def real(corpus: Path) -> Labelled:
    """Return the real documents under their example profile."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "dfds"
        copytree(corpus, root)
        copytree(ROOT / "examples" / "profiles" / "dfds", root, dirs_exist_ok=True)
        workspace = open_workspace(root)
        return real_set([workspace.read(file) for file in workspace.select(()).files])


def denied(labels: Labelled) -> int:
    """Return how many pairs the texts confirm that no reader calls alike."""
    known = label(1).keys() | label(2).keys()
    score, bar = labels.by_text(), Trigger().bars.confirmed
    return sum(score(*pair) >= bar for pair in labels.pairs if pair not in known)


if __name__ == "__main__":
    main()
