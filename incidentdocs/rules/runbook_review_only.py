"""The rule runbook-review-only."""

from collections.abc import Iterator
from dataclasses import field

from incidentdocs.history.past import Past, Where
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import Committed, Example, HistoryRule
from incidentdocs.settings.frozen import frozen

_PATH = "docs/runbooks/runbook-disk-full.md"
_EN = "---\nreviewed: {}\n---\n# Runbook: Disk full\n\n## Symptoms\n{}\n"
_FR = "---\nrelu: {}\n---\n# Runbook : disque plein\n\n## Symptomes\n{}\n"


def _versions(text: str, *days: str, symptom: str) -> tuple[Committed, ...]:
    return tuple(Committed(day, text.format(day, symptom)) for day in days)


@frozen
class RunbookReviewOnly(HistoryRule):
    """The reviews of a runbook change something in it now and then.

    A runbook that is reviewed again and again and never changes is perfect, or nobody tries its steps and the date is
    moved so that a check is content. Of three reviews in a row one finds an old host, a step that is slow, a person
    who left.

    Go through the steps with somebody who has not written them, and mend what they stumble over.
    """

    times: int = field(
        default=3,
        metadata={
            "description": "So many reviews in a row that changed nothing are told.",
            "least": 1,
            "most": 100,
        },
    )

    name = "runbook-review-only"
    valid = (
        Example(
            _EN.format("2026-07-01", "Saving fails."),
            path=_PATH,
            versions=_versions(_EN, "2026-01-01", "2026-04-01", "2026-07-01", symptom="Saving fails."),
        ),
        Example(
            _EN.format("2026-09-01", "Saving fails with `ENOSPC`."),
            path=_PATH,
            versions=_versions(
                _EN, "2026-01-01", "2026-03-01", "2026-05-01", "2026-07-01", symptom="Saving fails."
            ),
        ),
    )
    invalid = (
        Example(
            _EN.format("2026-07-01", "Saving fails."),
            ("Runbook: Disk full",),
            path=_PATH,
            versions=_versions(
                _EN, "2026-01-01", "2026-03-01", "2026-05-01", "2026-07-01", symptom="Saving fails."
            ),
        ),
        Example(
            _FR.format("2026-07-01", "L'enregistrement échoue."),
            ("Runbook : disque plein",),
            path=_PATH,
            versions=_versions(
                _FR,
                "2026-01-01",
                "2026-03-01",
                "2026-05-01",
                "2026-07-01",
                symptom="L'enregistrement échoue.",
            ),
        ),
    )

    def check(self, past: Past) -> Iterator[Finding]:
        """Yield a finding for each runbook whose last versions differ by the day of the review alone."""
        for history in past.living():
            if history.reviews >= self.times:
                message = f"its last {history.reviews} reviews changed the date, and nothing else"
                hint = "go through the steps with somebody who has not written them, and mend what is old"
                where = Where(history.path, past.documents[history.path].title_span())
                yield self.told(where, message, hint)
