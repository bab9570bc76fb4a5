"""Since when a repository keeps its history on purpose: the day on which its configuration first landed."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, tzinfo

from incidentdocs.history.dates import landings
from incidentdocs.history.repository import Checkout


def adopted(
    checkout: Checkout, revision: str, zone: tzinfo, paths: Sequence[str], holds: Callable[[str, bytes], bool]
) -> date | None:
    """Return the day in `zone` on which a file at one of `paths` first held a configuration.

    `holds` says whether a path's content does. None where none ever did on the chain of `revision`.
    """
    steps = list(
        checkout.steps(
            revision,
            tracked=lambda path: path in paths,
            pathspecs=[f":(top,literal){path}" for path in paths],
        )
    )
    written = [
        (number, change.path, change.blob)
        for number, step in enumerate(steps)
        for change in step.changes
        if change.blob
    ]
    for number in _holding(checkout, written, holds):
        return landings(step.commit for step in steps)[number].when.astimezone(zone).date()
    return None


def _holding(
    checkout: Checkout, written: Sequence[tuple[int, str, str]], holds: Callable[[str, bytes], bool]
) -> Iterator[int]:
    contents = dict(checkout.blobs(dict.fromkeys(blob for _, _, blob in written)))
    for number, path, blob in written:
        if holds(path, contents[blob]):
            yield number
