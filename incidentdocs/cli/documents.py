"""The commands that write and check documents: `new`, `migrate`, `lint`, `rules` and `schema`."""

from pathlib import Path
from typing import Any

import click

from incidentdocs.cli.options import (
    FILE,
    Day,
    as_of_option,
    cache_option,
    colour_option,
    config_option,
    rules_option,
)
from incidentdocs.commands.completing import (
    complete_kind,
    complete_output,
    complete_profile,
    complete_rule,
    complete_schema,
)
from incidentdocs.output.lint_formats import FORMATS


def _one_title(context: click.Context, parameter: click.Parameter, words: tuple[str, ...]) -> str | None:
    if len(words) > 1:
        raise click.UsageError(f"A title of several words stands in quotes: '{' '.join(words)}'", context)
    if not words and not (context.params.get("source") or context.params.get("escalated")):
        raise click.UsageError("Missing argument 'TITLE'.", context)
    return words[0] if words else None


@click.command(short_help="Write a new document.")
@click.argument("kind", shell_complete=complete_kind)
@click.option(
    "--from",
    "source",
    type=FILE,
    is_eager=True,
    metavar="INCIDENT",
    help="Begin the post-mortem of this incident's document with what that says; TITLE may be left out.",
)
@click.option(
    "--for",
    "escalated",
    type=FILE,
    is_eager=True,
    metavar="INCIDENT",
    help="Begin the escalation of the similar incidents that this one belongs to; TITLE may be left out.",
)
@click.argument("title", nargs=-1, metavar="TITLE", callback=_one_title)
@click.option("--date", "day", type=Day(), metavar="DATE", help="The incident's date, by default today.")
@click.option("--severity", metavar="SEV", help="SEV1, SEV2 or SEV3 (CRITICAL, WARNING, INFO).")
@click.option("--service", "services", multiple=True, metavar="NAME", help="A service concerned; repeatable.")
@click.option("--field", "fields", multiple=True, metavar="KEY=VALUE", help="A field of it; repeatable.")
@click.option("--language", type=click.Choice(["en", "fr"]), help="The document's language.")
@click.option(
    "--commits",
    metavar="REV..REV",
    help="Propose what these commits changed for a post-mortem's timeline, as comments.",
)
@click.option(
    "--window",
    metavar="DURATION",
    help="Propose what landed from so long before the incident (24h, 3d) until it was resolved.",
)
@config_option
def new(**options: Any) -> int:
    """Write a new document of KIND (incident, post-mortem, runbook, escalation, or your own) called TITLE."""
    from incidentdocs.commands.new import run

    return run(Path.cwd(), **options)


@click.command(short_help="Bring documents into another profile's shape.")
@click.argument("paths", nargs=-1, required=True, type=FILE, metavar="PATH...")
@click.option(
    "--to",
    "kind",
    required=True,
    metavar="PROFILE",
    help="The kind of document to make of them.",
    shell_complete=complete_profile,
)
@click.option("--write", is_flag=True, help="Change the files; without it the changes are only shown.")
@config_option
@colour_option
def migrate(**options: Any) -> int:
    """Show, or write, the documents at or below each PATH in another profile's shape; nothing is lost."""
    from incidentdocs.commands.migrate import run

    return run(Path.cwd(), **options)


@click.command(short_help="Check documents.")
@click.argument("paths", nargs=-1, type=FILE, metavar="[PATH]...")
@click.option("--format", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT:PATH",
    help="Write the findings to a file as well; repeatable.",
    shell_complete=complete_output,
)
@click.option("--statistics", is_flag=True, help="Tell how many findings each rule has, not the findings.")
@click.option("--show-files", is_flag=True, help="Tell which files would be checked, and check none.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@click.option("--fix", is_flag=True, help="Write what can be mended without changing what is said.")
@click.option("--unsafe", is_flag=True, help="With --fix or --diff: mend also what a person must read over.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.option("--repository", is_flag=True, help="Check all documents and their history, whatever PATH says.")
@rules_option("--select", "Ask only these rules, with commas between them; repeatable.")
@rules_option("--ignore", "Ask all rules but these; repeatable.")
@click.option("--baseline", type=FILE, metavar="FILE", help="Leave out the findings that this file knows.")
@click.option("--write-baseline", type=FILE, metavar="FILE", help="Write all findings to this file.")
@click.option("--since", metavar="REV", help="Tell only of what has changed since the branch left REV.")
@click.option(
    "--stdin-filename",
    type=FILE,
    metavar="FILE",
    help="Which document the text is that `-` reads on stdin.",
)
@click.option("--watch", is_flag=True, help="Check again whenever a document changes, until Ctrl-C.")
@as_of_option
@config_option
@cache_option
@colour_option
def lint(watch: bool, **options: Any) -> int:
    """Check the documents at or below each PATH, or all documents of the repository and their history."""
    from incidentdocs.commands.combining import refuse_contradictions
    from incidentdocs.commands.lint import run

    refuse_contradictions({"watch": watch, **options})
    if watch:
        from incidentdocs.commands.watching import run_on_change

        return run_on_change(run, Path.cwd(), **options)
    return run(Path.cwd(), **options)


@click.command(short_help="Keep the tables of documents in README files up.")
@click.option("--check", is_flag=True, help="Exit with 1 where a table is not what the documents say.")
@click.option("--write", is_flag=True, help="Write the tables.")
@config_option
@colour_option
def index(**options: Any) -> int:
    """Show how the tables of documents between the markers of README.md files would change."""
    from incidentdocs.commands.index import run

    return run(Path.cwd(), **options)


@click.command(short_help="List or explain the rules.")
@click.argument("name", required=False, shell_complete=complete_rule)
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def rules(**options: Any) -> int:
    """List the rules, or explain the one called NAME."""
    from incidentdocs.commands.rules import run

    return run(**options)


@click.command(short_help="Print a JSON Schema.")
@click.argument("name", shell_complete=complete_schema)
def schema(name: str) -> int:
    """Print a JSON Schema: config, profile, a kind's front matter, or what a command prints as JSON."""
    from incidentdocs.commands.schema import run

    return run(Path.cwd(), name=name)
