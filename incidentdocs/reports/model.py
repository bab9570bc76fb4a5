"""The shape of reports on action items: version 1 of a contract, from which the JSON Schema is made."""

from datetime import date
from typing import Any, Generic, Literal, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    model_serializer,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from incidentdocs.history.values import EventKind, State

ChangeKind = Literal["newly-overdue", "done", "abandoned", "dropped", "moved", "rescheduled"]


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

    from_: date | None = Field(alias="from")
    """The due date before, null where there was none that could be read."""
    to: date | None
    """The due date after, null where it was taken away."""
    when: date
    """The day on which the change landed."""
    commit: str
    """The commit that landed it."""
    after_due: bool
    """Whether the date before had already passed when the change was made."""


class Event(Model):
    """Something that happened to an action item; a key that does not apply to it is not there."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)

    event: EventKind
    """What happened."""
    when: date
    """The day on which it landed, in the configured time zone."""
    commit: str
    """The commit that landed it."""
    author: str
    """Who wrote that commit."""
    from_: str | None = Field(default=None, alias="from")
    """What was changed, as it was before: a text, an owner, a due date; null where there was none."""
    to: str | None = None
    """What it was changed to; for `moved` the document that has the item now."""
    after_due: bool = False
    """For `rescheduled`: whether the date before had already passed when the change was made."""
    evidence: tuple[str, ...] = ()
    """For `done`: what proves it in commits, such as addresses, issues and other commits."""
    made: date | None = None
    """The day on which it was made, where that was in another commit than the one that landed it."""
    made_by: str | None = None
    """The commit in which it was made, where that is another one than the one that landed it."""
    corrected: bool = False
    """Whether the landing commit's clock is out of order, so that the date is that of a commit before it."""

    @model_serializer(mode="wrap")
    def _what_applies(self, handler: SerializerFunctionWrapHandler) -> Any:
        told = {type(self).model_fields[name].alias or name for name in self.model_fields_set}
        return {key: value for key, value in handler(self).items() if key in told}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the schema of the fields; what a serializer makes of them would be any value."""
        return handler({key: value for key, value in schema.items() if key != "serialization"})


class Item(Model):
    """One action item and where it stands."""

    document: str
    """The document, relative to the repository's root; the last path that it had where it is gone."""
    line: int
    """The line of the item, from 1, in the last version that has it."""
    number: int | None
    """The item's own number in its document."""
    description: str
    """What is to be done."""
    owner: str | None
    """Who does it, as written."""
    owners: tuple[str, ...] = ()
    """The persons and teams in it, one by one; agents beside them are not among them."""
    due: date | None
    """The day until which it is promised; null where none is given or none can be read."""
    days_overdue: int | None
    """How many days ago an open item was due; null where it is not overdue."""
    state: State
    """What became of it; what has moved goes on in another document."""
    severity: str | None
    """The severity of the incident."""
    opened: date | None = None
    """The day on which it landed; null when the documents are read from disk."""
    opened_commit: str | None = None
    """The commit that landed it; null when the documents are read from disk."""
    reschedules: tuple[Reschedule, ...] = ()
    """Every change of its due date, oldest first."""
    reason: str | None = None
    """Why it will not be done, where it is abandoned."""
    successor: str | None = None
    """The document that an item which has moved is in now."""
    refs: tuple[str, ...] = ()
    """The tickets, changes and pages that it refers to."""
    key: str | None = None
    """What stays the same when the item is reworded, renumbered or moved; null when read from disk."""


class Change(Model):
    """What became of an action item in the days before the report, or that it became overdue."""

    change: ChangeKind
    """What changed; `rescheduled` tells of an item that was overdue and has another date now, in the weekly
    report also of one that was not."""
    when: date
    """The day on which it landed; for `newly-overdue` the first day on which the item was overdue."""
    commit: str | None
    """The commit that landed it; null for `newly-overdue`, which takes no commit."""
    document: str
    """The document."""
    line: int
    """The line of the item, from 1, in the last version that has it."""
    number: int | None
    """The item's own number in its document."""
    description: str
    """What is to be done."""
    owner: str | None
    """Who does it, as written."""
    due: date | None
    """The day until which it is promised."""
    successor: str | None = None
    """The document that an item which has moved is in now."""


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
    dropped: int = 0
    """Items that are gone from their document, open and without a word; 0 when read from disk."""
    moved: int = 0
    """Items that are in another document now, and counted there; 0 when read from disk."""
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
    """The commit whose documents were read; null when they are read from disk, or nothing is committed."""
    items: tuple[ItemT, ...]
    """The items, by document."""
    since: date | None = None
    """The day after which `changes` begin; null when the documents are read from disk."""
    changes: tuple[Change, ...] = ()
    """What became of items since then, by kind; empty when the documents are read from disk."""
    summary: Summary
    """How many action items there are, by state."""


class OverdueReport(Report[Item]):
    """What `incidentdocs report overdue` finds: open items past their due date, the oldest document first."""


class ActionsReport(Report[ItemWithEvents]):
    """What `incidentdocs report actions` finds: every item in every state, by document and line."""
