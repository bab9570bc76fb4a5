"""The rule published-late."""

from collections.abc import Iterator

from incidentdocs.history.past import Past, Where
from incidentdocs.history.publication import Deadline
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import Committed, Example, HistoryRule

_EN = """\
---
severity: SEV1
status: {}
---
# Post-mortem: API down

## Timeline
- 14:30 detection
- 15:40 service restored
"""
_FR = """\
---
severity: SEV2
status: {}
---
# Post-mortem : panne de l'API

## Timeline
- 14:30 detection
- 15:40 service restored
"""


class PublishedLate(HistoryRule):
    """The post-mortem of a SEV1 or SEV2 is published within seven days.

    After a week nobody remembers why a thing was tried, and the next incident does not wait. The days run from
    *service restored*, else from the last event, else from the date of the incident; the last one counts as
    on time. A document is published when it is no draft any more and holds no placeholder. What was written
    before the repository kept its history is not judged.

    Publish what is known, and add what is found out later. Once it is late, a comment with a reason between the
    front matter and the title says that it is known.
    """

    name = "published-late"
    valid = (
        Example(
            _EN.format("final"),
            versions=(
                Committed("2026-03-16", _EN.format("draft")),
                Committed("2026-03-21", _EN.format("final")),
            ),
        ),
    )
    invalid = (
        Example(
            _EN.format("final"),
            ("Post-mortem: API down",),
            versions=(
                Committed("2026-03-16", _EN.format("draft")),
                Committed("2026-03-22", _EN.format("final")),
            ),
        ),
        Example(
            _FR.format("draft"),
            ("Post-mortem : panne de l'API",),
            versions=(Committed("2026-03-16", _FR.format("draft")),),
        ),
    )

    def check(self, past: Past) -> Iterator[Finding]:
        """Yield a finding for each document that was published late, or is late and not published."""
        for history in past.living():
            deadline = past.deadline(history)
            landed = history.born.committed
            if landed and deadline and deadline.status != "unknown" and deadline.days_late > 0:
                document = past.documents[history.path]
                where = Where(document.path, document.title_span())
                yield self.told(where, _message(past, deadline), _hint(deadline))


def _message(past: Past, deadline: Deadline) -> str:
    days = "1 day" if deadline.days_late == 1 else f"{deadline.days_late} days"
    late = f"{days} after {deadline.due}, when it was due"
    if deadline.published is None:
        return f"the post-mortem is not published {late}"
    return f"the post-mortem was published {past.moment(deadline.published)}, {late}"


def _hint(deadline: Deadline) -> str:
    if deadline.status == "draft":
        return "publish what is known: write `status: final`, and add later what is found out later"
    if deadline.status == "unpublished":
        return "fill in the placeholders that are left; what nobody knows is answered by saying so"
    return (
        "if there was a reason, say it in a comment: <!-- incidentdocs: ignore[published-late] the reason -->"
    )
