"""What a configuration says of an incident's steps and communications that cannot be."""

import re
from collections.abc import Iterator, Sequence

from incidentdocs.config.incident_tables import CommunicationConfig, StepConfig
from incidentdocs.config.process_mistakes import listed_severity_mistakes, no_severity
from incidentdocs.process.severity import SEVERITIES
from incidentdocs.process.steps import FIELDS, MILESTONES, unknown_fields
from incidentdocs.settings.mistakes import KeyPath, Mistake, instead, quoted

LONGEST_SILENCE = 24 * 60
"""Minutes. Whoever is told of an outage once a day is not told of it."""


def communication_mistakes(decided: CommunicationConfig) -> Iterator[Mistake]:
    """Yield what is wrong with who is told, where and how often."""
    if not 1 <= decided.update_minutes <= LONGEST_SILENCE:
        hint = f"write a number of minutes from 1 to {LONGEST_SILENCE}, as in update-minutes = 30"
        message = f"no update goes out every {decided.update_minutes} minutes"
        yield Mistake(("communication", "update-minutes"), message, hint)
    if not decided.channel.strip():
        hint = 'name one, as in channel = "ops"'
        yield Mistake(("communication", "channel"), "the channel has no name", hint)
    yield from listed_severity_mistakes(("communication", "severities"), decided.severities)
    for name in decided.notify:
        if name not in SEVERITIES:
            yield no_severity(("communication", "notify", name), name)


def step_mistakes(steps: Sequence[StepConfig]) -> Iterator[Mistake]:
    """Yield what is wrong with the steps of handling an incident."""
    known: set[tuple[str, str]] = set()
    for number, step in enumerate(steps):
        here: KeyPath = ("steps", number)
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", step.id):
            hint = 'write it in small letters with hyphens, as in id = "triage"'
            yield Mistake((*here, "id"), f"{quoted(step.id)} is no name of a step", hint)
        for key, text in (("title", step.title), ("output", step.output)):
            if "\n" in text or (key == "title" and not text.strip()):
                yield Mistake((*here, key), f"the {key} of a step is one line", "write it as one")
        if not (step.output or step.checks):
            hint = 'say what it must bring, as in output = "service restored", or give it checks'
            yield Mistake(here, f"nothing shows that the step {quoted(step.id)} was passed", hint)
        if step.milestone not in ("", *MILESTONES):
            hint = instead(step.milestone, MILESTONES, otherwise=f"write one of {', '.join(MILESTONES)}")
            yield Mistake((*here, "milestone"), f"no milestone is called {quoted(step.milestone)}", hint)
        yield from listed_severity_mistakes((*here, "severities"), step.severities)
        for name in unknown_fields("\n".join((step.title, *step.checks, step.output))):
            hint = instead(name, FIELDS, otherwise=f"write one of {', '.join(FIELDS)}")
            yield Mistake((*here, "title"), f"nothing is called {{{name}}}", hint)
        twice = next((each for each in step.severities if (step.id, each) in known), None)
        if twice:
            hint = "give each a name of its own"
            yield Mistake((*here, "id"), f"two steps of a {twice} are called {quoted(step.id)}", hint)
        known.update((step.id, severity) for severity in step.severities)
