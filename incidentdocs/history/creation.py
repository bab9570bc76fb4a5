"""A new repository is made, commit by commit, the same on every machine."""

import os
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

from incidentdocs.history.git_process import GitProcesses

_WRITING = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
}

_WRITING_OPTIONS = (
    f"core.hooksPath={os.devnull}",
    f"core.excludesFile={os.devnull}",
    f"core.attributesFile={os.devnull}",
    "core.autocrlf=false",
    "core.fsmonitor=false",
    "commit.gpgSign=false",
    "init.templateDir=",
    "gc.auto=0",
    # A folder that a container mounts may belong to somebody else than the one who fills it.
    "safe.directory=*",
)


class Signature(NamedTuple):
    """Who made a commit, and when: `when` knows its offset from UTC."""

    name: str
    email: str
    when: datetime


class Repository:
    """The git repository whose working tree is the folder `root`."""

    def __init__(self, root: Path) -> None:
        self._git = GitProcesses(root, options=_WRITING_OPTIONS, environment=_WRITING)

    @classmethod
    def create(cls, root: Path) -> "Repository":
        """Make an empty repository with the branch `main` in the folder `root`, made where it is absent.

        It holds nothing of the user's templates or hooks. GitFailed where git is missing or refuses.
        """
        repository = cls(root)  # a missing git is told before a folder is made
        root.mkdir(parents=True, exist_ok=True)
        repository._git.run("init", "--template=", "--initial-branch=main", "--object-format=sha1")
        return repository

    def commit_all(self, message: str, *, author: Signature, committer: Signature) -> str:
        """Commit the working tree as it is, ignored files too, and return the commit's id.

        The same files, message and signatures on the same parent give the same id on every machine.
        GitFailed where nothing has changed; ValueError for a date without an offset.
        """
        signed = {**_signed("AUTHOR", author), **_signed("COMMITTER", committer)}
        self._git.run("add", "--all", "--force")
        with TemporaryFile() as text:
            # Through a file: an argument would be encoded as the user's locale has it.
            text.write(message.encode())
            text.seek(0)
            self._git.run("commit", "--no-verify", "--file=-", istream=text, env=signed)
        return self._git.run("rev-parse", "HEAD")


def _signed(role: str, signature: Signature) -> dict[str, str]:
    if signature.when.utcoffset() is None:
        raise ValueError(f"{signature.when} has no offset from UTC")
    return {
        f"GIT_{role}_NAME": signature.name,
        f"GIT_{role}_EMAIL": signature.email,
        f"GIT_{role}_DATE": signature.when.isoformat(timespec="seconds"),
    }
