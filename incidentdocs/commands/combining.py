"""Which options of `lint` cannot be meant together, told before anything is read."""

from collections.abc import Mapping
from typing import Any

from incidentdocs.commands.standard_input import STDIN
from incidentdocs.errors import UsageError

_NARROWING = ("--since", "--baseline", "--write-baseline")
_TELLING = ("--statistics", "--format", "--output")

_MENDS = "mends documents as they lie in their files, whole"

CONTRADICTIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "--show-files": (
        "names the files and checks none",
        ("--watch", "--fix", "--diff", "--unsafe", *_TELLING, "--select", "--ignore", *_NARROWING),
    ),
    "--diff": (
        "shows what would be mended in whole documents, and no findings",
        ("--fix", *_TELLING, *_NARROWING, "-"),
    ),
    "--fix": (_MENDS, ("-", "--since", "--write-baseline")),
    "--unsafe": (_MENDS, ("-", "--since", "--write-baseline")),
    "--write-baseline": (
        "records every finding and tells none",
        ("--watch", *_TELLING, "--since", "--baseline"),
    ),
    "-": ("reads the standard input, which does not change", ("--watch",)),
}
"""Options, what each of them means, and those that would do nothing beside it, or the contrary."""


def refuse_contradictions(options: Mapping[str, Any]) -> None:
    """Raise UsageError where `options`, as the command line has them, contradict one another.

    Nothing that somebody has typed is passed over in silence.
    """
    given = _given(options)
    if "--unsafe" in given and not {"--fix", "--diff", "--show-files"} & given.keys():
        hint = "write `--fix --unsafe` or `--diff --unsafe`"
        raise UsageError("--unsafe is for --fix and --diff", hint=hint)
    for option, (means, others) in CONTRADICTIONS.items():
        wrong = " and ".join(given[other] for other in others if other in given)
        if option in given and wrong:
            hint = f"leave {wrong} out, or run lint twice"
            raise UsageError(f"{option} {means}: not with {wrong}", hint=hint)


def _given(options: Mapping[str, Any]) -> dict[str, str]:
    """Return the options that are given, each with how it is told: with its value where that matters."""
    told = (name for name, value in options.items() if name != "format" and value not in (None, False, ()))
    given = {option: option for option in (f"--{name.replace('_', '-')}" for name in told)}
    if options["format"] != "text":
        given["--format"] = f"--format {options['format']}"
    if options["outputs"]:
        given["--output"] = "--output"
    if STDIN in options["paths"]:
        given["-"] = "-"
    return given
