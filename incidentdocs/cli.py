"""The command line: arguments in, exit code out; a command's module is imported when it is called."""

import errno
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from incidentdocs import __version__
from incidentdocs.commands.completing import (
    complete_kind,
    complete_output,
    complete_profile,
    complete_rule,
    complete_schema,
)
from incidentdocs.errors import IncidentdocsError, UsageError
from incidentdocs.output.lint_formats import FORMATS

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


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="incidentdocs")
def incidentdocs() -> None:
    """Write, check and follow up post-mortems and runbooks that are Markdown files in git.

    Exit codes: 0 clean, 1 findings, 2 a mistake in the call or the configuration, 3 a fault of the
    program, 4 the history is not complete.
    """


@incidentdocs.command(short_help="Set a repository up.")
@click.option("--language", type=click.Choice(["en", "fr"]), help="The language of new documents.")
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="NAME",
    help="Adopt a ready profile: google-sre, pagerduty, atlassian or etsy-style for post-mortems,"
    " prometheus-runbook for runbooks; repeatable.",
)
def init(**options: Any) -> int:
    """Set a repository up: its configuration and the folders of its documents."""
    from incidentdocs.commands.init import run

    return run(Path.cwd(), **options)


def _one_title(context: click.Context, parameter: click.Parameter, words: tuple[str, ...]) -> str | None:
    if len(words) > 1:
        raise click.UsageError(f"A title of several words stands in quotes: '{' '.join(words)}'", context)
    if not words and not (context.params.get("source") or context.params.get("escalated")):
        raise click.UsageError("Missing argument 'TITLE'.", context)
    return words[0] if words else None


@incidentdocs.command(short_help="Write a new document.")
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


@incidentdocs.command(short_help="Bring documents into another profile's shape.")
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


@incidentdocs.command(short_help="Check documents.")
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


@incidentdocs.command(short_help="Tell what became of the action items.")
@click.argument("name", type=click.Choice(["overdue", "actions", "deadlines", "escalations"]))
@click.option("--format", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
@click.option("--exit-code", is_flag=True, help="Exit with 1 when the report is not empty.")
@click.option(
    "--since", metavar="DATE|REV", help="Tell what changed since then, by default in the last seven days."
)
@at_option
@as_of_option
@config_option
@cache_option
@colour_option
def report(**options: Any) -> int:
    """Report action items, those overdue or all, post-mortems' deadlines, or incidents that come back."""
    from incidentdocs.commands.report import run

    return run(Path.cwd(), **options)


@incidentdocs.command(short_help="Tell whoever is on call next what the week leaves them.")
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


@incidentdocs.command(short_help="Tell which incidents are like one of them.")
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


@incidentdocs.command(short_help="Tell what happened to the action items, oldest first.")
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


@incidentdocs.group(short_help="Handle an incident step by step, while it burns.")
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


@incidentdocs.command(short_help="Write a message about an incident, and record it.")
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


@incidentdocs.group(short_help="Learn a profile from documents, or try one on them.")
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


@incidentdocs.group(short_help="Tell who is on call.", invoke_without_command=True)
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


@incidentdocs.command(short_help="List or explain the rules.")
@click.argument("name", required=False, shell_complete=complete_rule)
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def rules(**options: Any) -> int:
    """List the rules, or explain the one called NAME."""
    from incidentdocs.commands.rules import run

    return run(**options)


@incidentdocs.command(short_help="Print a JSON Schema.")
@click.argument("name", shell_complete=complete_schema)
def schema(name: str) -> int:
    """Print a JSON Schema: config, profile, a kind's front matter, or what a command prints as JSON."""
    from incidentdocs.commands.schema import run

    return run(Path.cwd(), name=name)


@incidentdocs.command(short_help="Try the program on a repository of its own.")
@click.argument("folder", type=FILE, default="incidentdocs-demo", metavar="[DIR]")
def demo(folder: Path) -> int:
    """Build a small repository with a history in DIR and show on it what the program does."""
    from incidentdocs.commands.demo import run

    return run(folder)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with its code."""
    for name in ("stdout", "stderr"):
        # What a terminal cannot show must not stop a report, nor that somebody closed the stream.
        stream = getattr(sys, name) or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        stream.reconfigure(errors="backslashreplace")
        setattr(sys, name, stream)
    try:
        code = incidentdocs.main(arguments, prog_name="incidentdocs", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        code = _misused(error)
    except click.Abort:
        code = 130
    except BrokenPipeError:
        code = _quiet_after_a_closed_pipe()
    except IncidentdocsError as error:
        code = _tell(error)
    except Exception as error:
        code = _tell(_fault(error))
    sys.exit(code)


def _misused(error: click.UsageError) -> int:
    """Tell what is wrong with a call, as any other mistake is told, and return the exit code."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return error.exit_code
    said = error.format_message().removesuffix(".")
    hint = f"{error.ctx.command_path if error.ctx else 'incidentdocs'} --help"
    if isinstance(error, click.NoSuchOption):
        hint += ", or write -- before a text that begins with a dash"
    return _tell(UsageError(said[:1].lower() + said[1:], hint=hint))


def _tell(error: IncidentdocsError) -> int:
    from incidentdocs.commands.complaining import tell_error

    tell_error(error)
    return error.exit_code


def _fault(error: Exception) -> IncidentdocsError:
    if isinstance(error, OSError) and error.filename is not None:
        return UsageError(f"{error.filename}: {error.strerror}", hint="check the path and its permissions")
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UsageError(f"the output cannot be written: {error.strerror}", hint="make room, then try again")
    from incidentdocs.errors import Fault

    where = error.__traceback__
    while where and where.tb_next:
        where = where.tb_next
    place = f" ({where.tb_frame.f_code.co_name}, line {where.tb_lineno})" if where else ""
    return Fault(
        f"incidentdocs itself failed: {type(error).__name__}: {error}{place}",
        hint="this is a fault of the program: please report it with the command you typed",
    )


def _quiet_after_a_closed_pipe() -> int:
    # Python flushes stdout once more at its end and would complain about the closed pipe again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141
