"""When an incident was detected, as far as its document leaves no doubt."""

from datetime import datetime
from typing import NamedTuple

from incidentdocs.documents.document import Document
from incidentdocs.documents.settled import instants, latest, standing
from incidentdocs.documents.timeline.milestones import DETECTION


class Detection(NamedTuple):
    """The first and the last instant, in UTC, at which an incident may have been detected.

    They differ where its document says `~`, or a time that the clocks show twice.
    """

    first: datetime
    last: datetime


def detection_of(document: Document) -> Detection | None:
    """Return when the incident was detected: as the field says, else the first such event of the timeline.

    None where neither says so, or where the timeline leaves a doubt.
    """
    try:
        if moment := document.moment("detected"):
            found = instants(moment)
            return Detection(found[0], found[-1])
        for event in standing(document):
            if event.milestone == DETECTION and event.clocked:
                return Detection(instants(event.start)[0], latest(event))
    except OverflowError:  # a year at the calendar's ends
        return None
    return None
