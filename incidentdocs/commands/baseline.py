"""`lint --baseline` and `--write-baseline`: what is known is not told, and what is no longer found is."""

import os
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import click

from incidentdocs.commands.choosing import Choice
from incidentdocs.commands.linting import Linted
from incidentdocs.commands.naming import refuse_place
from incidentdocs.editing.writing import create, replace
from incidentdocs.errors import UsageError
from incidentdocs.library.baseline import Known, baseline_text, known_as, read_baseline
from incidentdocs.library.finding import Finding
from incidentdocs.library.result import LintResult
from incidentdocs.linter import UNREADABLE
from incidentdocs.output.terminal import visible
from incidentdocs.output.wording import counted, first_few
from incidentdocs.rules import RULES
from incidentdocs.workspace import Workspace

ANOTHER = "incidentdocs-baseline.json"
"""A file that hints name for a baseline."""

Covers = Callable[[Known], bool]
"""Whether a run would have found again what an entry of a baseline tells of."""


class Baseline(NamedTuple):
    """A baseline that was read: its name, as it is to be typed, and its entries."""

    name: str
    entries: frozenset[Known]


def baseline_of(workspace: Workspace, given: Path | None) -> Baseline | None:
    """Return the baseline `given`, else the configured one, None where there is neither.

    UsageError for one that is not there or is no baseline.
    """
    if given is not None:
        return _read(given, str(given))
    if not workspace.config.baseline:
        return None
    file = workspace.root / workspace.config.baseline
    return _read(file, os.path.relpath(file))


def _read(file: Path, name: str) -> Baseline:
    try:
        return Baseline(name, read_baseline(file.read_bytes()))
    except FileNotFoundError as error:
        hint = f"`incidentdocs lint --write-baseline {name}` writes it"
        raise UsageError(f"the baseline {name} is not there", hint=hint) from error
    except OSError as error:
        raise UsageError(
            f"the baseline {name} cannot be read: {error.strerror}", hint="name a file that can be read"
        ) from error
    except ValueError as error:
        was_one = b'"findings"' in file.read_bytes()
        hint = f"restore it, or write `incidentdocs lint --write-baseline {ANOTHER}`"
        raise UsageError(
            f"{name} is no baseline: {error}",
            hint=hint if was_one else f"name another file, such as {ANOTHER}",
        ) from error


def refuse_other_file(workspace: Workspace, file: Path) -> None:
    """Raise UsageError where a baseline would be written to a file that is something else."""
    refuse_place(workspace, file, instead=f"for the baseline, such as {ANOTHER}")
    if file.exists():
        _read(file, str(file))


def coverage(linted: Linted, paths: Iterable[str], choice: Choice, *, whole: bool) -> Covers:
    """Return what tells whether a run, which read the documents at `paths`, covers an entry of a baseline.

    In a run of the `whole` repository what is not among them is gone. Nothing was asked of what could not be
    read.
    """
    read = {*paths}
    unread = {finding.path for finding in linted.result.findings if finding.rule == UNREADABLE}

    @cache
    def asked(path: str) -> frozenset[str]:
        return choice.names(linted.asked, path)

    def covers(entry: Known) -> bool:
        if entry.path not in read:
            return whole
        return entry.path not in unread and (entry.rule in asked(entry.path) or entry.rule not in RULES)

    return covers


def without_known(
    result: LintResult, baseline: Baseline, covers: Covers
) -> tuple[LintResult, tuple[Known, ...]]:
    """Return a result, with fingerprints, less what is in the baseline, and what of that is no longer found.

    Both are told on stderr. What is left out counts as suppressed.
    """
    left = tuple(finding for finding in result.findings if known_as(finding) not in baseline.entries)
    known = len(result.findings) - len(left)
    stale = sorted(filter(covers, baseline.entries - {*map(known_as, result.findings)}))
    if known:
        click.echo(
            f"{counted(known, 'finding')} not told: in the baseline {visible(baseline.name)}", err=True
        )
    if stale:
        _tell_stale(baseline.name, stale)
    return result._replace(findings=left, suppressed=result.suppressed + known), tuple(stale)


def _tell_stale(name: str, stale: Sequence[Known]) -> None:
    named = first_few([f"{entry.path} ({entry.rule})" for entry in stale])
    found = "is" if len(stale) == 1 else "are"
    entries = f"{len(stale)} {'entry' if len(stale) == 1 else 'entries'}"
    click.echo(
        f"{entries} of the baseline {visible(name)} {found} no longer found: {named}; "
        f"`incidentdocs lint --write-baseline {visible(name)}` writes it anew",
        err=True,
    )


def record(file: Path, findings: Sequence[Finding], covers: Covers) -> None:
    """Write all `findings`, which have fingerprints, to the baseline in `file`, and tell so on stderr.

    What it tells of documents and rules that this run did not check stays in it. UsageError for a file that
    is there and is no baseline, and where it cannot be written.
    """
    there = _read(file, str(file)).entries if file.exists() else frozenset()
    kept = [entry for entry in there if not covers(entry)]
    text = baseline_text((*map(known_as, findings), *kept))
    place = file.absolute()
    if not file.exists():
        create(place.parent, place.name, text)
    elif (before := file.read_bytes()) != text.encode():
        replace(place.parent, place.name, text, expected=before)
    beside = f", beside {counted(len(kept), 'finding')} that this run did not look for" if kept else ""
    click.echo(f"{counted(len(findings), 'finding')} written to {visible(str(file))}{beside}", err=True)
