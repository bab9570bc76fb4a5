"""What several commands take: kinds of value, and options that mean the same everywhere."""

import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from incidentdocs.commands.completing import complete_rule

Command = Callable[..., int]


class Day(click.ParamType[date]):
    """A day of the calendar, written `YYYY-MM-DD`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day that `value` writes; for any other writing the usage error says what to type."""
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            from incidentdocs.documents.iso_dates import meant_date

            meant = meant_date(value, language="en")
            hint = f"write {meant}" if meant else "write it as YYYY-MM-DD, such as 2026-03-14"
            self.fail(f"{value!r} is no date: {hint}", param, ctx)


class Month(click.ParamType[date]):
    """A month, written `YYYY-MM`, as its first day."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the first day of the month that `value` writes."""
        try:
            month = datetime.strptime(value, "%Y-%m").date()
        except ValueError:
            self.fail(f"{value!r} is no month: write it as YYYY-MM, such as 2026-03", param, ctx)
        if not 1001 <= month.year <= 8000:
            self.fail(f"no rota reaches {value}: write a month of these years", param, ctx)
        return month


FILE = click.Path(path_type=Path, readable=False)
"""A path; that it can be read is asked where it is, and answered with what to do."""


def as_of_option(command: Command) -> Command:
    """Add `--as-of`, the day that counts as today."""
    return click.option("--as-of", type=Day(), metavar="DATE", help="The day that counts as today.")(command)


def at_option(command: Command) -> Command:
    """Add `--at`, the commit whose history is read."""
    return click.option("--at", metavar="REV", help="Read the history of this commit, by default of HEAD.")(
        command
    )


def config_option(command: Command) -> Command:
    """Add `--config`, a configuration file in place of the repository's own."""
    return click.option("--config", type=FILE, metavar="FILE", help="Use this configuration file.")(command)


def rules_option(name: str, means: str) -> Callable[[Command], Command]:
    """Add an option that names rules, with commas between them or several times."""
    return click.option(name, multiple=True, metavar="RULE[,RULE]", help=means, shell_complete=complete_rule)


def cache_option(command: Command) -> Command:
    """Add `--no-cache`, which reads the whole history anew."""
    return click.option(
        "--no-cache",
        "cache",
        is_flag=True,
        callback=lambda context, parameter, given: not given,
        help="Read the whole history anew, and keep nothing of it for the next run.",
    )(command)


def colour_option(command: Command) -> Command:
    """Add `--color`, which overrides NO_COLOR, FORCE_COLOR and whether stdout is a terminal."""
    return click.option(
        "--color",
        "colour",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        callback=_colour,
        help="Colour the output.",
    )(command)


def _colour(context: click.Context, parameter: click.Parameter, value: str) -> bool:
    if value != "auto":
        return value == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()
