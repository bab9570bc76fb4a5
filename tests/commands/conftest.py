"""A real repository that the tests of commands commit to, and the real program run in it."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from incidentdocs.history.creation import Repository, Signature


class Committed:
    """A git repository whose commits are made on days that a test says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._repository = Repository.create(root)

    def write(self, name: str, text: str) -> None:
        """Write a file into the working tree; `name` is relative to the root."""
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")

    def commit(self, day: str, message: str = "Work", author: str = "Dev") -> str:
        """Commit the working tree at noon of a day, and return the commit's id."""
        who = Signature(author, "dev@cabas.example", datetime.fromisoformat(f"{day}T12:00:00+00:00"))
        return self._repository.commit_all(message, author=who, committer=who)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the program in the repository, in a process of its own."""
        return run_in(self.root, *arguments)


def run_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program in `folder`, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "incidentdocs", *arguments],
        cwd=folder,
        env=os.environ | {"NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.fixture
def committed(tmp_path: Path) -> Committed:
    """An empty repository."""
    return Committed(tmp_path / "repository")
