"""The program's own templates become HTML pages: whatever a value holds is text there, never markup."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def page(folder: Path, name: str, values: Mapping[str, object]) -> str:
    """Return what the template `name` in `folder`, which came with the program, makes of `values`.

    A value is escaped for HTML unless it is a `markupsafe.Markup`, which only what made HTML itself may give.
    Templates in `folder` can extend and include one another.
    """
    return _environment(folder).get_template(name).render(values)


@cache
def _environment(folder: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
