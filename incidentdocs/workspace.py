"""A repository, its configuration and its profiles become the documents that rules and reports ask about."""

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from incidentdocs import clock
from incidentdocs.config import CONFIG_FILE, PYPROJECT, Config
from incidentdocs.config.process import process_of
from incidentdocs.documents.document import Document, read_document
from incidentdocs.documents.titles import fold
from incidentdocs.errors import IncidentdocsError, UsageError
from incidentdocs.library.library import Library
from incidentdocs.markdown.blocks import Heading
from incidentdocs.markdown.places import Problem, Span
from incidentdocs.markdown.source import Source, parse
from incidentdocs.own_settings import (
    PROFILES,
    config_of,
    find_root,
    is_config,
    profile_path,
    profile_texts,
    profiles_of,
    settings_text,
)
from incidentdocs.process.process import Process
from incidentdocs.profiles.claims import (
    claiming,
    is_folder_page,
    is_passed_over,
    matches_any,
    may_be_document,
)
from incidentdocs.profiles.loading import LANGUAGES, built_in_template, lineage
from incidentdocs.profiles.profile import Profile
from incidentdocs.profiles.roles import kinds_of
from incidentdocs.settings.mistakes import SettingsFile
from incidentdocs.settings.toml import decode_toml, parse_toml

if TYPE_CHECKING:
    from incidentdocs.history.kept import Kept
    from incidentdocs.history.repository import Checkout

LARGEST_DOCUMENT = 1_000_000
"""Bytes: a book. A person reads none that is larger; what is has swallowed a log or a database."""

NEVER_ENTERED = frozenset({"node_modules", "__pycache__"})
"""Folders that hold other people's files. Hidden folders and nested repositories are not entered either."""


class File(NamedTuple):
    """A file that a profile claims: its path relative to the root, where it lies, and the profile's kind.

    `given` is what it is to be read as, None where that is what lies there.
    """

    path: str
    place: Path
    kind: str
    given: bytes | None = None


class TextFile(NamedTuple):
    """A file that may be a document, whether or not a profile claims it: its path and what it holds."""

    path: str
    source: Source


class Selection(NamedTuple):
    """The files, by path, that some paths name, and those among them that no profile claims.

    `unread` are Markdown files in the documents' folders that are not taken for documents.
    """

    files: tuple[File, ...]
    unclaimed: tuple[str, ...]
    unread: tuple[str, ...] = ()


class Workspace(NamedTuple):
    """A repository's root folder with its configuration, its profiles and the process that they follow."""

    root: Path
    config: Config
    profiles: Mapping[str, Profile]
    process: Process

    def library(self) -> Library:
        """Return every document of the repository."""
        return Library(tuple(map(self.read, self.select(()).files)), self.process)

    def select(self, paths: Sequence[Path]) -> Selection:
        """Return the files at or below `paths`, of the whole repository where there are none.

        UsageError for a path that does not exist or lies outside the repository.
        """
        files: dict[str, File] = {}
        unclaimed, unread = [], []
        for path in paths or [self.root]:
            for place in self._places(self._inside(path)):
                relative = self._relative(place)
                if profile := claiming(relative, self.profiles.values(), self.config.exclude):
                    files[relative] = File(relative, place, profile.kind)
                elif not path.is_dir():
                    unclaimed.append(relative)
                elif is_passed_over(relative, self.profiles.values(), self.config.exclude):
                    unread.append(relative)
        found = tuple(files[path] for path in sorted(files))
        return Selection(found, tuple(unclaimed), tuple(dict.fromkeys(unread)))

    def given(self, path: Path, content: bytes) -> Selection:
        """Return the file at `path`, which need not exist, as if it held `content`.

        UsageError where it lies outside the repository.
        """
        place = self._within(path)
        relative = self._relative(place)
        profile = claiming(relative, self.profiles.values(), self.config.exclude)
        if profile is None:
            return Selection((), (relative,))
        return Selection((File(relative, place, profile.kind, content),), ())

    def texts(self, paths: Sequence[Path]) -> Iterator[TextFile]:
        """Yield every Markdown file at or below `paths` that may be a document, by path.

        Templates, indexes and what the configuration excludes are none. A file without an extension is one
        where it begins with a heading. UsageError as `select` raises it.
        """
        found = {self._relative(place): place for path in paths for place in self._places(self._inside(path))}
        for relative in sorted(found):
            if may_be_document(relative) and not matches_any(relative, self.config.exclude):
                text, problems = _text_of(found[relative], self.root)
                source = parse(text)
                headings = [block for block in source.blocks if isinstance(block, Heading)]
                named = "." in found[relative].name
                if not problems and (named or (len(headings) > 1 and source.blocks[0] == headings[0])):
                    yield TextFile(relative, source)

    def folder_pages(self) -> Iterator[tuple[str, bytes]]:
        """Yield the path and content of each page that stands for a folder, a README or an index, by path.

        What the configuration excludes is left out, and what is no regular file inside the repository or is
        larger than any document.
        """
        for place in self._places(self.root):
            path = self._relative(place)
            if is_folder_page(path) and not matches_any(path, self.config.exclude):
                content = _content_of(place, self.root)
                if not isinstance(content, Problem):
                    yield path, content

    def read(self, file: File) -> Document:
        """Return the document in `file`; what kept it from being read is among its problems."""
        text, problems = _text_in(file.given) if file.given is not None else _text_of(file.place, self.root)
        return read_document(file.path, parse(text), self.profiles[file.kind], self.process, problems)

    def content(self, file: File) -> bytes | None:
        """Return what is in `file`, None where it cannot be read as text."""
        if file.given is not None:
            return None if _text_in(file.given)[1] else file.given
        _, problems = _text_of(file.place, self.root)
        return None if problems else file.place.read_bytes()

    def template(self, kind: str, language: str) -> tuple[str, str]:
        """Return the path, for messages, and the text of the template of `kind` in `language`.

        It is the nearest one: the profile's own, or that of a profile that it extends.
        """
        texts = profile_texts(self.root)
        tables = {kind: parse_toml(text, path=profile_path(kind)) for kind, text in texts.items()}
        name = f"template.{language}.md.j2"
        for origin in lineage(kind, tables, SettingsFile(profile_path(kind), texts.get(kind, ""))):
            own = self.root / PROFILES / origin.kind / name
            if origin.built_in:
                return name, built_in_template(origin.kind, language)
            if own.is_file():
                path = f"{PROFILES}/{origin.kind}/{name}"
                return path, settings_text(own, path)
        raise UsageError(
            f"the kind {kind} has no template in the language {language}",
            hint=f"write one at {PROFILES}/{kind}/{name}",
        )

    def boilerplate(self) -> frozenset[str]:
        """Return the lines, folded, of the templates of documents about incidents."""
        kinds = kinds_of(self.profiles.values(), "post-mortem", "incident")
        lines: set[str] = set()
        for kind in sorted(kinds):
            for language in LANGUAGES:
                with suppress(IncidentdocsError):  # a kind of the team's own need not have a template
                    lines.update(map(fold, self.template(kind, language)[1].splitlines()))
        return frozenset(lines - {""})

    def profiles_at(self, checkout: "Checkout", revision: str) -> dict[str, Profile]:
        """Return the profiles that the repository had at `revision`; ConfigError for what cannot be used."""
        tree = checkout.tree(revision, [f":(top,glob){PROFILES}/*/profile.toml"])
        contents = dict(checkout.blobs(dict.fromkeys(tree.values())))
        return profiles_of(
            {
                path.split("/")[-2]: decode_toml(contents[blob], path=f"{revision[:7]}:{path}")
                for path, blob in tree.items()
            },
            self.config,
        )

    def judged_since(self, checkout: "Checkout", revision: str, kept: "Kept | None") -> date | None:
        """Return the first day of incidents whose publication is judged.

        That is the configured one, else the day on which a configuration first landed; None where none has.
        What `kept` tells of an earlier reading is not read again.
        """
        if self.config.history.since:
            return self.config.history.since
        from incidentdocs.history.adoption import Sought, adopted

        sought = Sought((CONFIG_FILE, PYPROJECT), is_config)
        return adopted(checkout, revision, self.process.zone, sought, kept)

    def relative(self, path: Path) -> str:
        """Return `path`, which need not exist, as documents are named: from the root, with forward slashes.

        UsageError where it lies outside the repository.
        """
        return self._relative(self._within(path))

    def _inside(self, path: Path) -> Path:
        if not os.path.lexists(path):
            raise UsageError(f"{path}: no such file or folder", hint="check the spelling of the path")
        return self._within(path)

    def _within(self, path: Path) -> Path:
        # The last name is kept as it is: whether it is a link is the document's question.
        place = path.parent.resolve() / path.name if path.name not in ("", "..") else path.resolve()
        if not place.is_relative_to(self.root):
            raise UsageError(
                f"{path} lies outside the repository {self.root}",
                hint="run incidentdocs inside the repository that holds it",
            )
        return place

    def _relative(self, path: Path) -> str:
        relative = path.relative_to(self.root).as_posix()
        return os.fsencode(relative).decode("utf-8", "backslashreplace")

    def _places(self, path: Path) -> Iterator[Path]:
        if not path.is_dir() or path.is_symlink():
            yield path
            return
        for folder, subfolders, names in os.walk(path):
            subfolders[:] = sorted(name for name in subfolders if _is_entered(Path(folder, name)))
            yield from (Path(folder, name) for name in sorted(names))


def _is_entered(folder: Path) -> bool:
    name = folder.name
    return not (name.startswith(".") or name in NEVER_ENTERED or (folder / ".git").exists())


def _text_of(file: Path, root: Path) -> tuple[str, tuple[Problem, ...]]:
    """Return a file's text, and what kept it from being read: then the text is empty or has gaps."""
    content = _content_of(file, root)
    return ("", (content,)) if isinstance(content, Problem) else decoded(content)


def _content_of(file: Path, root: Path) -> bytes | Problem:
    """Return what a file holds, or what keeps it from being read."""
    try:
        if not file.resolve().is_relative_to(root):
            return _problem("the link leads outside the repository", "put the document itself here")
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            return _problem("this is no regular file", "put a Markdown file here")
        if status.st_size > LARGEST_DOCUMENT:
            return _too_large(f"the file has {status.st_size:,} bytes")
        return file.read_bytes()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "the link leads round in a circle"
        return _problem(f"the file cannot be read: {reason}", "mend the file or its permissions")


def _text_in(content: bytes) -> tuple[str, tuple[Problem, ...]]:
    if len(content) > LARGEST_DOCUMENT:
        return "", (_too_large(f"the text has more than {LARGEST_DOCUMENT:,} bytes"),)
    return decoded(content)


def _too_large(told: str) -> Problem:
    return _problem(
        f"{told}, too many to be a document", "move logs and data out of the document and link to them"
    )


def decoded(content: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a file's content, and what is no text in it."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_binary(content):
            hint = "name a file that holds text, or save this one as UTF-8"
            return "", (_problem("the text is not UTF-8, or no text at all", hint),)
        line = content.count(b"\n", 0, error.start) + 1
        hint = "save the file as UTF-8"
        return content.decode("utf-8", "replace"), (_problem("the text is not UTF-8", hint, line),)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return text, (_problem("the text holds a NUL character", "remove it: it is no text", line),)
    return text, ()


def _is_binary(content: bytes) -> bool:
    """Return whether what is not UTF-8 holds what no text does, early on: nobody wants to see that."""
    return any(byte < 9 or 13 < byte < 27 for byte in content[:1000])


def _problem(message: str, hint: str, line: int = 1) -> Problem:
    return Problem(Span(line, 1, line, 1), message, hint)


def open_workspace(start: Path, config: Path | None = None, *, as_of: date | None = None) -> Workspace:
    """Return the workspace of the repository that holds `start`, with `as_of` (default: today) as today.

    ConfigError for a configuration or profile that cannot be used.
    """
    root = find_root(start)
    settings = config_of(root, config)
    process = process_of(settings, as_of or clock.today(clock.zone(settings.timezone)))
    return Workspace(root, settings, profiles_of(profile_texts(root), settings), process)
