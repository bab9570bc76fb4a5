"""`incidentdocs migrate`: show, or write, documents in the shape of another profile."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import click

from incidentdocs.authoring.migrating import language_under, migrated
from incidentdocs.authoring.new_document import Answers, Template, new_folder, new_path, new_text
from incidentdocs.commands.new import profile_called
from incidentdocs.documents.document import Document, read_document
from incidentdocs.documents.sections import outermost_sections
from incidentdocs.documents.title_patterns import words_of_title
from incidentdocs.editing.writing import replace
from incidentdocs.errors import ConfigError, Fault, IncidentdocsError, UsageError
from incidentdocs.markdown.inline import plain
from incidentdocs.markdown.source import parse
from incidentdocs.output.diff_text import diff_text
from incidentdocs.output.terminal import visible
from incidentdocs.output.wording import counted
from incidentdocs.profiles.claims import claiming, matches_any
from incidentdocs.profiles.profile import Profile
from incidentdocs.workspace import File, Workspace, open_workspace


class Migration(NamedTuple):
    """One document with the bytes and the text that it was read from, and the text that it becomes."""

    document: Document
    content: bytes
    before: str
    after: str


def run(
    start: Path, *, paths: Sequence[Path], kind: str, write: bool, config: Path | None, colour: bool
) -> int:
    """Migrate the documents at `paths` to the profile `kind` and return the exit code.

    What changes is printed as a diff; with `write` it is written, and the paths are printed. A document that
    cannot be migrated is told and does not keep the others from it. UsageError for an unknown kind,
    and where there is no document.
    """
    workspace = open_workspace(start, config)
    target = profile_called(workspace, kind)
    files = _files(workspace, target, paths)
    changed = failed = 0
    for file in files:
        try:
            migration = _migration(workspace, file, target)
            if migration.after != migration.before:
                _write_or_show(workspace, migration, write=write, colour=colour)
                changed += 1
        except ConfigError:
            raise
        except (UsageError, Fault) as error:
            _tell(error)
            failed += 1
            continue
        _tell_where_it_belongs(workspace, migration, target)
    click.echo(_summary(len(files), changed, failed, write=write), err=True)
    return int(failed > 0)


def _files(workspace: Workspace, target: Profile, paths: Sequence[Path]) -> tuple[File, ...]:
    """Return the files to migrate: what no profile claims is read as what it is to become."""
    selection = workspace.select(paths)
    named = (File(path, workspace.root / path, target.kind) for path in selection.unclaimed)
    files = (*selection.files, *named)
    if not files:
        places = ", ".join(visible(str(path)) for path in paths)
        hint = "name the files themselves: below a folder only what a profile claims is found"
        raise UsageError(f"no document found at {places}", hint=hint)
    return files


def _migration(workspace: Workspace, file: File, target: Profile) -> Migration:
    if matches_any(file.path, workspace.config.exclude):
        hint = "take it out of `exclude` in the configuration"
        raise UsageError(f"{file.path}: not migrated, the configuration excludes it", hint=hint)
    content = workspace.content(file)
    if content is None:
        problems = workspace.read(file).problems
        told = [(problem.message, problem.hint) for problem in problems] or [("it changes", "start again")]
        raise UsageError(f"{file.path}: not migrated, {told[0][0]}", hint=told[0][1])
    text = content.decode("utf-8")
    document = read_document(file.path, parse(text), workspace.profiles[file.kind], workspace.process)
    _refuse_what_has_no_shape(document, target)
    model = _model(workspace, document, target)
    return Migration(document, content, text, migrated(document, text, target, model))


def _refuse_what_has_no_shape(document: Document, target: Profile) -> None:
    """Raise UsageError for a document of several incidents, and for one whose sections have no headings."""
    if any(section.incident or section.incidents for section in document.sections):
        hint = "part it into one document for each incident"
        raise UsageError(f"{document.path}: not migrated, it tells of several incidents", hint=hint)
    _, outermost = outermost_sections(document.source, document.profile, target)
    known = [section for section in document.sections if section.id]
    if len(known) > 1 and not any(section.id for section in outermost):
        titles = f"`## {known[0].visible}`"
        raise UsageError(
            f"{document.path}: not migrated, its sections begin without headings",
            hint=f"write their titles as headings, such as {titles}",
        )


def _model(workspace: Workspace, document: Document, target: Profile) -> Document | None:
    """Return what the target's template writes, None where it has none in the document's language."""
    language = language_under(document, target)
    try:
        template = Template(*workspace.template(target.kind, language))
    except UsageError:
        return None
    answers = Answers(title="x", day=document.date or workspace.process.today)
    text = new_text(target, template, answers, language=language)
    return read_document(document.path, parse(text), target, workspace.process)


def _write_or_show(workspace: Workspace, migration: Migration, *, write: bool, colour: bool) -> None:
    path = migration.document.path
    if write:
        replace(workspace.root, path, migration.after, expected=migration.content)
        click.echo(visible(path))
    else:
        click.echo(diff_text(path, migration.before, migration.after, colour=colour), color=colour)


def _tell(error: IncidentdocsError) -> None:
    click.echo(f"{visible(error.message)} ({visible(error.hint)})", err=True)


def _tell_where_it_belongs(workspace: Workspace, migration: Migration, target: Profile) -> None:
    """Say where the target would look for the document, where it does not claim the path."""
    path = migration.document.path
    claimed = claiming(path, workspace.profiles.values(), workspace.config.exclude)
    if claimed is not target:
        told = f"still read as a {claimed.kind}" if claimed else "read by no profile"
        wanted = _place(workspace, migration, target)
        click.echo(f"{visible(path)}: {told}; a {target.kind} belongs at {visible(wanted)}", err=True)


def _place(workspace: Workspace, migration: Migration, target: Profile) -> str:
    """Return the path that a new document of that title would have, or at least its folder."""
    try:
        folder = workspace.root / new_folder(target)
        names = [file.name for file in folder.iterdir()] if folder.is_dir() else []
        day = migration.document.date or workspace.process.today
        return new_path(target, Answers(title=_title(migration, target), day=day), names)
    except IncidentdocsError:
        return target.folders[0]


def _title(migration: Migration, target: Profile) -> str:
    document = migration.document
    after = read_document(document.path, parse(migration.after), target, document.process)
    if after.title is None or after.holds_placeholder(after.title_span()):
        return PurePosixPath(document.path).stem
    title = plain(after.title.text.source)
    return words_of_title(title, target.title_forms) or title


def _summary(documents: int, changed: int, failed: int, *, write: bool) -> str:
    verb = "migrated" if write else "would change; --write changes the files"
    right = documents - changed - failed
    told = [f"{counted(changed, 'document')} {verb}"] if changed else []
    told += [f"{counted(right, 'document')} already in shape"] if right else []
    told += [f"{counted(failed, 'document')} not migrated"] if failed else []
    return ", ".join(told)
