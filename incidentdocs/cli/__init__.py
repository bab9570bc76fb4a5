"""The command line: arguments in, exit code out; a command is imported when it is called."""

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click

from incidentdocs import __version__
from incidentdocs.errors import IncidentdocsError, UsageError

COMMANDS = {
    "init": "adopting",
    "new": "documents",
    "migrate": "documents",
    "lint": "documents",
    "index": "documents",
    "site": "following",
    "report": "following",
    "handoff": "duty",
    "similar": "following",
    "history": "following",
    "incident": "handling",
    "comm": "handling",
    "profile": "adopting",
    "oncall": "duty",
    "rules": "documents",
    "schema": "documents",
    "demo": "adopting",
}
"""In which module of this package each command is, under its own name."""


class Commands(click.Group):
    """The commands of `COMMANDS`: only the one that is called is imported, for a fast start."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, by the alphabet."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command called `cmd_name`, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"incidentdocs.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="incidentdocs")
def incidentdocs() -> None:
    """Write, check and follow up post-mortems and runbooks that are Markdown files in git.

    Exit codes: 0 clean, 1 findings, 2 a mistake in the call or the configuration, 3 a fault of the
    program, 4 the history is not complete, 5 a message that a target did not take.
    """


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
