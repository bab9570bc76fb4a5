"""The rule action-item-too-many."""

from collections.abc import Iterator
from dataclasses import field
from typing import ClassVar

from incidentdocs.documents.document import Document
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.rules.rule import DocumentRule, Example
from incidentdocs.settings.frozen import frozen

_EN = "# Post-mortem: API down\n\n## Action items\n"
_FR = "# Post-mortem : panne de l'API\n\n## Actions\n"


@frozen
class ActionItemTooMany(DocumentRule):
    """A post-mortem has no more open action items than a team can do.

    Of twenty promises the three that matter are kept no sooner than the others. The rule is off until a repository
    turns it on; done items do not count.

    Keep what would have prevented or shortened this incident; the rest goes where the team keeps its other work, or is
    closed with `won't do: reason`.
    """

    most: int = field(
        default=10,
        metadata={
            "description": "So many open action items a document may have at most.",
            "least": 1,
            "most": 1000,
        },
    )

    name = "action-item-too-many"
    severity: ClassVar[Severity] = "warning"
    by_default = False
    valid = (
        Example(_EN + "".join(f"- [ ] AI {n}: write test {n}\n" for n in range(1, 11))),
        Example(_FR + "".join(f"- [x] AI {n} : écrire le test {n}\n" for n in range(1, 20))),
    )
    invalid = (
        Example(_EN + "".join(f"- [ ] AI {n}: write test {n}\n" for n in range(1, 12)), ("Action items",)),
        Example(
            _FR + "".join(f"- [ ] AI {n} : écrire le test {n}\n" for n in range(1, 4)),
            ("Actions",),
            config="[rules.action-item-too-many.options]\nmost = 2\n",
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for a document with too many open action items."""
        items = document.action_items.items if document.action_items else ()
        count = sum(item.state == "open" for item in items)
        if count > self.most:
            section = document.sections_containing("action-items")[0]
            message = f"{count} open action items are more than {self.most}"
            hint = "keep those that would have prevented or shortened this incident, and close the others with a reason"
            yield self.finding(document, section.heading.text.span(), message, hint)
