"""The shape of reports on action items: version 1 of a contract, from which the JSON Schema is made."""

from datetime import date
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

State = Literal["open", "done", "abandoned", "dropped", "moved"]


class Model(BaseModel):
    """A frozen part of a report; its attributes' docstrings describe its JSON Schema."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        populate_by_name=True,
        serialize_by_alias=True,
        json_schema_serialization_defaults_required=True,
    )


class Reschedule(Model):
    """One change of an item's due date."""

    from_: date = Field(alias="from")
    """The due date before."""
    to: date | None
    """The due date after, null where it was taken away."""
    when: date
    """The day on which the change landed."""
    commit: str
    """The commit that landed it."""
    after_due: bool
    """Whether the date before had already passed."""


class Event(Model):
    """Something that happened to an action item, as its document's history tells it."""

    model_config = ConfigDict(extra="allow")

    event: str
    """What happened: `opened`, `reworded`, `reassigned`, `rescheduled`, `done` and so on."""
    when: date
    """The day on which it landed."""
    commit: str
    """The commit that landed it."""
    author: str
    """Who wrote that commit."""


class Item(Model):
    """One action item and where it stands."""

    document: str
    """The document, relative to the repository's root, with forward slashes."""
    line: int
    """The line of the item, from 1."""
    number: int | None
    """The item's own number in its document."""
    description: str
    """What is to be done."""
    owner: str | None
    """Who does it, as written."""
    due: date | None
    """The day until which it is promised; null where none is given or none can be read."""
    days_overdue: int | None
    """How many days ago an open item was due; null where it is not overdue."""
    state: State
    """What became of it."""
    severity: str | None
    """The severity of the incident."""
    opened: date | None = None
    """The day on which it landed; null when the documents are read from disk."""
    opened_commit: str | None = None
    """The commit that landed it; null when the documents are read from disk."""
    reschedules: tuple[Reschedule, ...] = ()
    """Every change of its due date, oldest first."""


class UnreadableDue(Model):
    """An open item whose due date is there but cannot be read."""

    document: str
    """The document."""
    line: int
    """The line of the item."""
    due: str
    """The due date as written."""


class Summary(Model):
    """How many action items there are, by state."""

    documents: int
    """The documents that hold action items."""
    overdue: int
    """Open items that were due before the day of the report."""
    open: int
    """Items neither done nor abandoned, overdue and undated ones included."""
    undated: int
    """Open items without a due date, those with an unreadable one included."""
    done: int
    """Items that are ticked."""
    abandoned: int
    """Items that will not be done, with a reason."""
    unreadable_due: tuple[UnreadableDue, ...] = ()
    """Open items whose due date is there but cannot be read."""


class ItemWithEvents(Item):
    """One action item, where it stands and what happened to it."""

    events: tuple[Event, ...] = ()
    """What happened to it, oldest first; empty when the documents are read from disk."""


ItemT = TypeVar("ItemT", bound=Item)


class Report(Model, Generic[ItemT]):
    """What every report on action items says, whichever items it is about."""

    version: Literal[1] = 1
    """The version of this shape."""
    as_of: date
    """The day of the report."""
    revision: str | None = None
    """The commit whose documents were read; null when they are read from disk."""
    items: tuple[ItemT, ...]
    """The items, by document."""
    changes: tuple[Event, ...] = ()
    """What happened that no item above tells; empty when the documents are read from disk."""
    summary: Summary
    """How many action items there are, by state."""


class OverdueReport(Report[Item]):
    """What `incidentdocs report overdue` finds: open items past their due date, the oldest document first."""


class ActionsReport(Report[ItemWithEvents]):
    """What `incidentdocs report actions` finds: every item in every state, by document and line."""
