"""How a team works, as far as a document's meaning depends on it."""

from collections.abc import Mapping
from datetime import UTC, date, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from incidentdocs.process.business_hours import BusinessHours
from incidentdocs.process.communication import Communication
from incidentdocs.process.people import Roster
from incidentdocs.process.publication import Publication
from incidentdocs.process.severity import POLICIES, Policy
from incidentdocs.process.steps import Step

if TYPE_CHECKING:
    from incidentdocs.process.oncall import OnCall


class Process(NamedTuple):
    """The zone of local times in documents, the language of a document that shows none, and today.

    Without a known `today` no day lies in the future. From `phase` 3 on the product has promises to keep: a
    missed response target is then an error. `channels` are where the team talks, by name. `code` is the
    folder of the code that runbooks speak of, relative to the root, nothing where none is told. `steps` are
    the team's own for handling an incident; where there are none, those of the process hold. `oncall`
    tells who is on call when, None where nobody is configured to be.
    """

    zone: tzinfo = UTC
    language: str = "en"
    today: date = date.max
    product: str = ""
    phase: int = 1
    people: Roster = Roster()
    policies: Mapping[str, Policy] = POLICIES
    hours: BusinessHours = BusinessHours()
    channels: Mapping[str, str] = {}
    publication: Publication = Publication()
    code: str = ""
    communication: Communication = Communication()
    steps: tuple[Step, ...] = ()
    oncall: "OnCall | None" = None

    def policy(self, severity: str) -> Policy:
        """Return what the process asks for incidents of `severity`."""
        return self.policies[severity]
