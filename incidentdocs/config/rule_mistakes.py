"""What a configuration says of rules that cannot be: in `[rules]`, and in `[[per-path]]`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from incidentdocs.config.tables import PerPathConfig, RuleConfig
from incidentdocs.rules import REPOSITORY_RULES, RULES, load, with_options
from incidentdocs.settings.globs import glob_mistake
from incidentdocs.settings.mistakes import KeyPath, Mistake, instead, quoted


def rule_mistakes(rules: Mapping[str, RuleConfig], where: KeyPath = ("rules",)) -> Iterator[Mistake]:
    """Yield the mistakes in the table of `rules` that stands at `where`."""
    for name, rule in rules.items():
        if name not in RULES:
            hint = instead(name, RULES, otherwise="`incidentdocs rules` lists their names")
            yield Mistake((*where, name), f"no rule is called {quoted(name)}", hint)
        elif rule.options:
            yield from _option_mistakes(name, rule.options, (*where, name, "options"))


def _option_mistakes(name: str, options: Mapping[str, Any], where: KeyPath) -> Iterator[Mistake]:
    if not fields(load(name)):
        yield Mistake(where, f"the rule {name} has no options", "remove them")
        return
    try:
        with_options(name, options)
    except (TypeError, ValueError):
        from incidentdocs.settings.checking import mistakes_in

        for mistake in mistakes_in(load(name), options):
            yield mistake._replace(where=(*where, *mistake.where))


def per_path_mistakes(entries: Sequence[PerPathConfig]) -> Iterator[Mistake]:
    """Yield the mistakes in the tables that decide about rules for some documents only."""
    for number, entry in enumerate(entries):
        where: KeyPath = ("per-path", number)
        if not entry.paths:
            hint = 'write below it which, as in paths = ["docs/post-mortems/2019-*"]'
            yield Mistake((*where, "paths"), "the table names no documents that it holds for", hint)
        for at, pattern in enumerate(entry.paths):
            if found := glob_mistake(pattern):
                yield Mistake((*where, "paths", at), f"the glob {quoted(pattern)} {found[0]}", found[1])
        yield from rule_mistakes(entry.rules, (*where, "rules"))
        for name, rule in entry.rules.items():
            if rule.options and name in REPOSITORY_RULES:
                message = f"the options of {name} cannot differ by path: it asks about the whole repository"
                hint = f"write them below [rules.{name}.options]; enabled and severity can stand here"
                yield Mistake((*where, "rules", name, "options"), message, hint)


def baseline_mistakes(path: str) -> Iterator[Mistake]:
    """Yield what keeps `path`, where there is one, from being a file of the repository."""
    if path and (found := glob_mistake(path)):
        yield Mistake(("baseline",), f"the path {quoted(path)} {found[0]}", found[1])
