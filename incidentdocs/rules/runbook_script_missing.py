"""The rule runbook-script-missing."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from incidentdocs.documents.commands import Command, read_commands
from incidentdocs.documents.document import Document
from incidentdocs.errors import nearest
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.places import Span
from incidentdocs.profiles.roles import role_of
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Example, LibraryRule

_PATH = "docs/runbooks/runbook-api.md"
_EN = "# Runbook: API\n\n## Diagnosis (steps)\n1. Measure it:\n\n   ```bash\n   {}\n   ```\n"
_FR = "# Runbook : API\n\n## Diagnostic (etapes)\n1. Lancer `{}` : attendu `4/4 OK`.\n"
_CODE = '[repository]\ncode = "app"\n'


class Used(NamedTuple):
    """A script or a service of Compose that a runbook uses: a path from the root, or a name, and where it stands."""

    kind: str
    name: str
    written: str
    span: Span


class RunbookScriptMissing(LibraryRule):
    """The scripts and the services of Compose that a runbook uses are in the code.

    A script was renamed, a service split in two, and the runbook still says the old name: whoever follows it at night
    learns it then. This is asked where `[repository]` `code` says in which folder the code is; services are those
    of its `compose.yaml` or `docker-compose.yml` and the files beside it.

    Write the name that the code has now.
    """

    name = "runbook-script-missing"
    asks_services = True
    valid = (
        Example(
            _EN.format("./scripts/healthcheck.sh --all"),
            path=_PATH,
            config=_CODE,
            files=("app/scripts/healthcheck.sh",),
        ),
        Example(_EN.format("./scripts/healthcheck.sh"), path=_PATH),
        Example(_FR.format("./scripts/<service>.sh"), path=_PATH, config=_CODE, files=("app/scripts/a.sh",)),
        Example(_FR.format("docker compose restart api"), path=_PATH, config=_CODE),
    )
    invalid = (
        Example(
            _EN.format("./scripts/healthcheck.sh --all"),
            ("./scripts/healthcheck.sh --all",),
            _PATH,
            config=_CODE,
            files=("app/scripts/health.sh",),
        ),
        Example(
            _FR.format("./scripts/healthcheck.sh"),
            ("`./scripts/healthcheck.sh`",),
            _PATH,
            config=_CODE,
            files=("app/scripts/health.sh",),
        ),
    )

    def gather(self, document: Document) -> Sequence[object]:
        """Return the scripts and services that a runbook uses, where it is known in which folder the code is."""
        code = document.process.code
        if not code or role_of(document.profile) != "runbook":
            return ()
        commands = read_commands(document.source.blocks, document.source, ("./", "compose"))
        return tuple(
            used
            for command in commands
            for used in (*_scripts(command, code), *_services(command))
            if not document.holds_placeholder(used.span)
        )

    def looks_for(self, told: Mapping[str, Sequence[Any]]) -> Iterator[str]:
        """Yield the path of each script, and its folder."""
        for used in (used for each in told.values() for used in each if used.kind == "script"):
            yield used.name
            yield f"{posixpath.dirname(used.name)}/"

    def check(self, overview: Overview) -> Iterator[Finding]:
        """Yield a finding for each script that is not there, and each service that no Compose file names."""
        for path, uses in overview.told.get(self.name, {}).items():
            for used in uses:
                if used.kind == "script" and used.name not in overview.present:
                    message = f"there is no script `{used.written}` in the code"
                    yield self.at(
                        path, used.span, message, f"write the path that it has now, or add `{used.name}`"
                    )
                elif used.kind == "service" and overview.services and used.name not in overview.services:
                    message = f"no Compose file of the code has a service `{used.name}`"
                    near = nearest(used.name, overview.services)
                    services = ", ".join(sorted(overview.services)[:10])
                    yield self.at(
                        path, used.span, message, f"write `{near}`" if near else f"write one of: {services}"
                    )


def _scripts(command: Command, code: str) -> Iterator[Used]:
    for found in _script().finditer(command.text):
        name = posixpath.normpath(posixpath.join(code, found[0]))
        yield Used("script", name, found[0], command.span)


def _services(command: Command) -> Iterator[Used]:
    """Yield the services that a command of Compose names where it is sure that a word is one."""
    if found := _compose().search(command.text):
        words = found["words"].split()
        names = [word for word in words if not word.startswith("-")]
        one = found["command"] in ("exec", "run", "port")
        valued = any(word.startswith("-") and "=" not in word and word not in _SWITCHES for word in words)
        for name in names[:1] if one else names:
            if not valued and _name().fullmatch(name):
                yield Used("service", name, name, command.span)


_SWITCHES = frozenset(
    [
        "-d",
        "--detach",
        "--no-deps",
        "--force-recreate",
        "--build",
        "-T",
        "--no-color",
        "-f",
        "--follow",
        "--timestamps",
        "--all",
        "-a",
        "-q",
        "--quiet",
        "--rm",
        "--no-TTY",
        "--wait",
        "--no-log-prefix",
        "--remove-orphans",
        "-s",
        "--stop",
        "--force",
        "-v",
        "--volumes",
        "--no-start",
    ]
)
"""Options without a value of their own: after any other the next word may be no service."""


@cache
def _script() -> re.Pattern[str]:
    return re.compile(r"(?<![\w./$}-])\./(?:[\w-][\w.-]{0,100}/){0,8}[\w-][\w.-]{0,100}(?![\w/<{$*}-])")


@cache
def _compose() -> re.Pattern[str]:
    commands = "restart|start|stop|up|exec|run|logs|rm|pull|build|kill|pause|unpause|ps|port"
    return re.compile(
        rf"^(?:sudo[ \t]+)?docker(?:-|[ \t]+)compose[ \t]+(?P<command>{commands})(?P<words>(?:[ \t]+[\w.=:-]+){{0,20}})"
    )


@cache
def _name() -> re.Pattern[str]:
    return re.compile(r"[a-zA-Z][\w.-]{0,62}")
