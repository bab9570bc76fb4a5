"""Generated histories: post-mortems edited, renamed, copied, deleted, merged and reverted as it comes."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from hypothesis import strategies as st

from tests.history.repositories import Commit

PATHS = (
    "docs/post-mortems/2026-03-30-pay.md",
    "docs/post-mortems/2026-03-30-Pay.md",
    "docs/post-mortems/2026-03-30-pay.markdown",
    "docs/post-mortems/2026/2026-04-02-mail.md",
    "docs/post-mortems/2026-04-02-mail.md",
    "shop/docs/post-mortems/2026-04-02-mél.md",
    "docs/post-mortems/2026-04-02-mail.txt",
    "notes/2026-04-02-mail.md",
)
"""The last two are no documents."""

TEXTS = (
    "raise the limit of the pool",
    "raise the limit of the other pool",
    "write the runbook for a full disk",
    "write the runbook",
    "alert before the queue is full",
    "ask the bank for a second line",
    "rotate the keys of the mail server every month",
)
OWNERS = ("@dev", "@ops", "@oncall")
DUES = ("2026-04-10", "2026-04-20", "2026-05-05", "2025-04-10", "soon")
TICKS = (" ", "x", " ")
ENDS = ("", ", ref #12", ", won't do: it is gone")
HOURS = (1, 5, 30, 200, -60, 90_000)
"""How long after the one before it a commit is made; some clocks go wrong."""


class Item(NamedTuple):
    number: int
    text: int
    owner: int = 0
    due: int = 0
    end: int = 0
    """Whether it is open, done or abandoned."""

    def line(self) -> str:
        fields = f"owner {OWNERS[self.owner]}, due {DUES[self.due]}{ENDS[self.end]}"
        return f"- [{TICKS[self.end]}] AI {self.number}: {TEXTS[self.text]} ({fields})"


class Document(NamedTuple):
    about: int
    items: tuple[Item, ...]
    draft: bool = False
    edits: int = 0
    crlf: bool = False

    def content(self) -> bytes:
        lines = ["---", "status: draft" if self.draft else "status: final", "---"]
        lines += [f"# Post-mortem: outage {self.about}", "", "## Root cause"]
        lines += [f"Cable {n * self.about} broke in part {n} of outage {self.about}." for n in range(9)]
        lines += [f"Seen later, for the {n}th time." for n in range(self.edits)]
        lines += ["", "## Action items", *(item.line() for item in self.items), ""]
        return ("\r\n" if self.crlf else "\n").join(lines).encode()


Files = Mapping[str, Document]


class Change(NamedTuple):
    """What is done to a repository's files; the numbers choose, as far as there is a choice."""

    kind: str
    which: int
    one: int
    other: int


class Part(NamedTuple):
    """How commits join the chain: `here` is done on the main line, `there` on a side, `keeps` resolves."""

    mode: str
    here: tuple[Change, ...]
    there: tuple[Change, ...]
    keeps: int
    hours: int


IN_AN_ITEM = ("tick", "slip", "reassign", "reword", "renumber", "remove-item", "reorder", "move-item")
OF_A_DOCUMENT = ("add-item", "edit", "draft", "line-ends", "rename", "copy", "delete", "add")
MODES = ("commit", "commit", "commit", "merge", "pull", "squash", "fast-forward", "revert", "restore")

_choices = st.integers(0, 7)
_changes = st.builds(Change, st.sampled_from(IN_AN_ITEM + OF_A_DOCUMENT), _choices, _choices, _choices)
_some_changes = st.lists(_changes, min_size=1, max_size=3).map(tuple)
_hours = st.integers(0, len(HOURS) - 1)
_parts = st.builds(Part, st.sampled_from(MODES), _some_changes, _some_changes, st.integers(0, 2), _hours)


def histories() -> st.SearchStrategy[list[Commit]]:
    """Return the strategy of lists of commits, the last one being the tip of the main line."""
    return st.lists(_parts, min_size=1, max_size=6).map(lambda parts: _Writer().written(parts))


class _Writer:
    """Writes the commits; `tip` is the last one of the main line."""

    def __init__(self) -> None:
        self._commits: list[Commit] = []
        self._files: dict[str, Files] = {}
        self._now = datetime(2026, 4, 1, 9, tzinfo=UTC)
        self._step = timedelta(hours=1)
        self._line = [self._commit("Begin", (), {})]
        items = (Item(1, 0), Item(2, 2, due=1), Item(3, 4, end=1))
        two = {PATHS[0]: Document(1, items), PATHS[4]: Document(2, (Item(1, 5, 1, 2),))}
        self._land("Two post-mortems", two)

    def written(self, parts: Sequence[Part]) -> list[Commit]:
        for part in parts:
            self._step = timedelta(hours=HOURS[part.hours])
            self._join(part)
        return self._commits

    def _join(self, part: Part) -> None:
        here = self._files[self._line[-1]]
        match part.mode:
            case "commit":
                self._land("Change", changed(here, part.here))
            case "fast-forward":
                for change in part.there:
                    self._land("Change", changed(self._files[self._line[-1]], (change,)))
            case "revert":
                self._land('Revert "Change"', self._files[self._line[-2]])
            case "restore":
                self._land("As it was", self._files[self._line[part.keeps % len(self._line)]])
            case _:
                self._branch(part, here)

    def _branch(self, part: Part, base: Files) -> None:
        side = self._line[-1]
        for change in part.there:
            side = self._commit("There", (side,), changed(self._files[side], (change,)))
        theirs = self._files[side]
        if part.mode == "squash":
            self._land("Change (#12)", theirs)
            return
        self._land("Here", changed(base, part.here))
        main, ours = self._line[-1], self._files[self._line[-1]]
        files = (resolved(base, ours, theirs), ours, theirs)[part.keeps]
        if part.mode == "merge":
            self._line.append(self._commit("Merge branch 'side'", (main, side), files))
        else:
            self._line.append(self._commit("Merge branch 'main' into side", (side, main), files))

    def _land(self, subject: str, files: Files) -> None:
        self._line.append(self._commit(subject, (self._line[-1],), files))

    def _commit(self, subject: str, parents: tuple[str, ...], files: Files) -> str:
        name = str(len(self._commits))
        contents = {path: document.content() for path, document in files.items()}
        self._commits.append(Commit(name, parents, {"README.md": b"Ours.\n"} | contents, self._now, subject))
        self._files[name] = files
        self._now += self._step
        return name


def resolved(base: Files, ours: Files, theirs: Files) -> Files:
    """Return the files of both sides of a merge; where both changed one, theirs are taken."""
    kept = {path: document for path, document in ours.items() if path in theirs or path not in base}
    return kept | {path: document for path, document in theirs.items() if base.get(path) != document}


def changed(files: Files, changes: Sequence[Change]) -> Files:
    """Return the files with the changes made, less those that there is nothing to make of."""
    for change in changes:
        done = dict(files)
        _change(done, change)
        files = done
    return files


def _change(files: dict[str, Document], change: Change) -> None:
    if change.kind == "add":
        files.setdefault(PATHS[change.which], Document(3 + change.one, (Item(1, change.other % len(TEXTS)),)))
    elif files:
        path = sorted(files)[change.which % len(files)]
        if change.kind in OF_A_DOCUMENT:
            _change_document(files, path, change)
        elif files[path].items:
            _change_items(files, path, change)


def _change_document(files: dict[str, Document], path: str, change: Change) -> None:
    document = files[path]
    match change.kind:
        case "add-item":
            number = max((item.number for item in document.items), default=0) + 1
            item = Item(number, change.one % len(TEXTS), change.other % len(OWNERS))
            files[path] = document._replace(items=(*document.items, item))
        case "edit":
            files[path] = document._replace(edits=change.one)
        case "draft":
            files[path] = document._replace(draft=not document.draft)
        case "line-ends":
            files[path] = document._replace(crlf=not document.crlf)
        case "rename" if PATHS[change.one] not in files:
            files[PATHS[change.one]] = files.pop(path)
        case "copy":
            files.setdefault(PATHS[change.one], document._replace(edits=change.other))
        case "delete":
            del files[path]


def _change_items(files: dict[str, Document], path: str, change: Change) -> None:
    document = files[path]
    items = list(document.items)
    place = change.one % len(items)
    item = items[place]
    match change.kind:
        case "tick":
            items[place] = item._replace(end=change.other % len(ENDS))
        case "slip":
            items[place] = item._replace(due=change.other % len(DUES))
        case "reassign":
            items[place] = item._replace(owner=change.other % len(OWNERS))
        case "reword":
            items[place] = item._replace(text=change.other % len(TEXTS))
        case "renumber":
            items = [other._replace(number=n + change.other) for n, other in enumerate(items, start=1)]
        case "remove-item":
            del items[place]
        case "reorder":
            items = items[place:] + items[:place]
        case "move-item":
            del items[place]
            there = sorted(files)[change.other % len(files)]
            if there != path:
                files[there] = files[there]._replace(items=(*files[there].items, item))
    files[path] = document._replace(items=tuple(items))
