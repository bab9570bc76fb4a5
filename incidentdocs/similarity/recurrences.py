"""What keeps coming back up to a day: the register, how alike its incidents are, and what escalates."""

from datetime import date
from typing import NamedTuple

from incidentdocs.similarity.gathering import Gathered
from incidentdocs.similarity.links import Bars, Likeness, Link
from incidentdocs.similarity.naming import Decision
from incidentdocs.similarity.register import Register, register_of
from incidentdocs.similarity.sets import Escalation, escalations
from incidentdocs.similarity.vocabulary import OwnTerms


class Trigger(NamedTuple):
    """When similar incidents call for an escalation: how many, within how many days, and how much alike.

    `own` are the repository's own terms, by which its documents were read.
    """

    threshold: int = 3
    window_days: int = 31
    bars: Bars = Bars()
    own: OwnTerms = ()


class Recurrences(NamedTuple):
    """The escalations of a repository, with what they were found in; `links` are those within the window."""

    likeness: Likeness
    links: tuple[Link, ...]
    escalations: tuple[Escalation, ...]
    decisions: tuple[Decision, ...]
    trigger: Trigger

    @property
    def register(self) -> Register:
        """The register of the incidents."""
        return self.likeness.register

    @property
    def documents(self) -> frozenset[str]:
        """The documents of all incidents that belong to an escalation."""
        positions = {position for escalation in self.escalations for position in escalation.incidents}
        return frozenset(path for at in positions for path in self.register.incidents[at].documents)

    def acknowledging(self, escalation: Escalation) -> Decision | None:
        """Return the first escalation document that names every incident, by any of its documents.

        Where several documents name every confirmed set between them, it is the one that names the newest:
        whoever has decided about each need not decide again about all.
        """
        named = [(decision, self._named(decision)) for decision in self.decisions]
        wholes = [escalation.incidents]
        sets = [window.incidents for window in escalation.windows if window.strength == "confirmed"]
        for wanted in (wholes, sorted(sets, key=lambda incidents: -incidents[-1])):
            found = [next((each for each, names in named if names >= set(one)), None) for one in wanted]
            if found and all(found):
                return found[0]
        return None

    def _named(self, decision: Decision) -> set[int]:
        """Return the incidents that an escalation document names."""
        names = self.register.names
        meant = frozenset().union(*(names.meant(reference) for reference in decision.names))
        return {at for path in meant for at in self.register.positions.get(path, ())}


def recurrences(gathered: Gathered, trigger: Trigger, until: date) -> Recurrences:
    """Return what calls for an escalation, as things stood at the end of the day `until`."""
    from incidentdocs.similarity.windows import links_within  # numpy takes its time to start

    likeness = Likeness(register_of(gathered.tellings, until), trigger.own)
    links = tuple(links_within(likeness, trigger.window_days, trigger.bars))
    found = escalations(likeness.register, links, days=trigger.window_days, threshold=trigger.threshold)
    decisions = (each for each in gathered.decisions if each.day is None or each.day <= until)
    ordered = tuple(sorted(decisions, key=lambda decision: decision.document))
    return Recurrences(likeness, links, found, ordered, trigger)
