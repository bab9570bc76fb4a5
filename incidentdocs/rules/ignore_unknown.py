"""The rule ignore-unknown."""

from collections.abc import Iterator

from incidentdocs.errors import nearest
from incidentdocs.library.finding import Finding
from incidentdocs.rules import RULES
from incidentdocs.rules.rule import Example, Silenced, SuppressionRule


class IgnoreUnknown(SuppressionRule):
    """A comment that silences rules names rules that exist.

    A misspelt name silences nothing, and nobody notices until the finding is there again.

    Write the name as `incidentdocs rules` lists it.
    """

    name = "ignore-unknown"
    valid = (
        Example(
            "# Post-mortem: API\n\n<!-- incidentdocs: ignore[impact-field] a rehearsal -->\n## Impact\nNone.\n"
        ),
    )
    invalid = (
        Example(
            "# Post-mortem: API\n\n<!-- incidentdocs: ignore[impact-feild] a rehearsal -->\n## Impact\nNone.\n",
            ("<!-- incidentdocs: ignore[impact-feild] a rehearsal -->",),
        ),
        Example(
            "# Post-mortem : API\n\n## Timeline\n- 10:15 a <!-- incidentdocs: disable timeline-order -->\n",
            ("<!-- incidentdocs: disable timeline-order -->",),
        ),
    )

    def check(self, silenced: Silenced) -> Iterator[Finding]:
        """Yield a finding for each name that is no rule's, and each comment that is not understood."""
        for suppression in silenced.document.suppressions:
            if not suppression.rules:
                hint = "write `<!-- incidentdocs: ignore[rule-name] the reason -->`"
                yield self.finding(
                    silenced.document, suppression.span, "this comment is not understood", hint
                )
            for name in suppression.rules:
                if name not in RULES:
                    near = nearest(name, RULES)
                    hint = f"write `{near}`" if near else "`incidentdocs rules` lists the names"
                    yield self.finding(
                        silenced.document, suppression.span, f"no rule is called `{name}`", hint
                    )
