"""The rule action-item-vague."""

from collections.abc import Iterator
from typing import ClassVar

from incidentdocs.documents.action_items.vagueness import Vague, vagueness
from incidentdocs.documents.document import Document
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.rules.rule import DocumentRule, Example

_EN = "# Post-mortem: API down\n\n## Action items\n"
_FR = "# Post-mortem : panne de l'API\n\n## Action items\n"
_ENDS = "(owner @oncall, due 2026-03-29)\n"
_FIN = "(owner @oncall, échéance 2026-03-29)\n"

_TOLD: dict[Vague, tuple[str, str, str]] = {
    "attention": (
        "asks people for attention, which nobody can see done",
        "write what would help them: what checks it, stops it or warns, such as `refuse a deployment without a backup`",
        "write what would help them: what checks it, stops it or warns, such as `refuser un déploiement sans sauvegarde`",
    ),
    "improvement": (
        "does not say what will be different",
        "write what will be true when it is done, such as `alert when the disk is 80 % full`",
        "write what will be true when it is done, such as `alerter quand le disque est plein à 80 %`",
    ),
    "investigation": (
        "does not say what is to come of it",
        "write the question and where its answer goes, such as `find out why the pool grew, and write it into the runbook`",
        "write the question and where its answer goes, such as `trouver pourquoi le pool a grossi, et l'écrire dans le runbook`",
    ),
}
"""What is told of an item, and what to write instead in an English and in a French document."""


class ActionItemVague(DocumentRule):
    """An open action item can be done, and one can see that it is done.

    *Improve monitoring* is never finished, *investigate* ends when somebody stops, and *be careful* is a wish. Such
    items stay open for a year or are ticked without anything having changed. A number, a link, code, or what is
    to come of it bound an item: *improve monitoring: alert at 80 %*.

    Write what will be true when it is done, and how one sees it.
    """

    name = "action-item-vague"
    severity: ClassVar[Severity] = "warning"
    valid = (
        Example(f"{_EN}- [ ] AI 1: improve monitoring: alert when the disk is 80 % full {_ENDS}"),
        Example(f"{_EN}- [ ] AI 1: investigate why the pool grew and write it into the runbook {_ENDS}"),
        Example(f"{_EN}- [ ] AI 1: review `pg_hba.conf` with the database team {_ENDS}"),
        Example(f"{_EN}- [ ] AI 1: fix the memory leak in the importer {_ENDS}"),
        Example(f"{_EN}- [ ] AI 1: monitor replication lag {_ENDS}"),
        Example(f"{_EN}- [x] AI 1: improve monitoring {_ENDS}"),
        Example(f"{_FR}- [ ] AI 1 : ajouter la taille du disque au tableau de bord {_FIN}"),
        Example(f"{_FR}- [ ] AI 1 : surveiller l'espace disque {_FIN}"),
        Example(f"{_FR}- [ ] AI 1 : étudier le passage à PostgreSQL 17 et décider {_FIN}"),
    )
    invalid = (
        Example(f"{_EN}- [ ] AI 1: improve monitoring {_ENDS}", ("improve monitoring",)),
        Example(f"{_EN}- [ ] AI 1: Investigate {_ENDS}", ("Investigate",)),
        Example(
            f"{_EN}- [ ] AI 1: be more careful when deploying {_ENDS}", ("be more careful when deploying",)
        ),
        Example(
            f"{_EN}- [ ] AI 1: make sure this never happens again {_ENDS}",
            ("make sure this never happens again",),
        ),
        Example(f"{_FR}- [ ] AI 1 : améliorer le monitoring {_FIN}", ("améliorer le monitoring",)),
        Example(
            f"{_FR}- [ ] AI 1 : faire attention aux migrations {_FIN}", ("faire attention aux migrations",)
        ),
        Example(f"{_FR}- [ ] AI 1 : réfléchir à la situation {_FIN}", ("réfléchir à la situation",)),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each open action item that nobody could tick with a good conscience."""
        for item in document.action_items.items if document.action_items else ():
            span = item.description_text.span()
            if item.state != "open" or not item.described or document.holds_placeholder(span):
                continue
            if kind := vagueness(item):
                message, english, french = _TOLD[kind]
                said = " ".join(item.description_text.source.split())
                hint = french if document.language == "fr" else english
                yield self.finding(document, span, f"`{said}` {message}", hint)
