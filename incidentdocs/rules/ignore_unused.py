"""The rule ignore-unused."""

from collections.abc import Iterator

from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import Example, Silenced, SuppressionRule


class IgnoreUnused(SuppressionRule):
    """A comment that silences a rule still silences something.

    Once the defect is mended, its exception only waits to hide the next one.

    Remove the name, or the comment when it is the last one.
    """

    name = "ignore-unused"
    severity = "warning"
    valid = (
        Example(
            "# Post-mortem: API\n\n<!-- incidentdocs: ignore[empty-section] told by mail -->\n## Impact\n"
        ),
    )
    invalid = (
        Example(
            "# Post-mortem: API\n\n<!-- incidentdocs: ignore[empty-section] told by mail -->\n## Impact\nNone.\n",
            ("<!-- incidentdocs: ignore[empty-section] told by mail -->",),
        ),
    )

    def check(self, silenced: Silenced) -> Iterator[Finding]:
        """Yield a finding for each name, of a rule that ran, that silenced nothing."""
        for suppression in silenced.document.suppressions:
            if not suppression.reason and not silenced.silences(suppression):
                continue  # it is told to go where its reason is asked for
            for name in suppression.rules:
                if name in silenced.ran and (suppression, name) not in silenced.used:
                    message = f"nothing is left here for `{name}` to find"
                    hint = "remove the name, or the whole comment when it is the last one"
                    yield self.finding(silenced.document, suppression.span, message, hint)
