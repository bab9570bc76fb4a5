"""What documents were at the commit from which a line of work began, through renames."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from incidentdocs.errors import HistoryIncomplete, UsageError
from incidentdocs.history.line_changes import origins
from incidentdocs.history.repository import Checkout
from incidentdocs.history.working_tree import blob_id
from incidentdocs.markdown.source import lines_of
from incidentdocs.profiles.claims import may_be_document


class Earlier(NamedTuple):
    """A document as it was: its path and its content then."""

    path: str
    content: bytes


def branching_point(checkout: Checkout, name: str) -> str | None:
    """Return the commit from which the work since the commit called `name` began.

    It is the newest one that `HEAD` and that commit have in common; None where nothing is committed yet.
    UsageError for a name that is no commit's, and for a commit that has nothing in common with `HEAD`;
    HistoryIncomplete where a shallow clone has left it out.
    """
    try:
        revision = checkout.revision(name)
    except UsageError as error:
        if checkout.shallow:
            told = checkout.incomplete()
            raise HistoryIncomplete(f"{error.message}, and {told.message}", hint=told.hint) from error
        raise
    head = checkout.revision()
    if revision is None or head is None:
        return None
    base = checkout.merge_base(revision, head)
    if base is None:
        hint = "name a branch, a tag or a commit that this branch began from"
        raise UsageError(f"{name} and HEAD have no commit in common", hint=hint)
    return base


def earlier_versions(
    checkout: Checkout, tree: Mapping[str, str], now: Mapping[str, bytes], is_there: Callable[[str], bool]
) -> dict[str, Earlier]:
    """Return what the documents that `now` holds by git's paths were earlier, those that are not new.

    `tree` are the blobs of that commit by path. A document whose path is new is one that is gone from
    elsewhere where their texts are alike; `is_there` tells whether a path is on disk.
    """
    come = {path: _lines(content) for path, content in now.items() if path not in tree}
    left = {
        path: blob for path, blob in tree.items() if come and may_be_document(path) and not is_there(path)
    }
    changed = {
        path: tree[path]
        for path, content in now.items()
        if path in tree and blob_id(content, like=tree[path]) != tree[path]
    }
    contents = dict(checkout.blobs(dict.fromkeys((*changed.values(), *left.values()))))
    moved = origins({path: _lines(contents[blob]) for path, blob in left.items()}, come)
    return {
        **{path: Earlier(path, content) for path, content in now.items() if path in tree},
        **{path: Earlier(path, contents[blob]) for path, blob in changed.items()},
        **{path: Earlier(origin, contents[left[origin]]) for path, origin in moved.items()},
    }


def _lines(content: bytes) -> tuple[str, ...]:
    return lines_of(content.decode("utf-8", "replace"))
