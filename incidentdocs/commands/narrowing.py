"""Which findings of a run are told: none that a baseline knows, with `--since` those of what changed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from incidentdocs.commands.choosing import Choice
from incidentdocs.commands.linting import Asked, Linted
from incidentdocs.output.terminal import visible
from incidentdocs.output.wording import counted
from incidentdocs.workspace import File, Workspace

if TYPE_CHECKING:
    from incidentdocs.commands.baseline import Baseline
    from incidentdocs.commands.since import Since
    from incidentdocs.library.baseline import Known


class Narrowed(NamedTuple):
    """What is told of a run, and the entries of the baseline that it no longer found."""

    linted: Linted
    stale: "tuple[Known, ...]" = ()


class Narrowing(NamedTuple):
    """What leaves findings out: a baseline, or what there was at a revision, with what the user called it.

    Where a baseline is `written` nothing does.
    """

    baseline: "Baseline | None" = None
    since: "Since | None" = None
    revision: str = ""
    written: Path | None = None

    @property
    def fingerprinted(self) -> bool:
        """Whether findings must have fingerprints for it."""
        return self.baseline is not None or self.written is not None

    def write(self, linted: Linted, paths: Sequence[str], choice: Choice, *, whole: bool) -> bool:
        """Write the baseline that is to be written, of the documents at `paths`; return whether one is."""
        if self.written is None:
            return False
        from incidentdocs.commands.baseline import coverage, record

        record(self.written, linted.result.findings, coverage(linted, paths, choice, whole=whole))
        return True

    def told(self, linted: Linted, files: Sequence[File], choice: Choice, *, whole: bool) -> Narrowed:
        """Return what is told of what was `linted` in `files`; what is left out is counted on stderr."""
        stale: tuple[Known, ...] = ()
        if self.baseline is not None:
            from incidentdocs.commands.baseline import coverage, without_known

            covers = coverage(linted, (file.path for file in files), choice, whole=whole)
            result, stale = without_known(linted.result, self.baseline, covers)
            linted = linted._replace(result=result)
        if self.since is not None:
            findings = linted.result.findings
            kept = self.since.told(findings, files, Asked(choice, linted.asked))
            if left := len(findings) - len(kept):
                unchanged = f"on what has not changed since {visible(self.revision)}"
                click.echo(f"{counted(left, 'finding')} not told: {unchanged}", err=True)
            linted = linted._replace(result=linted.result._replace(findings=kept))
        return Narrowed(linted, stale)


def narrowing(
    workspace: Workspace, *, baseline: Path | None, write_baseline: Path | None, since: str | None
) -> Narrowing:
    """Return what leaves findings out, as the options say; a baseline that is to be written leaves none out.

    UsageError for a file that is no baseline, and for what is no revision.
    """
    if write_baseline is not None:
        from incidentdocs.commands.baseline import refuse_other_file

        refuse_other_file(workspace, write_baseline)
        return Narrowing(written=write_baseline)
    read = None
    if baseline is not None or workspace.config.baseline:
        from incidentdocs.commands.baseline import baseline_of

        read = baseline_of(workspace, baseline)
    if since is None:
        return Narrowing(read)
    from incidentdocs.commands.since import since_of

    return Narrowing(read, since_of(workspace, since), since)
