"""The rule action-item-format."""

from collections.abc import Iterator

from incidentdocs.documents.action_items.mending import Mended, mended_problem, with_box
from incidentdocs.documents.action_items.reading import ActionItem
from incidentdocs.documents.document import Document
from incidentdocs.editing.edits import Edit
from incidentdocs.library.finding import Finding, Fix
from incidentdocs.markdown.places import Span
from incidentdocs.rules.rule import DocumentRule, Example

_EN = "# Post-mortem: API down\n\n## Action items\n"
_FR = "# Post-mortem : panne de l'API\n\n## Action items\n"


class ActionItemFormat(DocumentRule):
    """An action item can be read: a box, what is to be done, and its fields in brackets at the end.

    What cannot be read is in no report, and nobody is reminded of it. The written form is
    `- [ ] AI 1 : what is to be done (owner @who, due YYYY-MM-DD)`; after the due date may come
    `ref #12`, `done YYYY-MM-DD` or `won't do: reason`. Other bullets, French words for the fields and
    tables with a column for each field are read as well.

    Write the item in that form. A missing number, owner or date is told by the rules of those names. `--fix`
    writes the box, the bullet or the bracket that is missing, where nothing else can be meant.
    """

    name = "action-item-format"
    fixable = True
    valid = (
        Example(f"{_EN}- [x] AI 1: renew (all of) the certificates (owner @dev, due 2026-04-01, ref #12)\n"),
        Example(f"{_FR}- [ ] AI 1 : purger les journaux (responsable : @dev, échéance : 2026-04-01)\n"),
        Example(
            f"{_EN}| # | Action | Owner | Due | Status |\n|---|---|---|---|---|\n"
            "| 1 | Alert at 80 % | @oncall | 2026-04-01 | done |\n"
        ),
        Example(f"{_EN}- [ ] AI 1: watch the disks (owner @dev, due 2026-04-01). Needs an agent.\n"),
        Example(
            f"{_EN}- [ ] AI 3: drop the old API (owner @dev, due 2026-04-01, won't do: in use, see #4)\n"
        ),
    )
    invalid = (
        Example(
            f"{_EN}- AI 1: alert at 80 % (owner @oncall, due 2026-04-01)\n",
            ("AI 1: alert at 80 % (owner @oncall, due 2026-04-01)",),
            fixed=f"{_EN}- [ ] AI 1: alert at 80 % (owner @oncall, due 2026-04-01)\n",
        ),
        Example(
            f"{_EN}| # | Action | Owner | Due |\n|---|---|---|---|\n"
            "| 1 | Alert at 80 % | @oncall | 2026-04-01 |\n| 2 | Rotate the logs | @dev | 2026-04-01 |\n",
            ("# | Action | Owner | Due",),
        ),
        Example(f"{_FR}- [ ] AI 1 :\n", ("AI 1 :",)),
        Example(
            f"{_FR}-[ ] AI 1 : purger les journaux (owner @dev, due 2026-04-01)\n",
            ("-[ ]",),
            fixed=f"{_FR}- [ ] AI 1 : purger les journaux (owner @dev, due 2026-04-01)\n",
        ),
        Example(
            f"{_FR}- [v] AI 1 : purger les journaux (owner @dev, due 2026-04-01)\n",
            ("[v]",),
            fixed=f"{_FR}- [x] AI 1 : purger les journaux (owner @dev, due 2026-04-01)\n",
        ),
        Example(
            f"{_EN}- [ ] AI 1: alert at 80 % (ownr @oncall, due 2026-04-01)\n"
            "- [ ] AI 2: rotate the logs (owner @dev, due 2026-04-01\n"
            "- [ ] AI 3: rotate (owner @dev, due 2026-04-01) the keys\n",
            ("ownr @oncall", "(owner @dev, due 2026-04-01", "the keys"),
            fixed=f"{_EN}- [ ] AI 1: alert at 80 % (ownr @oncall, due 2026-04-01)\n"
            "- [ ] AI 2: rotate the logs (owner @dev, due 2026-04-01)\n"
            "- [ ] AI 3: rotate (owner @dev, due 2026-04-01) the keys\n",
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield what could not be read of each action item, and each item and table that tells no state."""
        tables: set[Span] = set()
        for item in document.action_items.items if document.action_items else ():
            if item.problem and not document.holds_placeholder(item.problem.span):
                mended = mended_problem(item.problem, document.source.lines)
                yield self.finding(document, *item.problem, fix=_fix(mended))
            if _tells_no_state(document, item) and item.header not in tables:
                tables.update((item.header,) if item.header else ())
                yield self._stateless(document, item)

    def _stateless(self, document: Document, item: ActionItem) -> Finding:
        if item.header:
            hint = "add a column `Status`, with `open` or `done`"
            return self.finding(document, item.header, "no column of the table tells what is done", hint)
        hint = "begin it with `- [ ] `, or with `- [x] ` once it is done"
        fix = _fix(with_box(item, document.source.lines[item.line - 1]))
        return self.finding(document, item.span, "the action item has no checkbox", hint, fix=fix)


def _fix(mended: Mended | None) -> Fix | None:
    return Fix((Edit(*mended),)) if mended else None


def _tells_no_state(document: Document, item: ActionItem) -> bool:
    if item.stated or "checkbox" not in item.asks or not item.described:
        return False
    return not document.holds_placeholder(item.description_text.span())
