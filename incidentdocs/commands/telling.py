"""Where the findings of `lint` go: stdout, files, and the summary of a build server's job."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click

from incidentdocs.commands.naming import refuse_place
from incidentdocs.errors import UsageError, did_you_mean
from incidentdocs.output.lint_formats import COUNTED, FINGERPRINTED, FORMATS, SUMMARISED, written
from incidentdocs.output.told import Told
from incidentdocs.workspace import Workspace

SUMMARY_FILE = "GITHUB_STEP_SUMMARY"
"""The variable in which GitHub, Forgejo and Gitea name the file of a step's summary."""


class Output(NamedTuple):
    """A file and the format in which the findings are written to it."""

    format: str
    path: Path


class Wanted(NamedTuple):
    """How the findings are told: on stdout in a format, or how many there are, and in files."""

    format: str = "text"
    outputs: tuple[Output, ...] = ()
    statistics: bool = False
    colour: bool = False

    @property
    def fingerprinted(self) -> bool:
        """Whether a fingerprint is told of anywhere."""
        return not FINGERPRINTED.isdisjoint((self.format, *(output.format for output in self.outputs)))


def wanted(
    workspace: Workspace, format: str, outputs: Sequence[str], *, statistics: bool, colour: bool
) -> Wanted:
    """Return how the findings are told; UsageError, before anything is read, for what cannot be done.

    `outputs` are the words `FORMAT:PATH` of the command line.
    """
    if statistics and format not in COUNTED:
        hint = f"write --format {' or '.join(COUNTED)}, or leave --statistics out"
        raise UsageError(f"--statistics are not told in the format {format}", hint=hint)
    files = outputs_of(
        workspace, outputs, FORMATS, instead="for the findings", example="sarif:findings.sarif"
    )
    return Wanted(format, files, statistics, colour)


def outputs_of(
    workspace: Workspace, words: Sequence[str], formats: Sequence[str], *, instead: str, example: str
) -> tuple[Output, ...]:
    """Return the files that the `words` `FORMAT:PATH` of a command line name, each in one of `formats`.

    UsageError for what names none, for a document or a setting, and for one file twice: then its hint says to
    name a file `instead`, and how, by an `example`.
    """
    files = tuple(_output(workspace, word, formats, instead=instead, example=example) for word in words)
    places = [os.path.realpath(file.path) for file in files]
    for number, file in enumerate(files):
        if places[number] in places[:number]:
            hint = "give each format a file of its own"
            raise UsageError(f"two outputs would be written to {file.path}", hint=hint)
    return files


def _output(workspace: Workspace, word: str, formats: Sequence[str], *, instead: str, example: str) -> Output:
    from incidentdocs.editing.writing import refuse_output

    format, colon, path = word.partition(":")
    if not colon or not path:
        raise UsageError(f"--output {word} names no file", hint=f"write FORMAT:PATH, as in {example}")
    if format not in formats:
        hint = did_you_mean(format, formats, otherwise=f"write one of {', '.join(formats)}")
        raise UsageError(f"no format is called {format}", hint=hint)
    if path == "-":
        raise UsageError(
            f"--output {word} names no file: `-` is the standard output",
            hint=f"write --format {format} for what is to stand there",
        )
    place = Path(path)
    refuse_output(place)
    refuse_place(workspace, place, instead=instead)
    return Output(format, place)


def tell(told: Told, how: Wanted) -> None:
    """Write what is `told` to stdout and to every file that is asked for, as `how` says."""
    _print(told._replace(colour=how.colour), how)
    for output in how.outputs:
        from incidentdocs.editing.writing import write_output

        text = written(output.format, told)
        write_output(output.path, f"{text}\n" if text else "")
    if how.format in SUMMARISED and (file := os.environ.get(SUMMARY_FILE)):
        _summarise(told, Path(file))


def _print(told: Told, how: Wanted) -> None:
    if how.statistics:
        from incidentdocs.output.lint_statistics import statistics_json, statistics_text

        text = statistics_json(told) if how.format == "json" else statistics_text(told)
    else:
        text = written(how.format, told)
    if text:
        click.echo(text, color=how.colour)


def _summarise(told: Told, file: Path) -> None:
    """Put a summary at the end of the file that a build server shows; where it cannot, the run goes on."""
    from incidentdocs.editing.writing import append
    from incidentdocs.output.lint_summary import ROOM, lint_summary

    try:
        used = file.stat().st_size if file.exists() else 0
        append(file, lint_summary(told, ROOM - used))
    except OSError as error:
        click.echo(f"the job's summary is not written: {file}: {error.strerror}", err=True)
