"""Sets of incidents with pairs that people have labelled, and how well scores agree with the labels.

`regular/`, `hard/` and `held_out/` were written for this project. `labels.tsv` says of pairs whether they are
`related`, alike only in `symptom`, or `different`, as pairs that are not listed are; `planted.tsv` which sets
call for an escalation. The labels of `dfds/` are of real documents, which are not kept here: two readers
labelled all pairs without having seen a score, with `cause` and `symptom` for what is alike in these.
"""

import csv
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from incidentdocs.documents.document import Document, read_document
from incidentdocs.documents.titles import fold
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.claims import claiming
from incidentdocs.profiles.loading import BUILT_IN, built_in
from incidentdocs.similarity.evaluation import Judged, average_precision
from incidentdocs.similarity.gathering import Gathered, gather
from incidentdocs.similarity.links import Likeness
from incidentdocs.similarity.register import register_of

FOLDER = Path(__file__).parent
OWN = ("regular", "held_out", "hard")

Pair = tuple[str, str]
"""Two documents, the alphabetically first one first."""


class Labelled(NamedTuple):
    """Incidents, the pairs of them that are related, and the sets that were planted.

    `texts` are the whole texts of the documents of each incident.
    """

    gathered: Gathered
    likeness: Likeness
    texts: Mapping[str, str]
    related: frozenset[Pair]
    planted: tuple[tuple[str, ...], ...]

    @property
    def pairs(self) -> list[Pair]:
        """All pairs of incidents."""
        return list(combinations(sorted(self.texts), 2))

    def judged(self, score: Callable[[str, str], float]) -> list[Judged]:
        """Return all pairs by a score of two documents."""
        return [Judged(score(*pair), pair in self.related) for pair in self.pairs]

    def average_precision(self, score: Callable[[str, str], float]) -> float:
        """Return how well a score puts the related pairs before the others."""
        return average_precision(self.judged(score))

    def positions(self) -> Mapping[str, int]:
        """Return where each document stands in the register."""
        incidents = self.likeness.register.incidents
        return {incident.document: position for position, incident in enumerate(incidents)}

    def by_text(self) -> Callable[[str, str], float]:
        """Return the score from texts alone."""
        at = self.positions()
        return lambda one, other: self.likeness.texts(at[one], at[other]).alike

    def by_all(self) -> Callable[[str, str], float]:
        """Return the score from keys and texts, and from what documents say of one another."""
        at = self.positions()
        return lambda one, other: self.likeness.evidence(at[one], at[other]).score


def own_set(name: str) -> Labelled:
    """Return one of the sets that were written for this project."""
    folder = FOLDER / name
    documents = list(_documents(folder))
    rows = _rows(folder / "labels.tsv")
    related = {_pair(one, other) for one, other, label in rows if label == "related"}
    sets = tuple(tuple(f"docs/{path}" for path in row) for row in _rows(folder / "planted.tsv"))
    return _labelled(documents, {_pair(f"docs/{a}", f"docs/{b}") for a, b in related}, sets)


def real_set(documents: Iterable[Document]) -> Labelled:
    """Return the real documents, with what both readers call alike."""
    both = [label(reader).keys() for reader in (1, 2)]
    return _labelled(list(documents), set(both[0] & both[1]), ())


def label(reader: int) -> Mapping[Pair, str]:
    """Return what a reader of the real documents calls alike: in `cause`, or only in `symptom`."""
    rows = _rows(FOLDER / "dfds" / f"reader{reader}.tsv")
    return {_pair(one, other): kind for one, other, kind in rows}


def agreement(pairs: Iterable[Pair]) -> float:
    """Return Cohen's kappa of the two readers on whether pairs are alike."""
    one, other = label(1), label(2)
    votes = Counter((pair in one, pair in other) for pair in pairs)
    total = votes.total()
    agreed = (votes[True, True] + votes[False, False]) / total
    yes = [(votes[True, True] + votes[True, False]) / total, (votes[True, True] + votes[False, True]) / total]
    chance = yes[0] * yes[1] + (1 - yes[0]) * (1 - yes[1])
    return (agreed - chance) / (1 - chance)


def exact_title(labelled: Labelled) -> Callable[[str, str], float]:
    """Return a baseline: whether two documents have the same title."""
    titles = {incident.document: fold(incident.title) for incident in labelled.likeness.register.incidents}
    return lambda one, other: float(titles[one] == titles[other])


def jaccard(labelled: Labelled) -> Callable[[str, str], float]:
    """Return a baseline: of all words of two whole texts, the part that both have."""
    words = {path: set(_words(text)) for path, text in labelled.texts.items()}
    return lambda one, other: len(words[one] & words[other]) / len(words[one] | words[other])


def plain_tfidf(labelled: Labelled) -> Callable[[str, str], float]:
    """Return a baseline: the cosine of the whole texts' words, weighted by how few documents have them."""
    counts = {path: Counter(_words(text)) for path, text in labelled.texts.items()}
    having = Counter(word for words in counts.values() for word in words)
    rare = {word: math.log((1 + len(counts)) / (1 + number)) + 1 for word, number in having.items()}
    weighed = {path: {word: n * rare[word] for word, n in words.items()} for path, words in counts.items()}
    lengths = {path: math.sqrt(sum(value**2 for value in words.values())) for path, words in weighed.items()}

    def cosine(one: str, other: str) -> float:
        shared = weighed[one].keys() & weighed[other].keys()
        product = sum(weighed[one][word] * weighed[other][word] for word in sorted(shared))
        return product / (lengths[one] * lengths[other])

    return cosine


def _labelled(
    documents: list[Document], related: set[Pair], planted: tuple[tuple[str, ...], ...]
) -> Labelled:
    gathered = gather(documents)
    likeness = Likeness(register_of(gathered.tellings))
    whole = {document.path: "\n".join(document.source.lines) for document in documents}
    texts = {
        incident.document: "\n".join(whole[path] for path in incident.documents)
        for incident in likeness.register.incidents
    }
    known = {pair for pair in related if texts.keys() >= set(pair)}
    return Labelled(gathered, likeness, texts, frozenset(known), planted)


def _documents(folder: Path) -> Iterable[Document]:
    profiles = [built_in(kind) for kind in BUILT_IN]
    for file in sorted(folder.glob("*/*.md")):
        path = f"docs/{file.relative_to(folder).as_posix()}"
        profile = claiming(path, profiles)
        assert profile is not None, path
        yield read_document(path, parse(file.read_text(encoding="utf-8")), profile, Process())


def _rows(file: Path) -> list[list[str]]:
    return list(csv.reader(file.read_text(encoding="utf-8").splitlines(), delimiter="\t"))


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
