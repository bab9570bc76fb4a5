"""The commands that a team begins with: `init`, `profile` and `demo`."""

from pathlib import Path
from typing import Any

import click

from incidentdocs.cli.options import FILE, colour_option, config_option
from incidentdocs.commands.completing import complete_profile


@click.command(short_help="Set a repository up.")
@click.option("--language", type=click.Choice(["en", "fr"]), help="The language of new documents.")
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="NAME",
    help="Adopt a ready profile: google-sre, pagerduty, atlassian or etsy-style for post-mortems,"
    " prometheus-runbook for runbooks; repeatable.",
)
@click.option(
    "--ci",
    type=click.Choice(["forgejo", "github", "gitlab"]),
    help="Write a workflow that checks every change to the documents.",
)
@click.option("--hook", is_flag=True, help="Write the hooks of pre-commit that check every commit.")
@click.option("--weekly", is_flag=True, help="With --ci: write a workflow that reports every Monday.")
def init(**options: Any) -> int:
    """Set a repository up: its configuration, the folders of its documents, and what checks them."""
    from incidentdocs.commands.init import run

    return run(Path.cwd(), **options)


@click.group(short_help="Learn a profile from documents, or try one on them.")
def profile() -> None:
    """Learn a profile from the documents that a team has, or see how much of them one understands."""


@profile.command(short_help="Propose a profile for existing documents.")
@click.argument("paths", nargs=-1, required=True, type=FILE, metavar="PATH...")
@click.option("--write", metavar="NAME", help="Write it as the repository's profile NAME.")
@config_option
def learn(**options: Any) -> int:
    """Print the profile that most of the documents at each PATH fit, and how many fit each choice."""
    from incidentdocs.commands.profile import run_learn

    return run_learn(Path.cwd(), **options)


@profile.command(short_help="Show how much of documents a profile understands.")
@click.argument("name", metavar="NAME", shell_complete=complete_profile)
@click.argument("paths", nargs=-1, required=True, type=FILE, metavar="PATH...")
@config_option
@colour_option
def check(**options: Any) -> int:
    """Tell what of the documents at each PATH the profile NAME understands, and which lines not."""
    from incidentdocs.commands.profile import run_check

    return run_check(Path.cwd(), **options)


@click.command(short_help="Try the program on a repository of its own.")
@click.argument("folder", type=FILE, default="incidentdocs-demo", metavar="[DIR]")
def demo(folder: Path) -> int:
    """Build a small repository with a history in DIR and show on it what the program does."""
    from incidentdocs.commands.demo import run

    return run(folder)
