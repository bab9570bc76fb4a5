"""A profile's file becomes a profile: what it extends is merged in, and what cannot be meant is refused."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from incidentdocs.errors import ConfigError
from incidentdocs.profiles.extending import extend
from incidentdocs.profiles.patterns import kind_mistake, profile_mistakes
from incidentdocs.profiles.profile import Profile
from incidentdocs.settings import read
from incidentdocs.settings.mistakes import Mistake, SettingsFile, instead, quoted
from incidentdocs.settings.toml import parse_toml

BUILT_IN = ("post-mortem", "runbook", "incident", "escalation")
"""The kinds that every repository has, unless a profile of its own takes their place."""

READY: Mapping[str, str] = {
    "google-sre": "post-mortem",
    "pagerduty": "post-mortem",
    "atlassian": "post-mortem",
    "etsy-style": "post-mortem",
    "prometheus-runbook": "runbook",
}
"""The profiles that claim nothing until a repository's own extends one, each with the kind that it is for."""

LANGUAGES = ("fr", "en")

Tables = Mapping[str, Mapping[str, Any]]
"""The parsed profile files of a repository, by kind."""


class Origin(NamedTuple):
    """Where a profile and its templates lie: in the package, or in the repository's folder of `kind`."""

    kind: str
    built_in: bool


@cache
def built_in(kind: str) -> Profile:
    """Return the profile `kind`, one of BUILT_IN or READY."""
    return read(Profile, {**_built_in_table(kind), "kind": kind}, SettingsFile(kind, ""))


def built_in_template(kind: str, language: str) -> str:
    """Return the text of the template for `kind`, one of BUILT_IN or READY, in one of LANGUAGES."""
    return _package_text(kind, f"template.{language}.md.j2")


def read_profile(text: str, *, kind: str, path: str, bases: Tables) -> Profile:
    """Return the profile that a repository's file at `path` says, merged with what it extends.

    `bases` are the tables of the repository's profiles, and those of READY may be extended beside them. A
    profile that extends its own kind extends the built-in one; `extending.extend` tells how entries merge.
    ConfigError names every mistake.
    """
    file = SettingsFile(path, text)
    own = parse_toml(text, path=path)
    if wrong := kind_mistake(kind, own):
        raise file.error([wrong])
    table, mistakes = _extended(kind, {**bases, kind: own}, file)
    if mistakes:
        raise file.error(mistakes)
    return read(Profile, {**table, "kind": kind}, file, profile_mistakes)


def lineage(kind: str, tables: Tables, file: SettingsFile) -> tuple[Origin, ...]:
    """Return where `kind` comes from and what it extends, nearest first: its templates' order too.

    ConfigError, naming a line of `file`, where a base is unknown or the profiles go round in a circle.
    """
    origins = [Origin(kind, kind not in tables)]
    while not origins[-1].built_in and "extends" in tables[origins[-1].kind]:
        here = origins[-1].kind
        base = _base(here, tables[here]["extends"], tables, file)
        if base in origins:
            circle = " → ".join([*(origin.kind for origin in origins), base.kind])
            raise _extends_error(
                file, f"the profiles extend one another: {circle}", "let one of them stand alone"
            )
        origins.append(base)
    return tuple(origins)


def _base(here: str, base: object, tables: Tables, file: SettingsFile) -> Origin:
    packaged = {*BUILT_IN, *READY}
    if isinstance(base, str):
        built_in = base in packaged and (base == here or base not in tables)
        if built_in or (base in tables and base != here):
            return Origin(base, built_in)
    known = sorted({*packaged, *tables} - ({here} - packaged))
    raise _extends_error(file, f"no profile is called {quoted(base)}", instead(str(base), known))


def _extends_error(file: SettingsFile, message: str, hint: str) -> ConfigError:
    return file.error([Mistake(("extends",), message, hint)])


def _extended(kind: str, tables: Tables, file: SettingsFile) -> tuple[dict[str, Any], Sequence[Mistake]]:
    table: dict[str, Any] = {}
    mistakes: Sequence[Mistake] = ()
    for origin in reversed(lineage(kind, tables, file)):
        over = _built_in_table(origin.kind) if origin.built_in else tables[origin.kind]
        table, mistakes = extend(table, {key: value for key, value in over.items() if key != "extends"})
    return table, mistakes


def _built_in_table(kind: str) -> dict[str, Any]:
    return parse_toml(_package_text(kind, "profile.toml"), path=f"{kind}/profile.toml")


def _package_text(kind: str, name: str) -> str:
    return Path(__file__).with_name(kind).joinpath(name).read_text(encoding="utf-8")
