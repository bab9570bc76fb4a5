"""`incidentdocs oncall`: who is on call now, at a moment or in a week, and the weeks to come."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Literal

import click

from incidentdocs import clock
from incidentdocs.commands.which_week import week_from
from incidentdocs.documents.field_values import read_moment
from incidentdocs.documents.iso_dates import iso_date
from incidentdocs.errors import UsageError
from incidentdocs.output.oncall_text import oncall_text, schedule_text
from incidentdocs.output.report_json import report_json
from incidentdocs.process.oncall import EARLIEST, LATEST, OnCall, Week, week_beginning, week_holding, week_of
from incidentdocs.reports.oncall import oncall_report, schedule_report
from incidentdocs.workspace import Workspace, open_workspace

Format = Literal["text", "json"]
_WEEK = timedelta(days=7)


def run(start: Path, *, at: str | None, week: str | None, format: Format, config: Path | None) -> int:
    """Print who is on call now, at a moment, or in a week, and return the exit code.

    UsageError where nobody is configured to be, and for a moment or a week that cannot be read.
    """
    if at is not None and week is not None:
        raise UsageError("--at and --week ask for two things", hint="leave one of them out")
    workspace, oncall = configured(start, config)
    now = clock.now(oncall.zone)
    if week is not None:
        schedule = schedule_report(oncall, [week_from(week, oncall, now)])
        click.echo(report_json(schedule) if format == "json" else schedule_text(schedule))
        return 0
    report = oncall_report(oncall, now if at is None else _moment(at, oncall, now))
    click.echo(report_json(report) if format == "json" else oncall_text(report, workspace.process.people))
    return 0


def run_schedule(
    start: Path,
    *,
    weeks: int,
    first: date | None,
    format: Literal["text", "json", "ics"],
    config: Path | None,
) -> int:
    """Print who is on call in `weeks` weeks, from the one that holds `first` on, and return the exit code."""
    workspace, oncall = configured(start, config)
    process, now = workspace.process, clock.now(oncall.zone)
    if first and not EARLIEST.date() < first < LATEST.date() - weeks * _WEEK:
        raise UsageError(f"no rota reaches {first}", hint="write a day of these years, as in 2026-01-05")
    begin = week_holding(oncall, first) if first else week_of(oncall, now)
    report = schedule_report(oncall, _weeks(oncall, begin, weeks))
    if format == "ics":
        from incidentdocs.output.oncall_ics import schedule_ics

        calendar = schedule_ics(report, process.people, product=process.product, made=now)
        click.echo(calendar.encode("utf-8"), nl=False)
        return 0
    click.echo(report_json(report) if format == "json" else schedule_text(report))
    return 0


def configured(start: Path, config: Path | None) -> tuple[Workspace, OnCall]:
    """Return the workspace of the repository that holds `start`, and its rota; UsageError without one."""
    workspace = open_workspace(start, config)
    if workspace.process.oncall is None:
        hint = 'write `principal = "dev"` below `[oncall]` in incidentdocs.toml, or an order and its start'
        raise UsageError("the configuration does not say who is on call", hint=hint)
    return workspace, workspace.process.oncall


def _weeks(oncall: OnCall, week: Week, number: int) -> Iterator[Week]:
    return (week_beginning(oncall, week.first + count * _WEEK) for count in range(number))


def _moment(written: str, oncall: OnCall, now: datetime) -> datetime:
    """Return the instant that `--at` names; a time alone is today's."""
    moment = read_moment(written)
    if moment is None and re.fullmatch(r"([01]?\d|2[0-3])[:h][0-5]\d", written.strip(), re.ASCII):
        hours, minutes = re.split("[:h]", written.strip())
        moment = datetime.combine(now.date(), time(int(hours), int(minutes)))
    if moment is None:
        day = iso_date(written)
        hint = f'write --at "{day or now.date()} 14:02"' + (f", or --week {day}" if day else "")
        raise UsageError(f"{written!r} is no date and time", hint=hint)
    found = moment if moment.tzinfo else clock.instant(moment, oncall.zone)
    if not EARLIEST < found < LATEST:
        raise UsageError(f"no rota reaches {written}", hint=f'write --at "{now:%Y-%m-%d %H:%M}"')
    return found
