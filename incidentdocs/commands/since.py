"""`lint --since REV`: of the findings, those that what has changed since answers for."""

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from incidentdocs.commands.linting import Asked, lint_by_place
from incidentdocs.commands.past import git_path
from incidentdocs.documents.document import Document, read_document
from incidentdocs.history.line_changes import LineChanges, line_changes
from incidentdocs.history.paths import shown
from incidentdocs.history.repository import Checkout
from incidentdocs.history.since import Earlier, branching_point, earlier_versions
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.source import parse
from incidentdocs.rules import REPOSITORY_RULES
from incidentdocs.workspace import LARGEST_DOCUMENT, File, Workspace, decoded

_Key = tuple[str, str, str]
"""What makes a finding the same in two versions of a document: its rule, what it says, and its line."""


@dataclass(frozen=True)
class Since:
    """What there was at the commit from which the work since a revision began."""

    workspace: Workspace
    checkout: Checkout
    tree: dict[str, str]

    def told(self, findings: Sequence[Finding], files: Sequence[File], asked: Asked) -> tuple[Finding, ...]:
        """Return those of the `findings`, ordered by path, that what has changed in `files` answers for.

        That are the findings of a document that is new, or gone since; those on a changed line, and those on
        the heading of a section in which a line was changed or removed; and those that the document did not
        have before, when it was `asked` the same.
        """
        contents = {file.path: self.workspace.content(file) for file in files}
        now = {git_path(self.workspace, file): contents[file.path] or _bytes(file) for file in files}
        earlier = earlier_versions(self.checkout, self.tree, now, self._is_there)
        before = {file.path: earlier.get(git_path(self.workspace, file)) for file in files}
        by_path = {file.path: file for file in files}
        gone = {shown(path) for path in self.tree} - {*by_path}
        kept: list[Finding] = []
        for path, group in groupby(findings, key=lambda finding: finding.path):
            of_document, was = list(group), before.get(path)
            if path not in by_path:
                kept += of_document if path in gone else ()
            elif was is None:
                kept += of_document
            elif contents[path] is None:  # such as one that is not UTF-8, perhaps since long ago
                kept += of_document if was.content != _bytes(by_path[path]) else ()
            else:
                kept += self._of_document(of_document, by_path[path], was, asked)
        return tuple(kept)

    def _is_there(self, path: str) -> bool:
        return os.path.lexists(self.workspace.root / path)

    def _of_document(
        self, findings: Sequence[Finding], file: File, was: Earlier, asked: Asked
    ) -> Iterator[Finding]:
        document = self.workspace.read(file)
        text, problems = decoded(was.content)
        profile, process = self.workspace.profiles[file.kind], self.workspace.process
        before = read_document(shown(was.path), parse(text), profile, process, problems)
        changes = line_changes(before.source.lines, document.source.lines)
        if changes or before.path != document.path:
            known = Counter(_key(finding, before) for finding in lint_by_place([before], asked, {}).findings)
            yield from answered_for(findings, document, changes, known)


def _bytes(file: File) -> bytes:
    """Return what is in a file that is no text; nothing where it is too large or cannot be read."""
    try:
        plain = file.place.is_file() and not file.place.is_symlink()
        small = plain and file.place.stat().st_size <= LARGEST_DOCUMENT
        return file.place.read_bytes() if small else b""
    except OSError:
        return b""


def answered_for(
    findings: Sequence[Finding], document: Document, changes: LineChanges, known: Counter[_Key]
) -> Iterator[Finding]:
    """Yield those of a document's `findings` that `changes` answer for; the `known` ones it had before."""
    sections = {section.heading.first: section.last for section in document.sections}
    first_lines = (1, document.title_span().line)
    left = Counter(known)
    for finding in findings:
        if _is_touched(finding, sections, changes):
            yield finding
        elif finding.rule in REPOSITORY_RULES:  # which no earlier version of one document answers
            if changes and finding.span.line in first_lines:
                yield finding
        elif left[key := _key(finding, document)]:
            left[key] -= 1
        else:
            yield finding


def _is_touched(finding: Finding, sections: dict[int, int], changes: LineChanges) -> bool:
    line, span = finding.span.line, finding.span
    end = span.end_line if span.end_column > 1 else max(line, span.end_line - 1)
    return changes.touch(line, end) or (line in sections and changes.touch_part(line, sections[line]))


def _key(finding: Finding, document: Document) -> _Key:
    lines, line = document.source.lines, finding.span.line
    written = lines[line - 1] if line <= len(lines) else ""
    return finding.rule, _line_number().sub("line", finding.message), written


@cache
def _line_number() -> re.Pattern[str]:
    return re.compile(r"\bline \d+")


def since_of(workspace: Workspace, name: str) -> Since:
    """Return what there was at the commit from which the work since the revision `name` began.

    UsageError outside git and for what is no revision, HistoryIncomplete where a clone has left it out.
    """
    checkout = Checkout.open(workspace.root)
    base = branching_point(checkout, name)
    return Since(workspace, checkout, checkout.tree(base, ()) if base else {})
