"""The formats in which `lint` tells its findings: their names, and the function that writes each."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from incidentdocs.output.told import Told

FORMATS = (
    "text",
    "concise",
    "json",
    "jsonl",
    "sarif",
    "github",
    "forgejo",
    "gitlab",
    "junit",
    "rdjson",
)
"""Every format by name; `lint_<name>` in the file of that name writes it, imported when it is asked for."""

FINGERPRINTED = frozenset({"sarif", "gitlab"})
"""The formats that tell the fingerprints of findings."""

SUMMARISED = frozenset({"github", "forgejo"})
"""The formats for build servers that also show a summary of a job."""

COUNTED = ("text", "json")
"""The formats in which `--statistics` are told."""


def written(name: str, told: "Told") -> str:
    """Return what is told in the format called `name`, without a line ending at its end."""
    write: Callable[[Told], str] = getattr(import_module(f"incidentdocs.output.lint_{name}"), f"lint_{name}")
    return write(told)
