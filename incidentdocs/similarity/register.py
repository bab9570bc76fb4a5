"""The register: every incident once, whether a document, its post-mortem or both tell of it, by day."""

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from incidentdocs.documents.titles import fold
from incidentdocs.similarity.naming import Reference
from incidentdocs.similarity.telling import Telling
from incidentdocs.similarity.vocabulary import Phrases
from incidentdocs.similarity.words import words_in

ONCE = 2
"""What saying a term once counts, so that a half is a whole number too."""


@dataclass(frozen=True)
class Incident:
    """One incident: `document` is the register's entry, else the post-mortem; `documents` are all.

    Services, failure mode, runbooks and tags are what any of them gives. `counts` is how much each term
    counts in all that is compared, `heading` in the title alone. What else there is, the tellings have.
    """

    document: str
    documents: tuple[str, ...]
    title: str
    day: date
    severity: str | None
    services: frozenset[str]
    failure_mode: str | None
    runbooks: frozenset[str]
    tags: frozenset[str]
    counts: Mapping[str, int]
    heading: Mapping[str, int]
    tellings: tuple[Telling, ...]

    @cached_property
    def symptom(self) -> Mapping[str, int]:
        """How much each term counts in what was seen, the title included."""
        return _sum((each, ONCE) for told in self.tellings for each in (told.title, told.symptom, told.both))

    @cached_property
    def cause(self) -> Mapping[str, int]:
        """How much each term counts in what broke."""
        return _sum((each, ONCE) for told in self.tellings for each in (told.cause, told.both))

    @property
    def sentence(self) -> str:
        """The first sentence of its root cause, empty where none is told."""
        return next((telling.sentence for telling in self.tellings if telling.sentence), "")

    @property
    def post_mortem(self) -> str | None:
        """The post-mortem that tells of it, None where there is none."""
        return next((telling.document for telling in self.tellings if telling.role == "post-mortem"), None)

    @property
    def entry(self) -> Telling | None:
        """What the register's own document tells of it, None where there is none."""
        return next((telling for telling in self.tellings if telling.role == "incident"), None)

    @property
    def order(self) -> tuple[date, str, int]:
        """By what incidents are ordered: day, then document, then place in it."""
        return self.day, self.document, self.tellings[0].ordinal

    def words(self, known: Phrases) -> Mapping[str, str]:
        """Return a word of its documents for each term: of several the first in the alphabet."""
        return words_in((text for telling in self.tellings for text in telling.texts), known)


class Register(NamedTuple):
    """All incidents with a day, oldest first, and who is called what.

    `related` and `unrelated` are the pairs, as positions in `incidents` and the smaller first, that documents
    name as such. `positions` are those of the incidents of which each document tells. `undated` are the
    documents of incidents without a day, which are not compared.
    """

    incidents: tuple[Incident, ...]
    related: frozenset[tuple[int, int]]
    unrelated: frozenset[tuple[int, int]]
    names: "Names"
    positions: Mapping[str, Sequence[int]]
    undated: tuple[str, ...] = ()


class Names:
    """What documents are called: by path, by file name, and by that without its extension.

    Of several that have one name the nearest to the document that names it is meant.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths: dict[str, set[str]] = defaultdict(set)
        for path in paths:
            for name in (path, *_short_names(path)):
                self._paths[name].add(path)

    def meant(self, reference: Reference) -> frozenset[str]:
        """Return the paths of the documents that a reference may mean, none where it names none."""
        for name in (reference.target, *_short_names(reference.target)):
            if found := self._paths.get(name):
                return frozenset(_nearest(found, reference.source))
        return frozenset()

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)


def is_elsewhere(reference: Reference) -> bool:
    """Return whether a reference names what is elsewhere: an address, a ticket, `team/repo#12`, a channel."""
    return bool(
        re.search(r"://|^#\w|^[\w./-]*(?<!\.md)#\d+$|^[A-Z][A-Z0-9]*[-_ ]?\d+$|^\d+$", reference.written)
    )


def _nearest(paths: Collection[str], source: str) -> list[str]:
    """Return those of the paths that share most folders with `source`, from the root on."""
    shared = {
        path: len(posixpath.commonprefix([path.split("/")[:-1], source.split("/")[:-1]])) for path in paths
    }
    return [path for path in sorted(paths) if shared[path] == max(shared.values())]


def register_of(tellings: Iterable[Telling], until: date | None = None) -> Register:
    """Return the register of what documents tell; incidents after the day `until` do not count.

    A post-mortem belongs to the incident documents that it names or that name it, else to that of its name.
    """
    ordered = sorted(tellings, key=lambda telling: (telling.document, telling.ordinal))
    names = Names(telling.document for telling in ordered)
    told = [(group[0].document, _incident(group)) for group in _grouped(ordered, names)]
    dated = (incident for _, incident in told if incident and (not until or incident.day <= until))
    incidents = sorted(dated, key=lambda incident: incident.order)
    positions: dict[str, list[int]] = defaultdict(list)
    for position, incident in enumerate(incidents):
        for document in incident.documents:
            positions[document].append(position)
    return Register(
        tuple(incidents),
        frozenset(_named(incidents, positions, names, lambda telling: telling.related)),
        frozenset(_named(incidents, positions, names, lambda telling: telling.unrelated)),
        names,
        positions,
        tuple(sorted({document for document, made in told if made is None})),
    )


def _short_names(path: str) -> Iterator[str]:
    name = posixpath.basename(path)
    yield name
    yield fold(re.sub(r"\.(?:md|markdown)$", "", name)) or name


def _grouped(tellings: Sequence[Telling], names: Names) -> Iterator[tuple[Telling, ...]]:
    """Yield the tellings of each incident, that of the register first."""
    post_mortems: dict[str, list[Telling]] = defaultdict(list)
    entries = [telling for telling in tellings if telling.role == "incident"]
    for telling in tellings:
        if telling.role == "post-mortem":
            post_mortems[telling.document].append(telling)
    partners = _partners(entries, post_mortems, names)
    taken = Counter(path for found in partners.values() for path in found)
    for entry in entries:
        found = sorted(partners.get(entry.document, ()))
        told = ((path, telling) for path in found for telling in post_mortems[path])
        yield (entry, *(telling if taken[path] == 1 else _named_only(telling) for path, telling in told))
    for path, alone in post_mortems.items():
        if path not in taken:
            yield from ((telling,) for telling in alone)


def _partners(
    entries: Sequence[Telling], post_mortems: Mapping[str, Sequence[Telling]], names: Names
) -> Mapping[str, set[str]]:
    """Return the post-mortems of each incident document: those named on either side, else of its own name."""
    partners: dict[str, set[str]] = defaultdict(set)
    own = {entry.document for entry in entries}
    for entry in entries:
        for reference in entry.counterparts:
            partners[entry.document] |= names.meant(reference) & post_mortems.keys()
    for path, (first, *_) in post_mortems.items():
        for reference in first.counterparts:
            for document in names.meant(reference) & own:
                partners[document].add(path)
    spoken_for = {path for found in partners.values() for path in found}
    alone = {_beside(path): path for path in post_mortems if path not in spoken_for}
    for entry in entries:
        twin = alone.get(_beside(entry.document))
        if twin and not partners.get(entry.document):
            partners[entry.document].add(twin)
    return partners


def _beside(path: str) -> tuple[str, str]:
    """Return what an incident's document and a post-mortem of its name in the folder beside it share."""
    return posixpath.dirname(posixpath.dirname(path)), posixpath.basename(path)


def _named_only(telling: Telling) -> Telling:
    """Return a post-mortem of several incidents, by whose words they would all be alike, without them."""
    nothing: frozenset[str] = frozenset()
    bare = telling._replace(services=nothing, failure_mode=None, runbooks=nothing, tags=nothing)
    return bare._replace(title={}, symptom={}, cause={}, both={}, texts=(), sentence="")


def _incident(tellings: Sequence[Telling]) -> Incident | None:
    """Return the incident of which all of these tell; None where none of them gives its day."""
    first = tellings[0]
    day = next((telling.day for telling in tellings if telling.day), None)
    if day is None:
        return None
    return Incident(
        document=first.document,
        documents=tuple(dict.fromkeys(telling.document for telling in tellings)),
        title=next((telling.heading for telling in tellings if telling.heading), ""),
        day=day,
        severity=next((telling.severity for telling in tellings if telling.severity), None),
        services=frozenset().union(*(telling.services for telling in tellings)),
        failure_mode=next((telling.failure_mode for telling in tellings if telling.failure_mode), None),
        runbooks=frozenset().union(*(telling.runbooks for telling in tellings)),
        tags=frozenset().union(*(telling.tags for telling in tellings)),
        counts=_sum(pair for telling in tellings for pair in _weighed(telling)),
        heading=_sum((telling.title, ONCE) for telling in tellings),
        tellings=tuple(tellings),
    )


def _weighed(telling: Telling) -> tuple[tuple[Mapping[str, int], int], ...]:
    """Return the texts of a telling, each with how much it counts: what broke tells most."""
    return (
        (telling.title, ONCE),
        (telling.symptom, ONCE),
        (telling.cause, 2 * ONCE),
        (telling.both, ONCE + ONCE // 2),
    )


def _sum(weighed: Iterable[tuple[Mapping[str, int], int]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for said, weight in weighed:
        for term, count in said.items():
            counts[term] = counts.get(term, 0) + weight * count
    return counts


def _named(
    incidents: Sequence[Incident],
    positions: Mapping[str, Sequence[int]],
    names: Names,
    references: Callable[[Telling], Sequence[Reference]],
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of incidents of which one names the other."""
    for position, incident in enumerate(incidents):
        for telling in incident.tellings:
            for reference in references(telling):
                for path in sorted(names.meant(reference)):
                    for other in positions.get(path, ()):
                        if other != position:
                            yield min(position, other), max(position, other)
