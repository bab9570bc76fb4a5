"""The sections that a team's documents share: which, in what order, under which titles, holding what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from statistics import fmean
from typing import NamedTuple

from incidentdocs.documents.near_titles import NEAR
from incidentdocs.learning.contents import Held, asked_of, columns_unknown_in, held
from incidentdocs.learning.metadata import LearnedField, labelled_fields
from incidentdocs.learning.names import id_of
from incidentdocs.learning.observing import Observed, Part
from incidentdocs.learning.shares import NEARLY_ALL, SOME, Share, most_common, share
from incidentdocs.profiles.profile import Ask, Content

FEWEST = 2
"""A title that one document alone has is no habit, unless its section holds what others call otherwise."""

_METADATA = 2
"""So many labels of types that metadata has make a section one of metadata."""


class LearnedSection(NamedTuple):
    """A section that documents share; `title` is its most common one, `accept` are the others.

    `present` counts the documents that have it, `fits` those of them that hold what it `contains`.
    """

    id: str
    title: str
    accept: tuple[str, ...]
    present: Share
    contains: Content
    fits: Share
    asks: tuple[Ask, ...] = ()
    fields: tuple[LearnedField, ...] = ()
    unknown_columns: tuple[str, ...] = ()

    @property
    def required(self) -> bool:
        """Whether nearly all documents have it."""
        return self.present.part >= NEARLY_ALL


class LearnedSections(NamedTuple):
    """The sections in the order in which they usually come, and how many documents keep to it."""

    sections: tuple[LearnedSection, ...]
    ordered: Share


_Group = list[str]
"""The keys of the titles of one section, the most common first."""


def learn_sections(documents: Sequence[Observed]) -> LearnedSections:
    """Return the sections that `documents` share."""
    by_key: defaultdict[str, list[Part]] = defaultdict(list)
    for document in documents:
        for key in dict.fromkeys(part.key for part in document.parts):
            part = document.part([key])
            assert part is not None
            by_key[key].append(part)
    holding = {key: held(key, parts) for key, parts in by_key.items()}
    groups = _groups(documents, by_key, holding)
    groups.sort(key=lambda group: _place(group, documents))
    taken: set[str] = set()
    sections = tuple(_section(group, documents, by_key, holding, taken) for group in groups)
    return LearnedSections(sections, share(_keeps_to(groups, document) for document in documents))


def _groups(
    documents: Sequence[Observed], by_key: Mapping[str, Sequence[Part]], holding: Mapping[str, Held]
) -> list[_Group]:
    keys = sorted(by_key, key=lambda key: -len(by_key[key]))
    least = max(FEWEST, SOME * len(documents)) if len(documents) > FEWEST else 1
    groups: list[_Group] = []
    for key in keys:
        group = next((group for group in groups if _is_one(key, group, documents, holding)), None)
        if group is not None:
            group.append(key)
        elif len(by_key[key]) >= least or _is_alone(holding[key].content, groups, holding):
            groups.append([key])
    return [group for group in groups if sum(_has(document, group) for document in documents) >= least]


def _has(document: Observed, group: _Group) -> bool:
    return document.part(group) is not None


def _is_alone(content: Content, groups: Sequence[_Group], holding: Mapping[str, Held]) -> bool:
    """Return whether a rare title is all that there is of a content that every profile should name."""
    known = (holding[group[0]].content for group in groups)
    return content in ("timeline", "action-items") and content not in known


def _is_one(key: str, group: _Group, documents: Sequence[Observed], holding: Mapping[str, Held]) -> bool:
    """Return whether a title is another one for what the `group` names, in documents without its titles."""
    content = holding[key].content
    alike = SequenceMatcher(a=key, b=group[0]).ratio() >= NEAR and content == holding[group[0]].content
    same = content in ("timeline", "action-items") and content == holding[group[0]].content
    return (alike or same) and not any(
        document.part([key]) and document.part(group) for document in documents
    )


def _place(group: _Group, documents: Sequence[Observed]) -> float:
    """Return where a section usually stands, from 0 for the first to 1 for the last."""
    places = [
        next(index for index, part in enumerate(document.parts) if part.key in group)
        / max(len(document.parts) - 1, 1)
        for document in documents
        if document.part(group)
    ]
    return fmean(places)


def _keeps_to(groups: Sequence[_Group], document: Observed) -> bool:
    order = {key: number for number, group in enumerate(groups) for key in group}
    numbers = [order[part.key] for part in document.parts if part.key in order]
    return numbers == sorted(numbers)


def _section(
    group: _Group,
    documents: Sequence[Observed],
    by_key: Mapping[str, Sequence[Part]],
    holding: Mapping[str, Held],
    taken: set[str],
) -> LearnedSection:
    parts = [part for document in documents if (part := document.part(group))]
    content, fits = holding[group[0]]
    fields = labelled_fields([part.blocks for part in parts]) if content == "prose" else ()
    if len(fields) >= FEWEST and len(parts) >= FEWEST:
        content = "metadata" if _are_metadata(fields) else "fields"
        fits = share(True for _ in parts)
    titles = [most_common(part.title for part in by_key[key])[0][0] for key in group]
    return LearnedSection(
        id=_id(titles[0], content, taken),
        title=titles[0],
        accept=tuple(dict.fromkeys(titles[1:])),
        present=Share(len(parts), len(documents)),
        contains=content,
        fits=fits,
        asks=asked_of(parts) if content == "action-items" else (),
        unknown_columns=columns_unknown_in(parts) if content == "action-items" else (),
        fields=fields if content in ("fields", "metadata") else (),
    )


def _are_metadata(fields: Iterable[LearnedField]) -> bool:
    return sum(field.type in ("severity", "date") for field in fields) >= _METADATA


def _id(title: str, content: Content, taken: set[str]) -> str:
    """Return an id that no other section has: what the section holds, where that names it, else its title."""
    wanted = content if content in ("timeline", "action-items", "metadata") else id_of(title, "section")
    number, id = 1, wanted
    while id in taken:
        number += 1
        id = f"{wanted}-{number}"
    taken.add(id)
    return id
