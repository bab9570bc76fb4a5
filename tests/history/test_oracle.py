"""The fast way and the slow one tell the same of every commit of real, scripted and generated histories."""

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from incidentdocs.history.history import read_history
from incidentdocs.history.kept import kept_of
from incidentdocs.history.reading import Reader
from incidentdocs.history.repository import Checkout
from incidentdocs.history.values import History
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import BUILT_IN, built_in
from incidentdocs.workspace import open_workspace
from tests.history import oracle
from tests.history.generated import histories
from tests.history.repositories import Commit, build, git
from tests.history.scenario import SCENARIOS, commits, read_scenario

EXAMPLES = Path(__file__).parents[2] / "examples" / "profiles"
POSTHOG = """
name = { en = "Review" }
folders = ["."]

[[sections]]
id = "timeline"
title = { en = "Timeline" }
accept = ["Incident Timeline"]
required = false
contains = "timeline"

[[sections]]
id = "action-items"
title = { en = "Action items" }
accept = ["Follow-ups", "Next steps", "What we're doing about it", "Action Items and Follow-ups"]
required = false
contains = "action-items"
"""


def assert_agrees(root: Path, reader: Reader) -> int:
    """Compare the two ways at every commit of the chain of `HEAD`; return how many absences were judged."""
    checkout = Checkout.open(root)
    reader = reader._replace(process=reader.process._replace(today=date.max))
    walked = oracle.chain(root, git(root, "rev-parse", "HEAD").decode().strip())
    assert [commit.id for commit in checkout.chain(walked[-1])] == walked
    moments = [oracle.moment(root, commit, reader) for commit in walked]
    with TemporaryDirectory() as folder:
        # Each goes on from what is kept of the one before.
        told = [
            read_history(checkout, commit, reader, kept=kept_of(Path(folder), reader)) for commit in walked
        ]
    losses = oracle.losses(moments)
    openings = oracle.Openings(moments[0])
    judged = 0
    for index, (history, moment) in enumerate(zip(told, moments, strict=True)):
        absent = set(oracle.gone(losses[:index]))
        assert oracle.told_present(history) == oracle.present(moment), walked[index]
        assert _alive(history) == moment.items.keys(), walked[index]
        assert _published(history) >= moment.public, walked[index]
        assert oracle.told_gone(history) >= absent, walked[index]
        judged += len(absent)
        if index:
            openings.go_on(moment, index)
        opened = {key: walked[since] for key, since in openings.known.items() if key[0] in moment.items}
        assert oracle.told_openings(history).items() >= opened.items(), walked[index]
    assert_nothing_is_told_otherwise_later(told, moments, walked)
    return judged


def assert_nothing_is_told_otherwise_later(
    told: Sequence[History], moments: Sequence[oracle.Moment], walked: Sequence[str]
) -> None:
    """Commits that come later must not put other events before them.

    Unless one makes a document of a file that was none, or brings back what a draft had: these have a past
    that was not told before.
    """
    claimed = {path for moment in moments for path in moment.items}
    paths = {path for document in told[-1].documents for path in document.paths}
    if paths - claimed or any(moment.drafts for moment in moments):
        return
    for index, (history, commit) in enumerate(zip(told, walked, strict=True)):
        until_here = walked[: index + 1]
        at_last = oracle.told_events(told[-1], until_here)
        assert at_last <= oracle.told_events(history, until_here), commit


def _alive(history: History) -> set[str]:
    return {document.path for document in history.documents if document.alive}


def _published(history: History) -> set[str]:
    return {document.path for document in history.documents if document.published}


def agrees(commits: Sequence[Commit]) -> int:
    reader = Reader({kind: built_in(kind) for kind in BUILT_IN}, Process())
    with TemporaryDirectory() as folder:
        build(Path(folder), commits)
        return assert_agrees(Path(folder), reader)


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_scenarios(file: Path) -> None:
    agrees(list(commits(read_scenario(file))))


@settings(max_examples=25)
@given(histories())
def test_generated_histories(history: list[Commit]) -> None:
    agrees(history)


def test_absences_are_judged() -> None:
    files = [file for file in SCENARIOS if "delete" in file.stem]
    judged = {file.stem: agrees(list(commits(read_scenario(file)))) for file in files}
    assert judged == {"deleted-file": 3, "deleted-line": 3, "folder-deleted-and-restored": 3}


@pytest.mark.parametrize(
    ("name", "documents", "items"),
    [("dfds", 39, 127), ("mybinder", 23, 122), ("prometheus-runbooks", 108, 0), ("posthog", 7, 7)],
)
def test_real_histories(corpora: Path, tmp_path: Path, name: str, documents: int, items: int) -> None:
    root, reader = corpora / name, reader_of(name, tmp_path)
    last = oracle.moment(root, "HEAD", reader)
    assert (len(last.items), sum(map(len, last.items.values()))) == (documents, items)
    assert_agrees(root, reader)


def reader_of(name: str, folder: Path) -> Reader:
    """Return how a corpus is read: as its example says, laid in a `folder` of its own."""
    profiles = folder / ".incidentdocs" / "profiles"
    if name == "posthog":
        (profiles / "review").mkdir(parents=True)
        (profiles / "review" / "profile.toml").write_text(POSTHOG, encoding="utf-8")
    else:
        shutil.copytree(EXAMPLES / name, folder, dirs_exist_ok=True)
    workspace = open_workspace(folder)
    return Reader(workspace.profiles, workspace.process)
