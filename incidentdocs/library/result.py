"""What a lint run found, and how much it looked at."""

from typing import NamedTuple

from incidentdocs.library.finding import Finding


class LintResult(NamedTuple):
    """The findings of one run, ordered by path and place, and what they were found in.

    `documents` were checked; `suppressed` findings are those that a comment or the baseline
    answers for; `skipped` counts the named files that no profile claims, and `unread` the Markdown files in
    the documents' folders that are not taken for documents.
    """

    findings: tuple[Finding, ...]
    documents: int = 0
    suppressed: int = 0
    skipped: int = 0
    unread: int = 0

    def joined(self, other: "LintResult") -> "LintResult":
        """Return the two results as one; the documents of `other` come after this one's."""
        return LintResult(
            self.findings + other.findings,
            self.documents + other.documents,
            self.suppressed + other.suppressed,
            self.skipped + other.skipped,
            self.unread + other.unread,
        )

    @property
    def errors(self) -> int:
        """The number of findings that are errors."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        """The number of findings that are warnings."""
        return len(self.findings) - self.errors
