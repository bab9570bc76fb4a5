"""The commands that follow what became of things: `report`, `history`, `similar` and `site`."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from incidentdocs.cli.options import (
    FILE,
    Command,
    Day,
    as_of_option,
    at_option,
    cache_option,
    colour_option,
    config_option,
)


@click.group(short_help="Tell what became of the action items.")
def report() -> None:
    """Report action items, those overdue or all, post-mortems' deadlines, or incidents that come back."""


def format_option(*formats: str) -> Callable[[Command], Command]:
    """Add `--format`, which of `formats` is printed; text without it."""
    return click.option("--format", type=click.Choice(formats), default="text", show_default=True)


def report_options(command: Command) -> Command:
    """Add what every report takes: which commit, which day, which configuration, and how it is printed."""
    for option in (colour_option, cache_option, config_option, as_of_option, at_option):
        command = option(command)
    return command


def exit_code_option(command: Command) -> Command:
    """Add `--exit-code`, which makes a gate of a report."""
    return click.option("--exit-code", is_flag=True, help="Exit with 1 when the report is not empty.")(
        command
    )


def since_option(command: Command) -> Command:
    """Add `--since`, from when on changes are told."""
    return click.option(
        "--since", metavar="DATE|REV", help="Tell what changed since then, by default in the last seven days."
    )(command)


def by_option(command: Command) -> Command:
    """Add `--by`, what action items are grouped by."""
    return click.option(
        "--by",
        type=click.Choice(["document", "owner", "severity"]),
        default="document",
        show_default=True,
        help="Group action items by this.",
    )(command)


@report.command("weekly", short_help="Tell what a team wants to hear on Monday.")
@format_option("text", "markdown", "html", "json")
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT:PATH",
    help="Write the report to a file as well; repeatable.",
)
@by_option
@click.option(
    "--send", "to_send", is_flag=True, help="Send it to the targets of [notify] and of INCIDENTDOCS_NOTIFY."
)
@click.option("--dry-run", is_flag=True, help="Tell where it would be sent, and send nothing.")
@exit_code_option
@since_option
@report_options
def report_weekly(**options: Any) -> int:
    """Report what is late, due, changed, missing and coming back, and send it where the team looks."""
    from incidentdocs.commands.weekly import run

    return run(Path.cwd(), **options)


@report.command("metrics", short_help="Tell what a year of incidents teaches.")
@format_option("text", "markdown", "json", "csv")
@click.option(
    "--from", "first", type=Day(), metavar="DATE", help="The first day on which an incident counts."
)
@click.option("--to", "last", type=Day(), metavar="DATE", help="The last day on which an incident counts.")
@report_options
def report_metrics(first: date | None, last: date | None, **options: Any) -> int:
    """Report how long incidents took, how they were found, and what became of their action items."""
    from incidentdocs.commands.metrics import run

    return run(Path.cwd(), days=(first, last), **options)


@report.command("overdue", short_help="Tell which action items are past their due date.")
@format_option("text", "markdown", "json", "jsonl", "csv", "ics")
@by_option
@exit_code_option
@since_option
@report_options
def report_overdue(**options: Any) -> int:
    """Report the open action items past their due date, and what changed."""
    from incidentdocs.commands.report import run_items

    return run_items(Path.cwd(), name="overdue", **options)


@report.command("actions", short_help="Tell where every action item stands.")
@format_option("text", "markdown", "json", "jsonl", "csv", "ics")
@by_option
@exit_code_option
@since_option
@report_options
def report_actions(**options: Any) -> int:
    """Report every action item in every state, and what changed."""
    from incidentdocs.commands.report import run_items

    return run_items(Path.cwd(), name="actions", **options)


@report.command("deadlines", short_help="Tell which post-mortems were published in time.")
@format_option("text", "markdown", "json")
@exit_code_option
@report_options
def report_deadlines(**options: Any) -> int:
    """Report which post-mortems were published in time, which late, and which are still to come."""
    from incidentdocs.commands.report import run_deadlines

    return run_deadlines(Path.cwd(), **options)


@report.command("escalations", short_help="Tell which incidents keep coming back.")
@format_option("text", "markdown", "json")
@exit_code_option
@report_options
def report_escalations(**options: Any) -> int:
    """Report which incidents keep coming back and call for an escalation."""
    from incidentdocs.commands.report import run_escalations

    return run_escalations(Path.cwd(), **options)


@click.command(short_help="Tell what happened to the action items, oldest first.")
@click.argument("paths", nargs=-1, type=FILE, metavar="[PATH]...")
@click.option(
    "--format", type=click.Choice(["text", "json", "jsonl", "csv"]), default="text", show_default=True
)
@at_option
@as_of_option
@config_option
@cache_option
@colour_option
def history(**options: Any) -> int:
    """Tell what happened to the action items, oldest first: of the documents at each PATH, or of all."""
    from incidentdocs.commands.history import run

    return run(Path.cwd(), **options)


@click.command(short_help="Tell which incidents are like one of them.")
@click.argument("path", required=False, type=FILE, metavar="[DOCUMENT]")
@click.option(
    "--top", type=click.IntRange(1, 1000), default=5, show_default=True, metavar="N", help="How many to tell."
)
@click.option(
    "--evaluate", is_flag=True, help="Score the configuration by what documents say of one another."
)
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@config_option
@colour_option
def similar(**options: Any) -> int:
    """Tell which incidents are most like that of DOCUMENT, why, and what of theirs is still open."""
    from incidentdocs.commands.similar import run

    return run(Path.cwd(), **options)


@click.command(short_help="Make a static site of the documents and their history.")
@click.option(
    "--output",
    type=FILE,
    default="incidentdocs-site",
    metavar="DIR",
    show_default=True,
    help="The folder that it is written into: new, empty, or made by an earlier run.",
)
@click.option("--open", "open_it", is_flag=True, help="Open it in the browser.")
@at_option
@as_of_option
@config_option
@cache_option
def site(**options: Any) -> int:
    """Make a static site of what is committed: what needs attention, incidents, action items, metrics."""
    from incidentdocs.commands.site import run

    return run(Path.cwd(), **options)
