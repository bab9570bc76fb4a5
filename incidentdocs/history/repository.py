"""The one door to git: a repository is made and committed to, whatever the user's git is set up to do."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, NamedTuple

from incidentdocs.errors import IncidentdocsError

if TYPE_CHECKING:
    from git import Git

_KEPT = frozenset({"GIT_EXEC_PATH", "GIT_PYTHON_GIT_EXECUTABLE"})
"""They say where git is installed; any other GIT_* may speak of a repository."""

_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
}

_OPTIONS = (
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


class GitFailed(IncidentdocsError):
    """Git is missing, or could not do what was asked; the message holds git's own words."""


class Signature(NamedTuple):
    """Who made a commit, and when: `when` knows its offset from UTC."""

    name: str
    email: str
    when: datetime


class Repository:
    """The git repository whose working tree is the folder `root`."""

    def __init__(self, root: Path) -> None:
        self._git = _git(root)

    @classmethod
    def create(cls, root: Path) -> "Repository":
        """Make an empty repository with the branch `main` in the folder `root`, made where it is absent.

        It holds nothing of the user's templates or hooks. GitFailed where git is missing or refuses.
        """
        repository = cls(root)  # a missing git is told before a folder is made
        root.mkdir(parents=True, exist_ok=True)
        repository._run("init", "--template=", "--initial-branch=main", "--object-format=sha1")
        return repository

    def commit_all(self, message: str, *, author: Signature, committer: Signature) -> str:
        """Commit the working tree as it is, ignored files too, and return the commit's id.

        The same files, message and signatures on the same parent give the same id on every machine.
        GitFailed where nothing has changed; ValueError for a date without an offset.
        """
        signed = {**_signed("AUTHOR", author), **_signed("COMMITTER", committer)}
        self._run("add", "--all", "--force")
        with TemporaryFile() as text:
            # Through a file: an argument would be encoded as the user's locale has it.
            text.write(message.encode())
            text.seek(0)
            self._run("commit", "--no-verify", "--file=-", istream=text, env=signed)
        return self._run("rev-parse", "HEAD")

    def _run(self, command: str, *arguments: str, **options: Any) -> str:
        """Return what a git command prints; `options` are those of GitPython's `Git.execute`."""
        call = getattr(self._git, command)
        with _without_git_variables():
            status, printed, complaint = call(
                *arguments, with_extended_output=True, with_exceptions=False, **options
            )
        if status:
            raise GitFailed(f"git {command}: {complaint or printed}", hint="mend what git says and try again")
        return str(printed)


def _git(root: Path) -> "Git":
    with _without_git_variables():
        try:
            from git import Git
        except ImportError as error:  # GitPython looks for git when it is imported
            raise _missing() from error
    git = Git()
    git.update_environment(**_ENVIRONMENT)
    # As git's option: GitPython would expand a `$` in its own working folder.
    git.set_persistent_git_options(C=str(root), c=list(_OPTIONS))
    return git


def _missing() -> GitFailed:
    hint = "install git 2.28 or later from https://git-scm.com or your system's packages"
    return GitFailed("git was not found", hint=hint)


def _signed(role: str, signature: Signature) -> dict[str, str]:
    if signature.when.utcoffset() is None:
        raise ValueError(f"{signature.when} has no offset from UTC")
    return {
        f"GIT_{role}_NAME": signature.name,
        f"GIT_{role}_EMAIL": signature.email,
        f"GIT_{role}_DATE": signature.when.isoformat(timespec="seconds"),
    }


@contextmanager
def _without_git_variables() -> Iterator[None]:
    """Keep from git which repository it is called in: a hook's variables would turn every command there.

    GitPython hands the whole environment on and can only add to it.
    """
    hidden = {name: value for name, value in os.environ.items() if _speaks_of_a_repository(name)}
    for name in hidden:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(hidden)


def _speaks_of_a_repository(name: str) -> bool:
    return name.startswith("GIT_") and name not in _KEPT
