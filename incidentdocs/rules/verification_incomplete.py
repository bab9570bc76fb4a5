"""The rule verification-incomplete."""

from collections.abc import Iterator

from incidentdocs.documents.checklist import Check
from incidentdocs.documents.document import Document
from incidentdocs.documents.handling import Handling, Taken, as_passed, handling, is_resolved
from incidentdocs.documents.verification import does_not_apply, first_line, found_short
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import DocumentRule, Example

_PATH = "docs/incidents/2026-03-14-disk-full.md"
_FR = "---\nseverity: SEV1\nresolved: 2026-03-14 03:20\n---\n# Incident : disque plein\n\n## Étapes\n### [5] VERIFY (@oncall + @devops)\n"
_EN = "---\nseverity: SEV2\nresolved: 2026-03-14 15:20\n---\n# Incident: disk full\n\n## Steps\n### [5] VERIFY (@oncall, @devops)\n"
_FIN = (
    "- [x] Output : confirmation prod restoree — quatre sur quatre, une page enregistrée (@oncall, 03:15)\n"
)
_END = "- [x] Output: production confirmed restored — a page was saved (@oncall, 15:15)\n"


class VerificationIncomplete(DocumentRule):
    """An incident is resolved only when all that its verification checks was found well.

    A service that answers may still lack one of its parts: the health checks count all of them, the smoke test and a real
    user's flow show that they work together. Who resolves before is called a second time.

    Do what is left, tick it and say what it showed. A check that does not apply says so: `n/a`, `sans objet`.
    """

    name = "verification-incomplete"
    severity = "warning"
    valid = (
        Example(
            f"{_FR}- [x] Healthcheck full : 4/4 OK\n- [x] Smoke test : `./scripts/smoke-test.sh`\n"
            f"- [x] Tester un flow utilisateur reel\n{_FIN}",
            path=_PATH,
        ),
        Example(
            f"{_EN}- [x] Full health check: 5/5 OK on 03/14\n- [ ] Smoke test: n/a, the service has none\n{_END}",
            path=_PATH,
        ),
        Example(
            "---\nseverity: SEV2\nresolved:\n---\n# Incident: disk full\n\n## Steps\n### [5] VERIFY (@oncall, @devops)\n"
            "- [ ] Full health check: 4/4 OK\n",
            path=_PATH,
        ),
    )
    invalid = (
        Example(
            f"{_FR}- [x] Healthcheck full : 3/4 OK\n- [ ] Smoke test : `./scripts/smoke-test.sh`\n{_FIN}",
            ("3/4", "Smoke test : `./scripts/smoke-test.sh`"),
            path=_PATH,
        ),
        Example(
            f"{_EN}- [x] Full health check: 4/4 OK\n- [ ] Output: production confirmed restored\n",
            ("Output: production confirmed restored",),
            path=_PATH,
        ),
        Example(
            f"{_EN}- [ ] Full health check: 4/4 OK\n- [ ] Try a real user's flow\n- [ ] Output: production confirmed restored\n",
            ("[5] VERIFY (@oncall, @devops)",),
            path=_PATH,
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each check, and each output, that a resolved incident's verification lacks."""
        handled = handling(document)
        if handled is None or not is_resolved(document):
            return
        for taken in handled.steps:
            if taken.step and taken.step.verifies:
                yield from self._of_step(document, handled, taken)

    def _of_step(self, document: Document, handled: Handling, taken: Taken) -> Iterator[Finding]:
        left = [found for check in taken.done.checks if (found := self._of_check(document, check))]
        output = taken.done.output
        begun = any(check.ticked for check in taken.done.checks) or bool(output and output.said)
        if left and not begun and not (output and output.check.ticked):
            span = taken.done.heading.text.span()
            message = f"the incident is resolved, and nothing of step {taken.done.number} was verified"
            yield self.finding(document, span, message, "check it, tick what holds, and say what it showed")
            return
        yield from left
        # Of one that is ticked beside nothing another rule tells.
        if handled.lacks_output(taken) and not (output and output.check.ticked):
            text = first_line(output.check.text) if output else taken.done.heading.text
            hint = as_passed(output, document) if output else "- [x] Output: …"
            if not document.holds_placeholder(text.span()):
                message = "the incident is resolved, and nobody has confirmed that all works again"
                yield self.finding(document, text.span(), message, f"write what the checks showed: `{hint}`")

    def _of_check(self, document: Document, check: Check) -> Finding | None:
        text = first_line(check.text)
        if does_not_apply(check) or document.holds_placeholder(text.span()):
            return None
        if part := found_short(check):
            message = f"the incident is resolved, and `{part.source}` says that not all was found well"
            whole = part.source.rpartition("/")[2].strip()
            return self.finding(document, part.span(), message, f"once all are, write `{whole}/{whole}`")
        if check.ticked:
            return None
        return self.finding(
            document,
            text.span(),
            "the incident is resolved, and this check is not ticked",
            "check it and tick it, or say why it does not apply: `n/a: reason`",
        )
