"""The rule runbook-verification."""

from collections.abc import Iterator
from typing import ClassVar

from incidentdocs.documents.answers import answer_in
from incidentdocs.documents.contents import says_something
from incidentdocs.documents.document import Document
from incidentdocs.documents.runbooks import resolutions, says, tells_to_check
from incidentdocs.documents.titles import fold
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.markdown.blocks import texts_in
from incidentdocs.markdown.inline import links
from incidentdocs.rules.rule import DocumentRule, Example

_PATH = "docs/runbooks/runbook-api.md"


class RunbookVerification(DocumentRule):
    """The resolution of a runbook says how one sees that it worked.

    A command that ends without an error has not brought the service back. Without a check the incident is called
    resolved too soon, or nobody dares to. What a step should show, a health check, a test or a section about it all do.

    Write as the last step what to look at and what it shows when all is well.
    """

    name = "runbook-verification"
    severity: ClassVar[Severity] = "warning"
    completeness = True
    valid = (
        Example(
            "# Runbook: API\n\n## Resolution (steps)\n1. `docker compose restart api`\n2. `docker compose ps` should show `Up`.\n",
            path=_PATH,
        ),
        Example(
            "# Runbook: API\n\n## Resolution\n1. `docker compose restart api`\n\n## How to verify it\n`4/4 OK`\n",
            path=_PATH,
        ),
        Example(
            "# Runbook : API\n\n## Résolution\n1. Redémarrer l'API.\n2. Attendre que la file soit vide.\n",
            path=_PATH,
        ),
        Example(
            "# Runbook : API\n\n## Résolution (étapes)\n1. `docker compose restart api`. Attendu : `Started`.\n",
            path=_PATH,
        ),
    )
    invalid = (
        Example(
            "# Runbook: API\n\n## Resolution (steps)\n1. `docker compose restart api`\n2. Tell the team.\n",
            ("Resolution (steps)",),
            _PATH,
        ),
        Example(
            "# Runbook: API\n\n## Resolution\n1. Restart the API.\n2. Wait.\n3. Tell the customers.\n",
            ("Resolution",),
            _PATH,
        ),
        Example(
            "# Runbook : API\n\n## Résolution (étapes)\n1. `docker compose up -d`\n2. Prévenir l'équipe.\n",
            ("Résolution (étapes)",),
            _PATH,
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each resolution after which there is nothing to look at."""
        resolving = [section for section in resolutions(document) if says_something(section)]
        if not resolving or any(tells_to_check(fold(section.visible)) for section in document.sections):
            return
        if any(says(section.blocks, tells_to_check) for section in resolving):
            return
        section = resolving[-1]
        elsewhere = any(links(text.source) for each in resolving for text in texts_in(each.blocks))
        if not elsewhere and answer_in(section) and not document.holds_placeholder(section.body):
            message = f"`{section.visible}` does not say how one sees that it worked"
            hint = (
                "write as the last step `Vérifier : <commande>, qui doit afficher <résultat>`"
                if document.language == "fr"
                else "write as the last step `Verify: <command>, which should show <result>`"
            )
            yield self.finding(document, section.heading.text.span(), message, hint)
