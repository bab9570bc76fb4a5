"""Which rules run where, as the edition, the configuration and the command line decide."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

import click

from incidentdocs.config import Config
from incidentdocs.config.tables import RuleConfig
from incidentdocs.errors import UsageError, did_you_mean, together
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.linter import UNREADABLE
from incidentdocs.profiles.claims import matches_any
from incidentdocs.rules import RULES, with_options
from incidentdocs.rules.rule import Rule

Places = tuple[int, ...]
"""Which entries of `[[per-path]]` hold for a document, by their numbers in the configuration."""


def chosen(config: Config, select: Sequence[str], ignore: Sequence[str]) -> "Choice":
    """Return the choice of rules that options make: several with commas between them, or each in its option.

    UsageError for each name that is no rule's, with the nearest there is, and for each rule in both.
    """
    named = {"--select": _names(select), "--ignore": _names(ignore)}
    errors = [
        _unknown(option, name) for option, names in named.items() for name in names if name not in RULES
    ]
    selected, ignored = map(frozenset, named.values())
    hint = "leave it out of one of them"
    errors += [
        UsageError(f"{name} is in --select and in --ignore", hint=hint)
        for name in named["--select"]
        if name in ignored and name in RULES
    ]
    if errors:
        raise together(errors)
    return Choice(config, selected, ignored)


def _names(written: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(name.strip() for words in written for name in words.split(",")))


def _unknown(option: str, name: str) -> UsageError:
    hint = did_you_mean(name, RULES, otherwise="`incidentdocs rules` lists their names")
    return UsageError(f"{option}: no rule is called {name!r}", hint=hint)


def decided(rules: Iterable[RuleConfig]) -> RuleConfig:
    """Return what several decisions about one rule come to: of each setting the last one counts."""
    enabled: bool | None = None
    severity: Severity | None = None
    options: dict[str, Any] = {}
    for rule in rules:
        enabled = enabled if rule.enabled is None else rule.enabled
        severity = rule.severity or severity
        options |= rule.options
    return RuleConfig(enabled=enabled, severity=severity, options=options)


def runs(rule: "type[Rule] | Rule", enabled: bool | None, edition: int) -> bool:
    """Return whether a rule runs in an `edition`, where a repository decided `enabled` (None: nothing)."""
    return (rule.by_default and rule.edition <= edition) if enabled is None else enabled


def tell_what_was_not_asked(choice: "Choice", asked: Iterable[str], *, whole: bool) -> None:
    """Tell on stderr which of the rules that the command line selects could not be asked."""
    left = [name for name in RULES if name in choice.selected - choice.ignored and name not in asked]
    if left and not whole:
        reason = "without the paths, or with --repository, they are"
        click.echo(f"not asked, being about the whole repository: {', '.join(left)}; {reason}", err=True)
    elif left:
        click.echo(f"not asked, because no history could be read: {', '.join(left)}", err=True)


def tell_what_does_nothing(choice: "Choice") -> None:
    """Tell on stderr for which rules options are set though they run nowhere, being off by default."""
    by_configuration = Choice(choice.config)
    for name, rule in choice.config.rules.items():
        off = rule.options and rule.enabled is None and name not in choice.selected
        if off and not by_configuration.rules_anywhere([name]):
            told = f"the options of {name} do nothing: the rule is off by default"
            click.echo(f"{told}; write `enabled = true` below [rules.{name}]", err=True)


class Choice(NamedTuple):
    """What decides which rules run: the configuration, and what the command line names.

    Rules that are `selected` run and no others, also those that the edition or `[rules]` leaves off; that a
    file cannot be read is told all the same. Those that are `ignored` do not run. What `[[per-path]]` turns
    off stays off there.
    """

    config: Config
    selected: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()

    def places(self, path: str) -> Places:
        """Return which entries of `[[per-path]]` hold for the document at `path`."""
        entries = enumerate(self.config.per_path)
        return tuple(number for number, entry in entries if matches_any(path, entry.paths))

    def rules(self, names: Iterable[str], places: Places = ()) -> list[Rule]:
        """Return those of the rules called `names` that run at some `places`, as they are set up there."""
        rules = []
        for name in names:
            rule_config = self._decided(name, places)
            if self._may_run(name) and rule_config.enabled is not False:
                rule = with_options(name, rule_config.options)
                if runs(rule, rule_config.enabled, self.config.edition):
                    rules.append(rule)
        return rules

    def names(self, names: Iterable[str], path: str) -> frozenset[str]:
        """Return those of the rules called `names` that run for the document at `path`."""
        return frozenset(rule.name for rule in self.rules(names, self.places(path)))

    def rules_anywhere(self, names: Iterable[str]) -> list[Rule]:
        """Return those of the rules called `names` that run at some path at least."""
        places: list[Places] = [(), *((number,) for number in range(len(self.config.per_path)))]
        rules: list[Rule] = []
        for name in names:
            there = (rule for place in places for rule in self.rules([name], place))
            rules += islice(there, 1)
        return rules

    def severities(self, places: Places = ()) -> dict[str, Severity]:
        """Return what was decided of rules' severities at some `places`, by the rules' names."""
        tables = (self.config.rules, *(self.config.per_path[number].rules for number in places))
        names = dict.fromkeys(name for table in tables for name in table)
        told = {name: self._decided(name, places).severity for name in names}
        return {name: severity for name, severity in told.items() if severity}

    def kept(self, found: Mapping[str, Sequence[Finding]]) -> dict[str, list[Finding]]:
        """Return what was `found`, by path, less what is asked by rules that do not run at its path."""
        kept = {}
        for path, findings in found.items():
            ran = {
                rule.name for rule in self.rules({finding.rule for finding in findings}, self.places(path))
            }
            if left := [finding for finding in findings if finding.rule in ran]:
                kept[path] = left
        return kept

    def _may_run(self, name: str) -> bool:
        wanted = not self.selected or name in self.selected or name == UNREADABLE
        return wanted and name not in self.ignored

    def _decided(self, name: str, places: Places) -> RuleConfig:
        own = self.config.rules.get(name, RuleConfig())
        if name in self.selected:
            own = RuleConfig(enabled=True, severity=own.severity, options=own.options)
        there = (self.config.per_path[number].rules.get(name) for number in places)
        return decided((own, *filter(None, there)))
