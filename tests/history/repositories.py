"""Real repositories, made in one go from commits that are values."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple


class Commit(NamedTuple):
    """A commit: its parents by name, and all the files that it holds. `committed` is aware."""

    name: str
    parents: tuple[str, ...]
    files: Mapping[str, bytes]
    committed: datetime
    message: str
    author: str = "Ada"
    authored: datetime | None = None


def git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Return what git prints, whatever the variables and settings around say."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-c", "core.ignoreCase=false", "-c", "core.quotePath=false", *arguments]
    ran = subprocess.run(command, cwd=folder, env=environment, input=given, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode(errors="replace")
    return ran.stdout


def build(root: Path, commits: Sequence[Commit]) -> dict[str, str]:
    """Make a repository whose `main` is the last of `commits`; return the commits' ids by name."""
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "--quiet", "--template=", "--initial-branch=main")
    marks = {commit.name: number for number, commit in enumerate(commits, start=1)}
    stream = b"".join(_commit(commit, marks) for commit in commits)
    stream += b"reset refs/heads/main\nfrom :%d\n" % len(commits)
    git(root, "fast-import", "--quiet", "--force", "--export-marks=.git/marks", given=stream)
    ids = dict(line.split() for line in (root / ".git/marks").read_text().splitlines())
    return {name: ids[f":{mark}"] for name, mark in marks.items()}


def _commit(commit: Commit, marks: Mapping[str, int]) -> bytes:
    lines = [b"reset refs/heads/main", b"commit refs/heads/main", b"mark :%d" % marks[commit.name]]
    lines.append(_signature("author", commit.author, commit.authored or commit.committed))
    lines.append(_signature("committer", commit.author, commit.committed))
    lines.append(_data(commit.message.encode()))
    words = (b"from", *[b"merge"] * len(commit.parents[1:]))
    lines += (b"%s :%d" % (word, marks[name]) for word, name in zip(words, commit.parents, strict=False))
    lines.append(b"deleteall")
    for path, content in commit.files.items():
        lines += (b"M 100644 inline %s" % path.encode(), _data(content))
    return b"\n".join(lines) + b"\n\n"


def _signature(role: str, name: str, when: datetime) -> bytes:
    return f"{role} {name} <{name.lower()}@cabas.example> {int(when.timestamp())} {when:%z}".encode()


def _data(content: bytes) -> bytes:
    return b"data %d\n%s" % (len(content), content)
