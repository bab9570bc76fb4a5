"""What the versions of a document leave of it: enough to go on from there when more of them land."""

from typing import NamedTuple

from incidentdocs.history.makings import made
from incidentdocs.history.publication import is_public
from incidentdocs.history.tracks import DocumentId, Track
from incidentdocs.history.values import Landing, Turn, Version, VersionFacts


class DocumentState(NamedTuple):
    """A document of some kind after its last version so far; `born` is the landing of the first one.

    `tracks` are in the order in which they were opened, `paths` in that in which they were last taken.
    `sweeping` is the first version's. `last` is what the last version that is there says, its items
    left out, and `stood` that version's commit and path. `touched` is the landing of the last version,
    and `reviews` says how many of the last ones moved the day of the review and nothing else.
    """

    id: DocumentId
    kind: str
    born: Landing
    sweeping: bool
    paths: tuple[str, ...] = ()
    alive: bool = False
    last: VersionFacts | None = None
    stood: tuple[str, str] | None = None
    published: Landing | None = None
    turns: tuple[Turn, ...] = ()
    tracks: tuple[Track, ...] = ()
    touched: Landing | None = None
    reviews: int = 0

    @property
    def path(self) -> str:
        """The path that it has, or the last that it had."""
        return self.paths[-1]


def unborn(kind: str, first: Version) -> DocumentState:
    """Return the document of which `first` will be the first version."""
    return DocumentState((first.landing.commit, first.path), kind, first.landing, first.sweeping)


def with_version(state: DocumentState, version: Version, tracks: tuple[Track, ...]) -> DocumentState:
    """Return the document with its next version, which leaves `tracks` of its action items."""
    others = (path for path in state.paths if path != version.path)
    following = state._replace(
        paths=(*others, version.path), alive=version.facts is not None, tracks=tracks, touched=version.landing
    )
    facts = version.facts
    if facts is None:
        return following
    published = state.published or (made(version, is_public) if is_public(facts) else None)
    return following._replace(
        last=facts._replace(items=()),
        stood=(version.landing.commit, version.path),
        published=published,
        turns=_turns(state, version, facts) if published else (),
        reviews=_reviews(state, facts),
    )


def _reviews(state: DocumentState, facts: VersionFacts) -> int:
    """Return how many of the last versions moved the day of the review alone; a mere renaming is none."""
    before = state.last
    if before is None or not facts.unreviewed or before.unreviewed != facts.unreviewed:
        return 0
    return state.reviews + (facts.reviewed not in (before.reviewed, ""))


def _turns(state: DocumentState, version: Version, facts: VersionFacts) -> tuple[Turn, ...]:
    if state.turns and (facts.severity, facts.sections) == state.turns[-1][1:3]:
        return state.turns
    kept = state.stood if state.published else None
    return (*state.turns, Turn(version.landing, facts.severity, facts.sections, kept))
