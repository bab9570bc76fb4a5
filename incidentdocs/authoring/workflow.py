"""A file by which a build server or pre-commit runs the program: a template, filled for a repository."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from incidentdocs.errors import ConfigError
from incidentdocs.markdown.yaml_files import yaml_file
from incidentdocs.templating.environment import render

Forge = Literal["forgejo", "github", "gitlab"]


class Workflow(NamedTuple):
    """The name of a template, and the path below a repository's root at which what it makes is read."""

    template: str
    path: str


LINTING: Mapping[Forge, Workflow] = {
    "forgejo": Workflow("forgejo-lint.yml.j2", ".forgejo/workflows/incidentdocs.yml"),
    "github": Workflow("github-lint.yml.j2", ".github/workflows/incidentdocs.yml"),
    "gitlab": Workflow("gitlab-lint.yml.j2", ".gitlab/incidentdocs.yml"),
}
"""What checks a change to the documents."""

WEEKLY: Mapping[Forge, Workflow] = {
    "forgejo": Workflow("forgejo-weekly.yml.j2", ".forgejo/workflows/incidentdocs-weekly.yml"),
    "github": Workflow("github-weekly.yml.j2", ".github/workflows/incidentdocs-weekly.yml"),
    "gitlab": Workflow("gitlab-weekly.yml.j2", ".gitlab/incidentdocs-weekly.yml"),
}
"""What prints and sends the weekly report."""

HOOK = Workflow("pre-commit.yaml.j2", ".pre-commit-config.yaml")
"""What checks a commit: an entry of the list `repos`."""

TEMPLATES = tuple(workflow.template for workflow in (*LINTING.values(), *WEEKLY.values(), HOOK))


def built_in_workflow(template: str) -> str:
    """Return the template of this name that comes with the program."""
    return (Path(__file__).with_name("workflows") / template).read_text(encoding="utf-8")


def workflow_text(template: str, values: Mapping[str, object], *, path: str) -> str:
    """Return what `template` makes of `values`.

    ConfigError, naming `path`, for a template that is broken, and for one that does not make YAML.
    """
    text = render(template, values, path=path)
    try:
        yaml_file(text, aliases=True)
    except ValueError as error:
        message = f"what the template makes is no YAML: {error}"
        raise ConfigError(message, path=path, hint="compare it with the template of incidentdocs") from error
    return text


def with_hook(config: str, entry: str) -> str | None:
    """Return the pre-commit configuration `config` with `entry`, a list of hooks' repositories, at its end.

    Nothing else of its text changes. None where that cannot be done by adding lines: `repos` is not its last
    key, or is not written as a list of lines.
    """
    before, added = _mapping(config), _list_in(yaml_file(entry, aliases=False))
    if "repos" not in before:
        return None
    wanted = {**before, "repos": [*_list_in(before["repos"]), *added]}
    newline = "\r\n" if "\r\n" in config else "\n"
    for indent in ("", "  ", "    "):
        lines = [f"{indent}{line}" if line else "" for line in entry.splitlines()]
        text = newline.join([config.rstrip(), *lines, ""])
        if _mapping(text) == wanted:
            return text
    return None


def hook_ids(config: str) -> frozenset[str]:
    """Return the ids of all hooks of a pre-commit configuration; none where it cannot be read."""
    ids = set()
    for repository in _list_in(_mapping(config).get("repos")):
        hooks = repository.get("hooks") if isinstance(repository, Mapping) else None
        ids |= {hook.get("id") for hook in _list_in(hooks) if isinstance(hook, Mapping)}
    return frozenset(id for id in ids if isinstance(id, str))


def _mapping(text: str) -> Mapping[object, object]:
    """Return the mapping that a YAML text holds, an empty one where it holds none."""
    try:
        found = yaml_file(text, aliases=False)
    except ValueError:
        return {}
    return found if isinstance(found, Mapping) else {}


def _list_in(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()
