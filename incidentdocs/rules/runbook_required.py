"""The rule runbook-required."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import field
from posixpath import dirname

from incidentdocs.history.past import FIRST_LINE
from incidentdocs.library.finding import Finding
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Example, LibraryRule
from incidentdocs.settings.frozen import frozen
from incidentdocs.similarity.naming import runbook_key

_PATH = "docs/runbooks/runbook-disk-full.md"
_EN = "# Runbook: Disk full\n\n## Symptoms\nSaving fails.\n"
_FR = "# Runbook : disque plein\n\n## Symptomes\nL'enregistrement échoue.\n"
_ASKED = '[rules.runbook-required.options]\nrunbooks = ["runbook-disk-full", "runbook-api-down"]\n'
_OTHER = ("docs/runbooks/runbook-api-down.md", "# Runbook: API down\n")


@frozen
class RunbookRequired(LibraryRule):
    """The runbooks that a team has decided to have are there.

    Which incidents will come is known before they do: a full disk, a lost database, a leaked secret. The list of the
    runbooks for them is a promise, and one that nobody wrote is missed at night. Without a list nothing is asked.

    Begin the one that is missing: `incidentdocs new runbook`. The finding stands at the path that it would have.
    """

    runbooks: tuple[str, ...] = field(
        default=(),
        metadata={
            "description": "The names of the runbooks that must be there, such as runbook-disk-full.",
            "filled": True,
        },
    )

    name = "runbook-required"
    valid = (
        Example(_EN, path=_PATH, beside=(_OTHER,), config=_ASKED),
        Example(_FR, path=_PATH),
        Example(_FR, path=_PATH, config=_ASKED.replace(', "runbook-api-down"', "")),
    )
    invalid = (
        Example(_EN, ("",), path=_PATH, config=_ASKED),
        Example(_FR, ("",), path=_PATH, config=_ASKED),
    )

    def check(self, overview: Overview) -> Iterator[Finding]:
        """Yield a finding for each runbook of the list that is not there, where it would stand."""
        there = {runbook_key(path) for path in overview.gathered.runbooks}
        folders = Counter(dirname(path) for path in sorted(overview.gathered.runbooks))
        folder = folders.most_common(1)[0][0] if folders else "docs/runbooks"
        for name in dict.fromkeys(self.runbooks):
            if runbook_key(name) not in there:
                path = f"{folder}/{name.rpartition('/')[2].removesuffix('.md')}.md".removeprefix("/")
                message = f"there is no runbook `{name}`, which the configuration asks for"
                hint = "begin it with `incidentdocs new runbook`, or take it from the list"
                yield self.at(path, FIRST_LINE, message, hint)
