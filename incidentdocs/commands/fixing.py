"""`lint --fix` and `lint --diff`: what the program can mend in documents is written, or shown."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import click

from incidentdocs.commands.choosing import Choice
from incidentdocs.commands.linting import found_alone
from incidentdocs.documents.document import Document, read_document
from incidentdocs.editing.writing import replace
from incidentdocs.errors import IncidentdocsError, UsageError
from incidentdocs.library.baseline import Known, known_as
from incidentdocs.library.finding import Finding
from incidentdocs.library.fingerprints import outline, with_fingerprints
from incidentdocs.library.fixes import Fixed, is_fixed, with_fixes
from incidentdocs.markdown.source import parse
from incidentdocs.output.terminal import visible
from incidentdocs.output.wording import counted
from incidentdocs.workspace import File, Workspace


class Fixing(NamedTuple):
    """How many findings in how many documents were mended, how many more could be, and what went wrong."""

    made: int = 0
    documents: int = 0
    unsafe: int = 0
    failed: int = 0

    def told(self, *, write: bool) -> str:
        """Return this in words."""
        verb = "fixed" if write else "would be fixed"
        more = f"; {self.unsafe} more with --unsafe" if self.unsafe else ""
        where = f" in {counted(self.documents, 'document')}" if self.made else ""
        failed = f"; {counted(self.failed, 'document')} not written" if self.failed else ""
        return f"{self.made} {verb}{where}{more}{failed}"


def mend(
    workspace: Workspace,
    files: Sequence[File],
    choice: Choice,
    *,
    unsafe: bool,
    write: bool,
    colour: bool,
    known: frozenset[Known] = frozenset(),
) -> Fixing:
    """Mend `files`, or print how they would change, and tell on stderr how much that is.

    What is `known`, to a baseline, is left as it is.
    """
    from incidentdocs.output.diff_text import diff_text

    def show(path: str, before: str, after: str) -> None:
        click.echo(diff_text(path, before, after, colour=colour), color=colour)

    shown = None if write else show
    fixing = fix_files(workspace, files, unsafe=unsafe, show=shown, choice=choice, known=known)
    click.echo(fixing.told(write=write), err=True)
    return fixing


def fix_files(
    workspace: Workspace,
    files: Sequence[File],
    *,
    unsafe: bool,
    show: Callable[[str, str, str], None] | None = None,
    choice: Choice | None = None,
    known: frozenset[Known] = frozenset(),
) -> Fixing:
    """Mend what can be mended in `files`, and return what was done; the others are left as they are.

    With `show`, which gets the path and the text before and after, nothing is written. Mended is what the
    rules that `choice` runs have found, without one those of the configuration, less what is `known`. A file
    that cannot be written is told on stderr, and does not keep the others from it.
    """
    fixing = Fixing()
    finder = _Finder(workspace, choice or Choice(workspace.config), known)
    for file in files:
        content = workspace.content(file)
        if content is None:
            continue
        text = content.decode("utf-8")
        fixed = with_fixes(text, finder.of(file), unsafe=unsafe)
        left = sum(
            is_fixed(finding, unsafe=True) and not is_fixed(finding, unsafe=unsafe) for finding in fixed.left
        )
        fixing = fixing._replace(unsafe=fixing.unsafe + left)
        if fixed.text != text:
            fixing = _settled(workspace, file, content, fixed, fixing, show)
    return fixing


def _settled(
    workspace: Workspace,
    file: File,
    content: bytes,
    fixed: Fixed,
    fixing: Fixing,
    show: Callable[[str, str, str], None] | None,
) -> Fixing:
    """Write or show one document that is mended."""
    try:
        if show:
            show(file.path, content.decode("utf-8"), fixed.text)
        else:
            replace(workspace.root, file.path, fixed.text, expected=content)
    except UsageError as error:
        click.echo(f"not fixed: {visible(error.message)} ({visible(error.hint)})", err=True)
        return fixing._replace(failed=fixing.failed + 1)
    return fixing._replace(made=fixing.made + fixed.made, documents=fixing.documents + 1)


class _Finder:
    """What finds, in a document's text as it comes to be, what is to be mended and how."""

    def __init__(self, workspace: Workspace, choice: Choice, known: frozenset[Known]) -> None:
        self._workspace = workspace
        self._choice = choice
        self._known = known
        self._models: dict[tuple[str, str], Document | None] = {}

    def of(self, file: File) -> Callable[[str], Sequence[Finding]]:
        """Return what finds it in the texts of `file`."""
        profile, process = self._workspace.profiles[file.kind], self._workspace.process

        def find(text: str) -> Sequence[Finding]:
            document = read_document(file.path, parse(text), profile, process)
            found = self._less_known(found_alone(document, self._choice), document)
            return [self._with_template_text(finding, document) for finding in found]

        return find

    def _less_known(self, findings: Sequence[Finding], document: Document) -> Sequence[Finding]:
        """Return `findings`, without a fix where they are known."""
        if not self._known:
            return findings
        sources, outlines = {document.path: document.source}, {document.path: outline(document)}
        recognised = with_fingerprints(findings, sources, outlines)
        return [
            finding._replace(fix=None) if known_as(finding) in self._known else finding
            for finding in recognised
        ]

    def _with_template_text(self, finding: Finding, document: Document) -> Finding:
        if finding.rule != "missing-section" or finding.fix is None:
            return finding
        from incidentdocs.authoring.missing_sections import with_template_text

        model = self._model(document)
        return with_template_text(finding, document, model) if model else finding

    def _model(self, document: Document) -> Document | None:
        """Return what the template of a document's profile writes, None where it has none."""
        kind, language = document.profile.kind, document.certain_language or document.language
        if (kind, language) not in self._models:
            self._models[kind, language] = self._rendered(kind, language)
        return self._models[kind, language]

    def _rendered(self, kind: str, language: str) -> Document | None:
        from incidentdocs.authoring.new_document import Answers, Template, new_text

        profile, process = self._workspace.profiles[kind], self._workspace.process
        try:
            template = Template(*self._workspace.template(kind, language))
            text = new_text(profile, template, Answers(title="x", day=process.today), language=language)
        except IncidentdocsError:  # a profile of the team's own need not have a template
            return None
        return read_document("model.md", parse(text), profile, process)
