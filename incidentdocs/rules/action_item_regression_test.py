"""The rule action-item-regression-test."""

from collections.abc import Iterator
from typing import ClassVar

from incidentdocs.documents.action_items.purposes import tests
from incidentdocs.documents.document import Document
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.rules.rule import DocumentRule, Example

BUG = "code-bug"

_EN = "---\nseverity: SEV2\nfailure-mode: code-bug\n---\n# Post-mortem: API down\n\n## Action items\n"
_FR = "---\nseverity: SEV2\nfailure-mode: code-bug\n---\n# Post-mortem : panne de l'API\n\n## Action items\n"


class ActionItemRegressionTest(DocumentRule):
    """After a bug in the code, one of the action items is a test that fails without the fix.

    A bug that no test holds comes back with the next rewrite. It is asked where the front matter says `failure-mode:
    code-bug` and the document has action items, open or done.

    Add an item for the test, or tick one that is there already: `- [x] AI 3: regression test for the import`.
    """

    name = "action-item-regression-test"
    severity: ClassVar[Severity] = "warning"
    valid = (
        Example(
            f"{_EN}- [x] AI 1: close the connections (owner @dev, due 2026-03-20)\n"
            "- [ ] AI 2: regression test for the pool (owner @tester, due 2026-03-28)\n"
        ),
        Example(f"{_FR}- [ ] AI 1 : couvrir l'import par un test e2e (owner @dev, échéance 2026-03-28)\n"),
        Example(
            f"{_FR}- [ ] AI 1 : rejouer les vieux exports dans la CI (owner @dev, échéance 2026-03-28)\n"
        ),
        Example(f"{_EN}No action: the code is gone since the rewrite.\n"),
        Example(
            f"{_EN.replace('code-bug', 'disk-full')}- [ ] AI 1: rotate the logs (owner @dev, due 2026-03-28)\n"
        ),
    )
    invalid = (
        Example(
            f"{_EN}- [x] AI 1: close the connections (owner @dev, due 2026-03-20)\n",
            ("Action items",),
        ),
        Example(
            f"{_FR}- [ ] AI 1 : corriger l'arrondi (owner @dev, échéance 2026-03-28)\n",
            ("Action items",),
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for a bug that no action item holds by a test."""
        if document.action_items is None or BUG not in map(str.lower, document.words("failure-mode")):
            return
        items = document.action_items.items
        section = document.sections_containing("action-items")[0]
        if items and not any(map(tests, items)) and not document.holds_placeholder(section.body):
            french = document.language == "fr"
            item = "test de non-régression : …" if french else "regression test for …"
            message = f"the failure mode is `{BUG}`, and no action item adds a test"
            yield self.finding(document, section.heading.text.span(), message, f"add `{item}`")
