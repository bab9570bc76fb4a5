"""The commands about who is on call: `oncall` and `handoff`."""

from pathlib import Path
from typing import Any

import click

from incidentdocs.cli.options import Day, Month, as_of_option, cache_option, colour_option, config_option


@click.group(short_help="Tell who is on call.", invoke_without_command=True)
@click.option("--at", metavar="TIME", help="The moment, as in '2026-03-14 14:02' or 14:02; now without it.")
@click.option("--week", metavar="WEEK", help="A whole week: 2026-W53, its number, next, or a day in it.")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@config_option
@click.pass_context
def oncall(context: click.Context, /, **options: Any) -> int:
    """Tell who is on call: now, at a moment, or in a week."""
    if context.invoked_subcommand is None:
        from incidentdocs.commands.oncall import run

        return run(Path.cwd(), **options)
    for parameter in context.command.params:
        source = context.get_parameter_source(parameter.name or "")
        if source is click.core.ParameterSource.COMMANDLINE:
            name, inner = parameter.opts[0], context.invoked_subcommand
            taken = {option for each in oncall.commands[inner].params for option in each.opts}
            instead = f"write it behind: oncall {inner} {name} …" if name in taken else "leave it out"
            raise click.UsageError(f"{name} cannot stand before {inner}: {instead}", context)
    return 0


@oncall.command(short_help="Tell who is on call in the weeks to come.")
@click.option(
    "--weeks",
    type=click.IntRange(1, 520),
    default=4,
    show_default=True,
    metavar="N",
    help="How many weeks to tell.",
)
@click.option(
    "--from", "first", type=Day(), metavar="DATE", help="A day of the first week, by default today."
)
@click.option("--format", type=click.Choice(["text", "json", "ics"]), default="text", show_default=True)
@config_option
def schedule(**options: Any) -> int:
    """Tell who is on call in some weeks, for people, programs or calendars."""
    from incidentdocs.commands.oncall import run_schedule

    return run_schedule(Path.cwd(), **options)


@oncall.command(name="compensation", short_help="Tell who was called outside business hours.")
@click.option("--month", type=Month(), required=True, metavar="YYYY-MM", help="The month to tell of.")
@click.option("--format", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True)
@config_option
def compensation(**options: Any) -> int:
    """Tell how often each person on call was called outside business hours in a month."""
    from incidentdocs.commands.compensation import run

    return run(Path.cwd(), **options)


@click.command(short_help="Tell whoever is on call next what the week leaves them.")
@click.option("--week", metavar="WEEK", help="2026-W48, 48, or a day in it; by default that of yesterday.")
@click.option("--format", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
@click.option("--write", is_flag=True, help="Write it to docs/handoffs/ in place of printing it.")
@as_of_option
@config_option
@cache_option
@colour_option
def handoff(**options: Any) -> int:
    """Tell whoever is on call next of a week: its incidents, promises and changes, and what comes back."""
    from incidentdocs.commands.handoff import run

    return run(Path.cwd(), **options)
