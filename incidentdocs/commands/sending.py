"""Where messages are sent: the targets of the configuration and the environment, and how that went."""

import os
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import click

from incidentdocs.config.tables import NotifyConfig
from incidentdocs.delivery import Message, Target
from incidentdocs.errors import DeliveryFailed, UsageError, together
from incidentdocs.output.terminal import visible
from incidentdocs.output.wording import times

TARGETS = "INCIDENTDOCS_NOTIFY"
"""The variable with the addresses of targets, parted by white space."""


class Sending(NamedTuple):
    """To whom a message goes, how often that is tried, and whether it is only shown."""

    targets: tuple[Target, ...]
    attempts: int
    wait: float
    dry_run: bool


def sending(config: NotifyConfig, *, dry_run: bool) -> Sending:
    """Return where the configuration and the environment send messages.

    UsageError where that is nowhere, and, all told together, for addresses that are none.
    """
    targets, errors = [], []
    for name, address in _addresses(config.targets, os.environ):
        try:
            targets.append(Target(name, address))
        except UsageError as error:
            errors.append(error)
    if errors:
        raise together(errors)
    if not targets:
        hint = f"set {TARGETS} to an address, or write one below [notify.targets] in the configuration"
        raise UsageError("there is nowhere to send the report to", hint=hint)
    return Sending(tuple(targets), config.attempts, config.wait_seconds, dry_run)


def variables(config: NotifyConfig) -> tuple[str, ...]:
    """Return the names of the environment's variables that may hold addresses, each once."""
    named = (_variable(address) for address in config.targets.values())
    return tuple(dict.fromkeys([TARGETS, *filter(None, named)]))


def _variable(address: str) -> str | None:
    """Return the variable whose name stands for `address`, None where it is the address itself."""
    written = re.fullmatch(r"\$\{?(?P<name>[A-Za-z_][A-Za-z0-9_]*)\}?", address)
    return written["name"] if written else None


def _addresses(named: Mapping[str, str], environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each target's name and address; an address `$NAME` is that of the variable, where it is set."""
    for name, address in named.items():
        variable = _variable(address)
        if variable is None:
            yield name, address
            continue
        value = environment.get(variable, "").strip()
        if not value:
            hint = f"set it to the address, or take {name} out of [notify.targets]"
            raise UsageError(f"the variable {variable} of the target {name} is not set", hint=hint)
        yield name, value
    for number, address in enumerate(environment.get(TARGETS, "").split(), start=1):
        yield f"{TARGETS} {number}", address


def send(message: Message, how: Sending) -> None:
    """Send `message` to every target, or tell what would go where; each is told on stderr.

    Every target is tried, whatever became of the others. DeliveryFailed, naming all, for those that failed.
    """
    failed = []
    for target in how.targets:
        place = visible(f"{target.name} ({target.where})")
        if how.dry_run:
            click.echo(f"would be sent to {place} as {target.form}: {visible(message.title)}", err=True)
            continue
        outcome = target.deliver(message, attempts=how.attempts, wait=how.wait)
        tried = f"tried {times(outcome.attempts)}"
        if outcome.refusal is None:
            click.echo(f"sent to {place}{f', {tried}' if outcome.attempts > 1 else ''}", err=True)
        else:
            said = f"{place} did not take the message, {tried}: {outcome.refusal}"
            hint = "check its address, and whether it can be reached from here"
            failed.append(DeliveryFailed(said, hint=hint))
    if failed:
        raise together(failed)
