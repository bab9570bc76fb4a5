"""The rule action-item-agent-owner."""

from collections.abc import Iterator

from incidentdocs.documents.document import Document
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import DocumentRule, Example

_EN = "# Post-mortem: API down\n\n## Action items\n"
_FR = "# Post-mortem : panne de l'API\n\n## Action items\n"
_ROSTER = '[people.ana]\n[people.bridge-bot]\nkind = "agent"\n[people.bridge-tester]\nkind = "agent"\n'


class ActionItemAgentOwner(DocumentRule):
    """No open action item is owned by agents alone.

    An agent does what it is told and answers for nothing: nobody can ask it why a promise was not kept. Which handles
    are agents the configuration says, `kind = "agent"`; where it lists nobody, nobody is asked about.

    Write the person who answers for it first, and the agent beside: `owner @who with @agent`.
    """

    name = "action-item-agent-owner"
    valid = (
        Example(
            f"{_EN}- [ ] AI 1: alert at 80 % (owner @ana with @bridge-bot, due 2026-10-01)\n"
            "- [x] AI 2: rotate the key (owner @bridge-bot, due 2026-04-01, done 2026-03-20)\n",
            config=_ROSTER,
        ),
        Example(f"{_FR}- [ ] AI 1 : alerter à 80 % (owner @bridge-bot, échéance 2026-10-01)\n"),
    )
    invalid = (
        Example(
            f"{_EN}- [ ] AI 1: alert at 80 % (owner @bridge-bot, due 2026-10-01)\n",
            ("@bridge-bot",),
            config=_ROSTER,
        ),
        Example(
            f"{_FR}- [ ] AI 1 : alerter à 80 % (owner @bridge-bot avec @bridge-tester, échéance 2026-10-01)\n",
            ("@bridge-bot avec @bridge-tester",),
            config=_ROSTER,
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each open action item whose owners are all agents."""
        people = document.process.people
        for item in document.action_items.items if people and document.action_items else ():
            found = [people.find(name) for name in (*item.owners, *item.companions)]
            agents = [person for person in found if person and person.kind == "agent"]
            if item.state == "open" and item.owner_text and agents and len(agents) == len(found):
                names = " and ".join(f"`@{agent.handle}`" for agent in agents)
                verb = "is an agent" if len(agents) == 1 else "are agents"
                beside = "avec" if document.language == "fr" else "with"
                hint = f"write who answers for it: `owner @who {beside} @{agents[0].handle}`"
                message = f"{names} {verb}, and nobody answers for the item"
                yield self.finding(document, item.owner_text.span(), message, hint)
