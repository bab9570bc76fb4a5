"""The rule action-item-unknown-owner."""

from collections.abc import Iterator

from incidentdocs.documents.action_items.reading import ActionItem
from incidentdocs.documents.document import Document
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.places import Span
from incidentdocs.rules.rule import DocumentRule, Example

_EN = "# Post-mortem: API down\n\n## Action items\n"
_FR = "# Post-mortem : panne de l'API\n\n## Action items\n"
_ROSTER = """\
[people.ana]
names = ["Ana Ruiz"]
[people.bridge-bot]
kind = "agent"
[people.luc]
until = 2026-06-30
"""


class ActionItemUnknownOwner(DocumentRule):
    """The owner of an open action item is somebody whom the configuration lists, and who is still there.

    A misspelt handle reminds nobody, and what somebody leaves behind on the last day is owned by nobody. Where the
    configuration lists nobody, nobody is asked about; handles with a slash, such as `@org/team`, are a forge's teams.

    Write the handle as the configuration has it, or add a table `[people.<handle>]` for somebody new. What belonged
    to somebody who left gets another owner.
    """

    name = "action-item-unknown-owner"
    valid = (
        Example(
            f"{_EN}- [ ] AI 1: alert at 80 % (owner @ana with @bridge-bot, due 2026-10-01)\n"
            "- [ ] AI 2: document it (owner Ana Ruiz, due 2026-10-01)\n"
            "- [ ] AI 3: test it (owner @acme/infra, due 2026-10-01)\n",
            config=_ROSTER,
        ),
        Example(
            f"{_FR}- [x] AI 1 : alerter à 80 % (owner @luc, échéance 2026-04-01, done 2026-03-30)\n",
            config=_ROSTER,
        ),
        Example(f"{_EN}- [ ] AI 1: alert at 80 % (owner @somebody, due 2026-10-01)\n"),
    )
    invalid = (
        Example(
            f"{_EN}- [ ] AI 1: alert at 80 % (owner @anna with @bridge-bto, due 2026-10-01)\n",
            ("@anna", "@bridge-bto"),
            config=_ROSTER,
        ),
        Example(
            f"{_FR}| Action | Responsable | Échéance |\n|---|---|---|\n| Alerter à 80 % | @luc | 2026-10-01 |\n",
            ("@luc",),
            config=_ROSTER,
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each owner, and each agent beside one, that nobody knows or who has left."""
        if not document.process.people:
            return
        for item in document.action_items.items if document.action_items else ():
            if item.state == "open" and item.owner_text:
                for name in (*item.owners, *item.companions):
                    span = _span(item, name)
                    if "/" not in name and not document.holds_placeholder(span):
                        yield from self._asked(document, span, name)

    def _asked(self, document: Document, span: Span, name: str) -> Iterator[Finding]:
        people, today = document.process.people, document.process.today
        person = people.find(name)
        if person is None:
            near = people.nearest(name)
            handle = name.lstrip("@").split()[0].lower() if name.strip("@ ") else "handle"
            otherwise = f"write a handle that the configuration lists, or add `[people.{handle}]` to it"
            hint = f"write `{near}`" if near else otherwise
            yield self.finding(document, span, f"`{name}` is nobody whom the configuration lists", hint)
        elif person.until and person.until < today:
            hint = "write who does it now: `owner @who`"
            yield self.finding(document, span, f"`{name}` left on {person.until}", hint)


def _span(item: ActionItem, name: str) -> Span:
    """Return where an item names somebody, else the whole of its owner."""
    assert item.owner_text
    start = item.owner_text.source.find(name)
    return item.owner_text.span(start, start + len(name)) if start >= 0 else item.owner_text.span()
