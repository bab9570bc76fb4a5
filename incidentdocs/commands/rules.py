"""`incidentdocs rules`: the catalogue of the rules, or one of them explained."""

from collections.abc import Sequence
from pathlib import Path

import click

from incidentdocs.errors import UsageError, did_you_mean
from incidentdocs.output.rule_page import rule_catalogue, rule_page
from incidentdocs.rules import RULES, load
from incidentdocs.rules.rule import Rule


def run(name: str | None, *, format: str = "text", start: Path | None = None) -> int:
    """Print every rule, or the page of the rule called `name`; UsageError where there is none.

    JSON names their pages as the configuration of the repository that holds `start` has them.
    """
    rules = [_rule(name)] if name is not None else [load(known) for known in RULES]
    if format == "json":
        click.echo(_json(rules, start or Path.cwd()))
    else:
        click.echo(rule_page(rules[0]) if name is not None else rule_catalogue(rules))
    return 0


def _rule(name: str) -> type[Rule]:
    if name not in RULES:
        hint = did_you_mean(name, RULES, otherwise="`incidentdocs rules` lists them")
        raise UsageError(f"no rule is called {name}", hint=hint)
    return load(name)


def _json(rules: Sequence[type[Rule]], start: Path) -> str:
    from incidentdocs.output.rules_json import rules_json
    from incidentdocs.own_settings import config_of, find_root

    return rules_json(rules, config_of(find_root(start), None).rule_pages)
