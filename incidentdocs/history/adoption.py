"""Since when a repository keeps its history on purpose: the day on which its configuration first landed."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, tzinfo
from typing import NamedTuple

from incidentdocs.history.checkpoint import landings_after
from incidentdocs.history.kept import Head, Kept
from incidentdocs.history.repository import Checkout
from incidentdocs.history.walking import NotContinuous


class Sought(NamedTuple):
    """The paths at which a configuration may be, and what tells whether a path's content is one."""

    paths: tuple[str, ...]
    holds: Callable[[str, bytes], bool]


def adopted(
    checkout: Checkout, revision: str, zone: tzinfo, sought: Sought, kept: Kept | None = None
) -> date | None:
    """Return the day in `zone` on which a file that is `sought` first landed; None where none ever did.

    On the chain up to a commit of which `kept` tells, it is not looked for again.
    """
    day = _adopted(checkout, revision, zone, sought, kept)
    if kept:
        kept.keep_adopted({revision: day})
    return day


def _adopted(
    checkout: Checkout, revision: str, zone: tzinfo, sought: Sought, kept: Kept | None
) -> date | None:
    heads = kept.heads(checkout.main_branches, date.max) if kept else []
    known = kept.adopted(head.commit for head in heads) if kept else {}
    for head in heads:
        if head.commit in known:
            try:
                later = _first(checkout, revision, zone, sought, head)
            except NotContinuous:
                continue
            return known[head.commit] or later
    return _first(checkout, revision, zone, sought, None)


def _first(checkout: Checkout, revision: str, zone: tzinfo, sought: Sought, head: Head | None) -> date | None:
    """Return the first day on the chain after `head`; NotContinuous where it does not go on from there."""
    steps = list(
        checkout.steps(
            revision,
            tracked=sought.paths.__contains__,
            pathspecs=[f":(top,literal){path}" for path in sought.paths],
            after=head.commit if head else None,
        )
    )
    landed = landings_after(steps, head.landed if head else None, zone=zone, until=date.max)
    written = [
        (number, change.path, change.blob)
        for number, step in enumerate(steps)
        for change in step.changes
        if change.blob
    ]
    days = (landed[number].when.astimezone(zone).date() for number in _holding(checkout, written, sought))
    return next(days, None)


def _holding(checkout: Checkout, written: Sequence[tuple[int, str, str]], sought: Sought) -> Iterator[int]:
    if written:
        contents = dict(checkout.blobs(dict.fromkeys(blob for _, _, blob in written)))
        for number, path, blob in written:
            if sought.holds(path, contents[blob]):
                yield number
