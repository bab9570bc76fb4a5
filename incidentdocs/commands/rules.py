"""`incidentdocs rules`: the catalogue of the rules, or one of them explained."""

import click

from incidentdocs.errors import UsageError, nearest
from incidentdocs.output.rule_page import rule_catalogue, rule_page
from incidentdocs.rules import RULES, load


def run(name: str | None) -> int:
    """Print every rule, or the page of the rule called `name`; UsageError where there is none."""
    if name is None:
        click.echo(rule_catalogue([load(known) for known in RULES]))
    elif name in RULES:
        click.echo(rule_page(load(name)))
    else:
        near = nearest(name, RULES)
        hint = f"did you mean {near}?" if near else "`incidentdocs rules` lists them"
        raise UsageError(f"no rule is called {name}", hint=hint)
    return 0
