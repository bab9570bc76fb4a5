"""The commands while an incident burns: `incident` and `comm`."""

from pathlib import Path
from typing import Any

import click

from incidentdocs.cli.options import Command, colour_option, config_option


@click.group(short_help="Handle an incident step by step, while it burns.")
def incident() -> None:
    """Handle an incident step by step: open it, log what happens, pass its steps, resolve it."""


def incident_option(command: Command) -> Command:
    """Add `--incident`, which names the incident where several are open."""
    return click.option(
        "--incident",
        metavar="NAME",
        help="Which incident, where several are open: its file, or part of its name.",
    )(command)


def moment_option(command: Command) -> Command:
    """Add `--at`, the time at which something was."""
    return click.option(
        "--at", metavar="TIME", help="When it was, by default now: 02:20, or 2026-03-14T02:20."
    )(command)


@incident.command("open", short_help="Begin the document of an incident.")
@click.argument("title", metavar="TITLE")
@click.option(
    "--severity", required=True, metavar="SEV", help="SEV1, SEV2 or SEV3 (CRITICAL, WARNING, INFO)."
)
@click.option("--service", "services", multiple=True, metavar="NAME", help="A service concerned; repeatable.")
@moment_option
@click.option("--started", metavar="TIME", help="When it began, where that is known.")
@click.option("--detected-by", type=click.Choice(["alert", "user-report", "logs"]), help="How it was seen.")
@click.option("--field", "fields", multiple=True, metavar="KEY=VALUE", help="A field of it; repeatable.")
@click.option("--language", type=click.Choice(["en", "fr"]), help="The document's language.")
@config_option
def open_incident(**options: Any) -> int:
    """Begin the document of an incident called TITLE: its steps, its timeline, and who is on call."""
    from incidentdocs.commands.incident_open import run

    return run(Path.cwd(), **options)


@incident.command("log", short_help="Write down what happened.")
@click.argument("text", required=False, metavar="[TEXT]")
@moment_option
@click.option("--milestone", metavar="NAME", help="Which milestone it is, such as triage or restored.")
@incident_option
@config_option
def log(**options: Any) -> int:
    """Write TEXT into the timeline, where its time belongs."""
    from incidentdocs.commands.incident_log import run

    return run(Path.cwd(), **options)


@incident.command("step", short_help="Tick what was checked, and pass a step.")
@click.argument("number", type=click.IntRange(1, 999), metavar="N")
@click.option("--output", metavar="TEXT", help="What the step brought.")
@click.option("--by", metavar="@WHO", help="Who passes it; an agent only prepares it.")
@moment_option
@click.option(
    "--check",
    "checks",
    multiple=True,
    metavar="M[=RESULT]",
    help="Tick only this check, with its result, as in 1=4/4; repeatable.",
)
@click.option("--no-check", is_flag=True, help="Pass it without ticking its checks.")
@incident_option
@config_option
def step(**options: Any) -> int:
    """Pass step N with what it brought, or tick some of its checks; a gate before it must be passed."""
    from incidentdocs.commands.incident_step import run

    return run(Path.cwd(), **options)


@incident.command("set", short_help="Say what is known of an incident by now.")
@click.argument("fields", nargs=-1, required=True, metavar="KEY=VALUE...")
@incident_option
@config_option
def set_fields(**options: Any) -> int:
    """Write each VALUE into the field KEY of the document, as in user-facing=yes."""
    from incidentdocs.commands.incident_set import run

    return run(Path.cwd(), **options)


@incident.command("status", short_help="Tell where an incident stands.")
@click.argument("incident", required=False, metavar="[INCIDENT]")
@moment_option
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@config_option
@colour_option
def status(**options: Any) -> int:
    """Tell where INCIDENT, or the one that is open, stands, what is next, and when the next update is due."""
    from incidentdocs.commands.standing import run_status

    return run_status(Path.cwd(), **options)


@incident.command("resolve", short_help="Tell that an incident is over.")
@click.argument("incident", required=False, metavar="[INCIDENT]")
@moment_option
@click.option("--cause", metavar="TEXT", help="What caused it, in a sentence.")
@config_option
def resolve(**options: Any) -> int:
    """Write that INCIDENT, or the one that is open, is resolved, once all is seen to work again."""
    from incidentdocs.commands.incident_resolve import run

    return run(Path.cwd(), **options)


@incident.command("list", short_help="Tell which incidents are open.")
@click.option("--all", "every", is_flag=True, help="Tell of those that are resolved as well.")
@moment_option
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@config_option
@colour_option
def list_incidents(**options: Any) -> int:
    """Tell which incidents are open, the latest first."""
    from incidentdocs.commands.standing import run_list

    return run_list(Path.cwd(), **options)


@click.command(short_help="Write a message about an incident, and record it.")
@click.argument("kind", type=click.Choice(["announce", "update", "resolved", "banner", "email", "ticket"]))
@click.argument("incident", required=False, metavar="[INCIDENT]")
@click.option(
    "--format",
    type=click.Choice(["text", "markdown", "slack", "teams"]),
    default="text",
    show_default=True,
    help="What it is pasted into.",
)
@click.option("--short", is_flag=True, help="Of resolved: the one line.")
@click.option("--eta", metavar="TEXT", help="When the service is expected back.")
@click.option("--investigating", metavar="TEXT", help="Where you are; without it the latest event.")
@click.option("--cause", metavar="TEXT", help="The root cause; without it the document's first sentence.")
@click.option("--users", metavar="TEXT", help="Which users were affected, such as '40 users'.")
@click.option("--data", metavar="TEXT", help="Of an e-mail: which personal data is concerned.")
@click.option("--workaround", metavar="TEXT", help="Of a ticket: what helps until the fix.")
@click.option("--release", metavar="TEXT", help="Of a ticket: the release that gets the fix.")
@click.option(
    "--to",
    multiple=True,
    metavar="@WHO",
    help="Who is told, in place of whom the table asks for; repeatable.",
)
@click.option("--force", is_flag=True, help="Write an e-mail or a ticket that the process does not ask for.")
@moment_option
@click.option("--dry-run", is_flag=True, help="Print the message, and record nothing.")
@config_option
def comm(**options: Any) -> int:
    """Print a message about INCIDENT, by default the open one, and record it there; nothing is sent."""
    from incidentdocs.commands.comm import run

    return run(Path.cwd(), **options)
