"""A template from anywhere becomes text: in jinja2's sandbox, with little to say and an end to it."""

from collections.abc import Mapping
from functools import cache
from types import TracebackType

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from incidentdocs.errors import ConfigError
from incidentdocs.front_matter_values import yaml_value
from incidentdocs.templating.grammar import check_template

MOST_TEMPLATE_CHARACTERS = 100_000
MOST_CHARACTERS = 1_000_000
"""Of what a template makes; no document is longer."""

_HINT = "compare it with the template that comes with incidentdocs"


def render(template: str, values: Mapping[str, object], *, path: str) -> str:
    """Return what `template` makes of `values`; `path` names the template in messages.

    ConfigError, with the line, for a template that is broken, asks for a value that there is not, or
    does more than name values, choose, repeat and filter.
    """
    if len(template) > MOST_TEMPLATE_CHARACTERS:
        message = f"the template is longer than {MOST_TEMPLATE_CHARACTERS} characters"
        raise ConfigError(message, path=path, hint="keep only the document's form in it")
    try:
        parsed = _environment().parse(template)
        check_template(parsed, values, path=path)
        return _rendered(parsed, values, path)
    except TemplateSyntaxError as error:
        message = f"the template is broken: {error.message}"
        raise ConfigError(message, path=path, line=error.lineno, hint=_HINT) from error
    except (TemplateError, ValueError, TypeError, ArithmeticError) as error:
        line = _template_line(error.__traceback__)
        raise ConfigError(f"the template fails: {error}", path=path, line=line, hint=_HINT) from error
    except (RecursionError, SyntaxError, MemoryError) as error:
        hint = "write fewer ifs inside one another"
        raise ConfigError("the template is nested too deeply", path=path, hint=hint) from error


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Markdown is written, not HTML; values come escaped for it
    )
    environment.globals.clear()
    environment.filters["yaml"] = yaml_value
    return environment


def _rendered(parsed: nodes.Template, values: Mapping[str, object], path: str) -> str:
    pieces, length = [], 0
    for piece in _environment().from_string(parsed).generate(values):
        pieces.append(piece)
        length += len(piece)
        if length > MOST_CHARACTERS:
            message = f"the template makes more than {MOST_CHARACTERS} characters"
            raise ConfigError(message, path=path, hint="repeat less in it")
    return "".join(pieces)


def _template_line(traceback: TracebackType | None) -> int | None:
    line = None
    while traceback:
        if traceback.tb_frame.f_code.co_filename == "<template>":
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line
