"""How git is run: as its own process, by GitPython, with nothing that the user's surroundings ask of it."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from threading import Thread
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from incidentdocs.errors import IncidentdocsError

if TYPE_CHECKING:
    from git import Git

_INSTALLED = frozenset({"GIT_EXEC_PATH", "GIT_PYTHON_GIT_EXECUTABLE"})
"""They say where git is installed; any other GIT_* may speak of a repository."""


class GitFailed(IncidentdocsError):
    """Git is missing, or could not do what was asked; the message holds git's own words."""


class Answer(NamedTuple):
    """What a git process left: its exit status, what it printed, and what it complained of."""

    status: int
    printed: str
    complaint: str


class GitProcesses:
    """Git at the folder `root`, each command with the same `options` (`key=value`) and `environment`.

    `keeps` says which other GIT_* variables of the process's own environment are handed on.
    """

    def __init__(
        self,
        root: Path,
        *,
        options: Sequence[str],
        environment: Mapping[str, str],
        keeps: Callable[[str], bool] = lambda name: False,
    ) -> None:
        self._keeps = keeps
        self._environment = environment
        # As git's option: GitPython would expand a `$` in its own working folder.
        self._options = ["-C", str(root), *(part for option in options for part in ("-c", option))]
        with self._hidden():
            self._git = _git()

    def run(self, command: str, *arguments: str, **options: Any) -> str:
        """Return what a git command prints; GitFailed where it fails."""
        answer = self.ask(command, *arguments, **options)
        if answer.status:
            raise failure(command, answer.complaint or answer.printed)
        return answer.printed

    def ask(
        self,
        command: str,
        *arguments: str,
        istream: IO[bytes] | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return how a git command ended; `istream` is its standard input, `env` adds to its environment."""
        status, printed, complaint = self._execute(
            command,
            arguments,
            env=env,
            istream=istream,
            with_extended_output=True,
            with_exceptions=False,
        )
        return Answer(status, str(printed), str(complaint))

    @contextmanager
    def stream(self, command: str, *arguments: str, lines: Iterable[str] = ()) -> Iterator[IO[bytes]]:
        """Run a git command that reads `lines`, and give what it prints as it comes.

        GitFailed where it fails, told when all has been read. What is left unread is not waited for.
        """
        with TemporaryFile() as fed:
            # From a file: git may print before it has read everything, and both would wait for the other.
            fed.writelines(b"%b\n" % line.encode() for line in lines)
            fed.seek(0)
            process = self._execute(command, arguments, istream=fed, as_process=True)
        complaints = _Complaints(process.stderr)
        try:
            yield process.stdout
            if not process.stdout.read(1) and process.proc.wait():
                raise failure(command, complaints.text())
        finally:
            process.proc.kill()
            process.proc.wait()
            complaints.text()
            process.stdout.close()
            process.stderr.close()

    def _execute(self, command: str, arguments: Sequence[str], **options: Any) -> Any:
        from git import GitCommandNotFound

        options["env"] = {**self._environment, **(options.get("env") or {})}
        program = str(self._git.GIT_PYTHON_GIT_EXECUTABLE)
        called = [program, *self._options, command, *map(_argument, arguments)]
        with self._hidden():
            try:
                return self._git.execute(called, shell=False, **options)
            except GitCommandNotFound as error:
                raise _missing() from error

    @contextmanager
    def _hidden(self) -> Iterator[None]:
        """Keep from git which repository it is called in: a hook's variables would turn every command there.

        GitPython hands the whole environment on and can only add to it.
        """
        hidden = {name: value for name, value in os.environ.items() if self._hides(name)}
        for name in hidden:
            del os.environ[name]
        try:
            yield
        finally:
            os.environ.update(hidden)

    def _hides(self, name: str) -> bool:
        return name.startswith("GIT_") and name not in _INSTALLED and not self._keeps(name)


class _Complaints:
    """What a process writes to its standard error, read aside so that it never waits to be rid of it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._begin = b""
        self._thread = Thread(target=self._read, args=(stream,), daemon=True)
        self._thread.start()

    def text(self) -> str:
        self._thread.join()
        return self._begin.decode(errors="replace").strip()

    def _read(self, stream: IO[bytes]) -> None:
        while chunk := stream.read(_CHUNK):
            self._begin = (self._begin + chunk)[-_CHUNK:]


_CHUNK = 65_536


def failure(command: str, complaint: str) -> GitFailed:
    """Return the error that tells in git's words why `git <command>` failed."""
    return GitFailed(f"git {command}: {complaint.strip()}", hint="mend what git says and try again")


def _git() -> "Git":
    try:
        from git import Git
    except ImportError as error:  # GitPython looks for git when it is imported
        raise _missing() from error
    return Git()


def _missing() -> GitFailed:
    hint = "install git 2.28 or later from https://git-scm.com or your system's packages"
    return GitFailed("git was not found", hint=hint)


def _argument(text: str) -> str:
    """Return what is handed on, in any locale, as the bytes of `text`, some of which may be surrogates."""
    return os.fsdecode(text.encode(errors="surrogateescape"))
