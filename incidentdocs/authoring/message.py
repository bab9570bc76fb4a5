"""A message about an incident: the process's text of its kind, filled with what is known."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from incidentdocs.templating.environment import render

MessageKind = Literal[
    "announce", "update", "resolved", "resolved-short", "banner", "banner-removed", "email", "ticket"
]


def message_name(kind: MessageKind, language: str) -> str:
    """Return the name of the file with the template of `kind`, the built-in one's and a repository's."""
    return f"{kind}.{language}.txt.j2"


def built_in_message(kind: MessageKind, language: str) -> str:
    """Return the template of `kind` as the process has it, in French, or else in English."""
    known = "fr" if language == "fr" else "en"
    file = Path(__file__).with_name("messages") / message_name(kind, known)
    return file.read_text(encoding="utf-8")


def message_text(template: str, values: Mapping[str, object], *, path: str) -> str:
    """Return the message that `template` makes of `values`, without blank lines at its end.

    What is not known is empty in `values`, and the template says what stands there. ConfigError, naming
    `path`, for a template that is broken.
    """
    return render(template, values, path=path).rstrip()
