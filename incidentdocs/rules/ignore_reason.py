"""The rule ignore-reason."""

from collections.abc import Iterator

from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import Example, Silenced, SuppressionRule


class IgnoreReason(SuppressionRule):
    """A comment that silences a rule says why.

    In a year nobody remembers whether the exception still holds; its reason tells.

    Write the reason after the bracket.
    """

    name = "ignore-reason"
    valid = (
        Example(
            "# Post-mortem: API\n\n<!-- incidentdocs: ignore[timeline-order] told by two teams -->\n"
            "## Timeline\n- 10:15 b\n- 10:10 a\n"
        ),
    )
    invalid = (
        Example(
            "# Post-mortem: API\n\n<!-- incidentdocs: ignore[timeline-order] -->\n## Timeline\n- 10:15 b\n",
            ("<!-- incidentdocs: ignore[timeline-order] -->",),
        ),
    )

    def check(self, silenced: Silenced) -> Iterator[Finding]:
        """Yield a finding for each comment without a reason."""
        for suppression in silenced.document.suppressions:
            if suppression.rules and not suppression.reason:
                names = ", ".join(suppression.rules)
                hint = f"write `<!-- incidentdocs: ignore[{names}] <the reason> -->`"
                if not silenced.silences(suppression):
                    hint = "remove the comment: it silences nothing that is still found"
                yield self.finding(silenced.document, suppression.span, "the reason is missing", hint)
