"""What the past says: commits that landed, what happened to each action item, and when it was published."""

from datetime import date, datetime
from typing import Literal, NamedTuple

from incidentdocs.documents.action_items.action_item import ActionItem

EventKind = Literal[
    "opened",
    "reworded",
    "reassigned",
    "rescheduled",
    "done",
    "reopened",
    "abandoned",
    "dropped",
    "restored",
    "moved",
]
State = Literal["open", "done", "abandoned", "dropped", "moved"]


UNCOMMITTED = ""
"""The commit of what stands in the working tree and has not landed yet."""


class Landing(NamedTuple):
    """A commit of the first-parent chain: what lands there counts from `when` on.

    `when` is its committer date, aware, unless the commit's clock disagrees with the commits around it:
    then it is that of the kept commit before it, and `corrected` is true. `made_by` and `made` are the
    commit and the committer date at which the change was really made where that is another commit than
    the one that landed it, else the same. `author` is a name, as the commit has it.
    """

    commit: str
    when: datetime
    author: str
    made_by: str
    made: datetime
    corrected: bool = False

    @property
    def committed(self) -> bool:
        """Whether it is a commit; what the working tree holds beyond `HEAD` has none yet."""
        return self.commit != UNCOMMITTED

    @property
    def earliest(self) -> datetime:
        """When it was made or when it landed, whichever came first: what accuses somebody goes by this."""
        return min(self.made, self.when)


class Event(NamedTuple):
    """Something that happened to an action item; `before` and `after` say what changed, as written.

    For `rescheduled` they are due dates (None: taken away or added), and `after_due` says whether the
    date before had already passed when the change was made. For `moved` `after` is the new document.
    `evidence` is what proves a `done` beside the item's own references: what the ticking commit's message
    refers to, and the commits whose trailer names the item.
    """

    kind: EventKind
    landing: Landing
    before: str | None = None
    after: str | None = None
    after_due: bool = False
    evidence: tuple[str, ...] = ()


class Renumbering(NamedTuple):
    """A change of an action item's number within its document."""

    landing: Landing
    before: int
    after: int


class ItemHistory(NamedTuple):
    """One action item through time: as it stands in the last version that has it, and its events.

    `document` is its document's path at the revision, or the last path it had. `item` is None only for
    what no version could read. `events` are oldest first, and their fold is `state`. `successor` is the
    document that the item has moved to. `renumberings` are oldest first, from publication on.
    """

    document: str
    item: ActionItem
    events: tuple[Event, ...]
    state: State
    successor: str | None = None
    severity: str | None = None
    renumberings: tuple[Renumbering, ...] = ()

    @property
    def opened(self) -> Landing | None:
        """The landing of its first version."""
        return next((event.landing for event in self.events if event.kind == "opened"), None)

    @property
    def reschedules(self) -> tuple[Event, ...]:
        """Every change of its due date that is a slip, oldest first."""
        return tuple(event for event in self.events if event.kind == "rescheduled")


class VersionFacts(NamedTuple):
    """What one version of a document says, as far as its history needs it.

    Of a document that may say when it was reviewed, `reviewed` is what it says, and `unreviewed` stands for
    all the rest of its text; of any other both are empty.
    """

    items: tuple[ActionItem, ...]
    draft: bool
    holds_placeholders: bool
    severity: str | None
    day: date | None
    sections: tuple[str, ...]
    reviewed: str = ""
    unreviewed: str = ""


class Making(NamedTuple):
    """A commit of a merged side that touched the document, and what its version says (None: deleted)."""

    commit: str
    when: datetime
    author: str
    facts: VersionFacts | None


class Version(NamedTuple):
    """A version of a document as it landed; `facts` are None where the document was deleted.

    `makings` are the commits of the side that a merge landed which touched the document, oldest
    first; none where the landing commit itself made the change. `sweeping` says that the commit is
    the root, or adds more than five documents: what arrives there was written before, and elsewhere.
    """

    landing: Landing
    path: str
    blob: str | None
    facts: VersionFacts | None
    makings: tuple[Making, ...] = ()
    sweeping: bool = False


class Turn(NamedTuple):
    """A version that says another severity, or has other sections, than the published one before it.

    The first turn is the published version itself. `kept` is the commit and the path of the version before.
    """

    landing: Landing
    severity: str | None
    sections: tuple[str, ...]
    kept: tuple[str, str] | None = None


class DocumentHistory(NamedTuple):
    """One document through time, under the path that it has at the revision, or the last that it had.

    `paths` are all that it ever had. `items` are in the document's order; the last `gone` of them are no
    longer there. `published` is the first landing that is no draft and holds no placeholder. `unknown`
    says that when it was published cannot be known: it came with the root commit, among more than five
    documents, or before histories count. `born` is the landing of its first version, and `last` what the
    last version that is there says, its items left out. `turns` are oldest first, from publication on.
    `restored`, where it was asked for, is when service was restored, else the last event, by the last
    version's timeline. `touched` is the landing of the last version. The last
    `reviews` versions each moved the day of the review, and changed nothing else.
    """

    path: str
    kind: str
    items: tuple[ItemHistory, ...]
    born: Landing
    last: VersionFacts | None
    alive: bool
    published: Landing | None = None
    unknown: bool = False
    turns: tuple[Turn, ...] = ()
    paths: tuple[str, ...] = ()
    gone: int = 0
    restored: datetime | None = None
    touched: Landing | None = None
    reviews: int = 0


class History(NamedTuple):
    """The past of all documents at `revision` (None: nothing is committed yet), as of the day `as_of`."""

    revision: str | None
    as_of: date
    documents: tuple[DocumentHistory, ...]

    @property
    def items(self) -> tuple[ItemHistory, ...]:
        """Every action item of every document, by document."""
        return tuple(item for document in self.documents for item in document.items)
