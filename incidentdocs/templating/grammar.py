"""What a template may say: name values, choose, repeat over a list, and filter; it computes nothing."""

from collections.abc import Collection, Iterator, Mapping

from jinja2 import nodes

from incidentdocs.errors import ConfigError, nearest

FILTERS = ("capitalize", "default", "first", "last", "length", "lower", "title", "trim", "upper", "yaml")
"""The filters of a template: none makes more than a few times of what it is given."""

LONGEST_FILTER_CHAIN = 3

_ALLOWED = (
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Filter,
    nodes.Getattr,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Compare,
    nodes.Operand,
    nodes.Test,
    nodes.Keyword,
)


def check_template(template: nodes.Template, values: Mapping[str, object], *, path: str) -> None:
    """Raise ConfigError, with the line, for what a template may not say or a value that there is not.

    Without calls, sums and assignments every template ends, and soon: a loop runs over a list of
    `values` and holds no loop.
    """
    own = {loop.target.name for loop in template.find_all(nodes.For) if isinstance(loop.target, nodes.Name)}
    known = {*values, *own, "loop"} if own else {*values}
    for node in _below(template):
        if found := _mistake(node, values, known):
            raise ConfigError(found[0], path=path, line=node.lineno, hint=found[1])


def _below(node: nodes.Node) -> Iterator[nodes.Node]:
    for child in node.iter_child_nodes():
        yield child
        yield from _below(child)


def _mistake(
    node: nodes.Node, values: Mapping[str, object], known: Collection[str]
) -> tuple[str, str] | None:
    if not isinstance(node, _ALLOWED):
        hint = "a template names values, and uses if, for and filters; write anything else as plain text"
        return f"a template cannot use {type(node).__name__.lower()}", hint
    if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in known:
        return f'there is no value "{node.name}"', _instead(node.name, known)
    if isinstance(node, nodes.Filter):
        return _filter_mistake(node)
    if isinstance(node, nodes.For):
        return _loop_mistake(node, values)
    return None


def _filter_mistake(node: nodes.Filter) -> tuple[str, str] | None:
    if node.name not in FILTERS:
        return f'there is no filter "{node.name}"', _instead(node.name, FILTERS)
    if len(list(node.find_all(nodes.Filter))) >= LONGEST_FILTER_CHAIN:
        return "these are too many filters on one value", f"use at most {LONGEST_FILTER_CHAIN}"
    return None


def _loop_mistake(node: nodes.For, values: Mapping[str, object]) -> tuple[str, str] | None:
    lists = [name for name, value in values.items() if isinstance(value, list | tuple)]
    if not isinstance(node.iter, nodes.Name) or node.iter.name not in lists:
        return "a loop must run over a list", f"write one of {', '.join(lists)} after `in`"
    if node.recursive or any(node.find_all(nodes.For)):
        return "a loop cannot hold a loop", "write two loops, one after the other"
    return None


def _instead(word: str, known: Collection[str]) -> str:
    near = nearest(word[:100], known)
    return f'did you mean "{near}"?' if near else f"write one of {', '.join(sorted(known))}"
