"""The rule timeline-time."""

from collections.abc import Iterator

from incidentdocs.documents.document import Document
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import DocumentRule, Example

_TABLE = "# Post-mortem: API\n\n## Timeline\n| Time | Event |\n|---|---|\n"


class TimelineTime(DocumentRule):
    """What stands in a time's place in the timeline is a time that exists, or says that nobody knows it.

    A mistyped time drops out of every count: the duration, the order, the deadline. `25:10`, `10:75`,
    `2026-02-30` and `10:1O` do not exist, `14:__` is not filled in, and a range that ends before it begins cannot
    be read.

    Write `HH:MM`, with `~` before a time that is only about right (`~14:30`), and with the date before
    it where the day is not plain: `2026-03-14 00:10`. Where only the day is known, the date alone will do, and
    where nobody knows when it was, say so: `?`, `--:--`, `unknown`, `time unknown` and the like in other languages
    are honest. Such an event is in no count, and its milestone is not missing. What is known of a time may
    stand beside what is not: `14:??` is that hour, and `12:26-??:??` began then.
    """

    name = "timeline-time"
    valid = (
        Example(
            "# Post-mortem: API\n\n## Timeline\n- ~10:15 detection\n- 10:40-11:05 mitigation start\n- 4:23 PM end\n"
        ),
        Example(
            "# Post-mortem : API\n\n## Timeline\n- 10h15 detection\n- **Note :** 25 comptes touchés\n- HH:MM triage\n"
        ),
        Example(_TABLE + "| 2026-03-14 23:50 | detection |\n| 2026-03-15 | report |\n"),
        Example(
            _TABLE + "| unknown | the certificate expired |\n| ? | first retries |\n| 10:15 | detection |\n"
        ),
        Example(
            "# Post-mortem : API\n\n## Chronologie\n- heure inconnue : début\n- 2026-03-14 ??:?? relance\n- 10:15 detection\n"
        ),
        Example(
            _TABLE + "| 10:15-??:?? | detection |\n| 11:?? | first calls |\n| --:-- | the cache fills |\n"
        ),
        Example(
            "# Post-mortem : API\n\n## Chronologie\n- 10h15 - ? : detection\n- 11h?? : relance\n- 1X:XX : appels\n"
        ),
        Example("# Post-mortem: API\n\n## Timeline\n- 10:15 detection\n\n```\n99:99:99 boom\n```\n"),
    )
    invalid = (
        Example(
            "# Post-mortem: API\n\n## Timeline\n- 25:10 detection\n- **10:75** triage\n- 10:1O restart\n",
            ("25:10", "10:75", "10:1O"),
        ),
        Example(
            _TABLE + "| 2026-02-30 12:00 | detection |\n| later | restart |\n",
            ("2026-02-30 12:00", "later"),
        ),
        Example("# Post-mortem : API\n\n## Chronologie\n- 10:40-10:15 redémarrage\n", ("10:40-10:15",)),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each time that cannot be read, unless it is only its year that cannot be."""
        years = {wrong.event.span for wrong in document.wrong_years}
        for event in document.timeline.events if document.timeline else ():
            if event.problem is None or event.placeholder or document.holds_placeholder(event.span):
                continue
            if event.span not in years:
                yield self.finding(document, *event.problem)
