"""`incidentdocs handoff`: the weekly recap for whoever is on call next."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Literal

import click

from incidentdocs import clock
from incidentdocs.commands.committed import Committed, committed
from incidentdocs.commands.incidents import Told, gathered_on_disk, told_at, trigger_of
from incidentdocs.commands.owed import deadlines_at
from incidentdocs.commands.which_week import week_from
from incidentdocs.editing.writing import create
from incidentdocs.errors import UsageError
from incidentdocs.output.handoff_text import handoff_markdown, handoff_text
from incidentdocs.output.report_json import report_json
from incidentdocs.process.oncall import OnCall, Week, week_of
from incidentdocs.process.process import Process
from incidentdocs.profiles.roles import kinds_of
from incidentdocs.reports.handoff import HandoffReport, Known, handoff
from incidentdocs.reports.promises import promises_in, promises_on_disk
from incidentdocs.similarity.recurrences import recurrences
from incidentdocs.workspace import Workspace, open_workspace

Format = Literal["text", "markdown", "json"]
FOLDER = "docs/handoffs"
_DAY = timedelta(days=1)


def run(
    start: Path,
    *,
    week: str | None,
    format: Format,
    write: bool,
    as_of: date | None,
    config: Path | None,
    cache: bool,
    colour: bool,
) -> int:
    """Print the handoff of a week (None: of the one that a day ago was in), and return the exit code.

    A week that is over is told as it stood on the day on which it was handed over. With `write` it becomes a
    document of its own, which takes no other's place. UsageError for what is no week.
    """
    workspace = open_workspace(start, config, as_of=as_of)
    rota = _rota(workspace.process)
    told = _week(week, rota, workspace.process.today)
    ended = told.until.astimezone(rota.zone).date()
    if as_of is None and ended < workspace.process.today:
        workspace = open_workspace(start, config, as_of=ended)
    known = _known(workspace, committed(workspace, None, cache=cache))
    report = handoff(told, known, workspace.process.oncall, rota.zone)
    if write:
        return _write(workspace, report)
    click.echo(_written(report, format, colour=colour), color=colour)
    return 0


def _rota(process: Process) -> OnCall:
    """Return who is on call, or weeks from Monday to Sunday where nobody is configured to be."""
    return process.oncall or OnCall(handover=time(), zone=process.zone)


def _week(written: str | None, rota: OnCall, today: date) -> Week:
    now = clock.now(rota.zone)
    if today != now.date():
        now = clock.instant(datetime.combine(today, time(12)), rota.zone)
    return week_of(rota, now - _DAY) if written is None else week_from(written, rota, now)


def _known(workspace: Workspace, found: Committed | None) -> Known:
    trigger, today = trigger_of(workspace), workspace.process.today
    told = told_at(workspace, found) if found else Told(gathered_on_disk(workspace))
    recurring = recurrences(told.gathered, trigger, today)
    fewer = trigger._replace(threshold=trigger.threshold - 1)
    near = recurrences(told.gathered, fewer, today) if fewer.threshold > 1 else None
    if found is None:
        return Known(promises_on_disk(workspace.library()), recurring, near)
    owed = deadlines_at(workspace, found, recurring, told.versions)
    kinds = kinds_of(found.reader.profiles.values(), "runbook")
    return Known(
        promises_in(owed.history, workspace.process),
        recurring,
        near,
        tuple(row for row in owed.deadlines.documents if row.status in ("draft", "unpublished")),
        owed.missing,
        tuple(document for document in owed.history.documents if document.kind in kinds),
    )


def _written(report: HandoffReport, format: Format, *, colour: bool) -> str:
    if format == "json":
        return report_json(report)
    return handoff_markdown(report) if format == "markdown" else handoff_text(report, colour=colour)


def _write(workspace: Workspace, report: HandoffReport) -> int:
    path = f"{FOLDER}/{report.week}.md"
    text = f"{handoff_markdown(report, folder=FOLDER)}\n"
    if (workspace.root / path).exists():
        hint = "what people wrote into it would be lost: move it away to write it anew"
        raise UsageError(f"{path} exists already", hint=hint)
    create(workspace.root, path, text)
    click.echo(path)
    return 0
