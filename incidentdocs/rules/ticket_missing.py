"""The rule ticket-missing."""

import re
from collections.abc import Iterator
from functools import cache

from incidentdocs.documents.answers import is_no_answer
from incidentdocs.documents.document import Document
from incidentdocs.documents.handling import Handling, Taken, handling, is_resolved
from incidentdocs.documents.titles import fold
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.blocks import Text, texts_in
from incidentdocs.markdown.inline import mask_code, plain
from incidentdocs.process.severity import TICKETED
from incidentdocs.profiles.profile import FieldProfile
from incidentdocs.profiles.roles import role_of
from incidentdocs.rules.rule import DocumentRule, Example

FIELD = "ticket"

_FAR = 2_000
_PATH = "docs/incidents/2026-03-14-export-cut.md"
_FR = "---\nseverity: SEV3\nresolved: 2026-03-16 10:00\nticket: {}\n---\n# Incident : export tronqué\n\n"
_EN = "---\nseverity: SEV3\nresolved: 2026-03-16 10:00\nticket: {}\n---\n# Incident: export cut off\n\n"
_STEP_FR = "## Étapes\n### [3] WORKAROUND\n- [{}] Si workaround dispo : documenter dans le ticket\n- [{}] Output : workaround documente, ou aucun{}\n\n"
_STEP_EN = "## Steps\n### [3] WORKAROUND\n- [{}] If there is a workaround: write it into the ticket\n- [{}] Output: workaround written down, or none{}\n\n"


class TicketMissing(DocumentRule):
    """A SEV3 has its ticket, and a workaround that was found stands in it.

    A SEV3 gets no post-mortem: its ticket is where the bug is assigned and mended, and where whoever meets it next looks for
    a way around it. A workaround counts as missing from the ticket where the document tells one, and its own step was
    never done or says that there is none.

    Open the ticket (`incidentdocs comm ticket` writes its text) and name it: `ticket: https://git.example.org/ops/issues/31`.
    Write the workaround into it, and pass the step.
    """

    name = "ticket-missing"
    severity = "warning"
    valid = (
        Example(
            f"{_FR.format('ops#31')}{_STEP_FR.format('x', 'x', ' — dans ops#31 (@oncall, 10:20)')}"
            "## Résolution\nContournement : exporter mois par mois.\n",
            path=_PATH,
        ),
        Example(
            f"{_EN.format('ops#31')}{_STEP_EN.format(' ', ' ', '')}## Resolution\nFixed in 4.2; there was no workaround.\n",
            path=_PATH,
        ),
        Example("---\nseverity: SEV2\nticket:\n---\n# Incident: API slow\n", path=_PATH),
        Example(
            "---\nseverity: SEV3\nticket:\n---\n# Incident : export tronqué\n\n## Timeline\n"
            "- 09:10 communication : ticket ops#31, à @dev\n",
            path=_PATH,
        ),
    )
    invalid = (
        Example("---\nseverity: SEV3\nticket:\n---\n# Incident : export tronqué\n", ("ticket",), path=_PATH),
        Example("---\nseverity: SEV3\n---\n# Incident: export cut off\n", ("---",), path=_PATH),
        Example(f"{_FR.format('aucun')}## Résolution\nCorrigé en 4.2.\n", ("aucun",), path=_PATH),
        Example(
            f"{_FR.format('ops#31')}{_STEP_FR.format(' ', ' ', '')}## Résolution\nContournement : exporter mois par mois.\n",
            ("Contournement",),
            path=_PATH,
        ),
        Example(
            f"{_EN.format('ops#31')}{_STEP_EN.format('x', 'x', ' — none (@oncall, 10:20)')}"
            "## Workaround\nExport one month at a time.\n",
            ("Workaround",),
            path=_PATH,
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding where the ticket is missing, else where the workaround is not in it."""
        if document.severity != TICKETED or role_of(document.profile) != "incident":
            return
        field = next((each for each in document.profile.metadata if each.id == FIELD), None)
        # Where a profile requires the field, `metadata-invalid` tells that it is missing.
        if field is None or field.required or TICKETED in field.required_for:
            return
        handled = handling(document)
        missing = list(self._ticket(document, field, handled))
        yield from missing
        if handled and not missing and is_resolved(document):
            yield from self._workaround(document, handled)

    def _ticket(self, document: Document, field: FieldProfile, handled: Handling | None) -> Iterator[Finding]:
        front = document.source.front_matter
        if handled and handled.of("ticket"):
            return
        own = [value for value in document.metadata if value.profile is field]
        if any(document.holds_placeholder(value.field.span) or value.problem for value in own):
            return
        words = document.words(FIELD)
        if any(not is_no_answer(word) for word in words) or (front and front.problems):
            return
        row = front.row(FIELD, "https://git.example.org/ops/issues/31") if front else "ticket: …"
        hint = f"write `{row}`; `incidentdocs comm ticket` writes the text to open one with"
        if own:
            span = own[0].field.key_span if own[0].empty else own[0].field.span
        elif front:
            span = document.source.line_span(front.first)
        elif handled:
            span = document.title_span()
        else:
            return
        yield self.finding(document, span, "a SEV3 has a ticket, and this one names none", hint)

    def _workaround(self, document: Document, handled: Handling) -> Iterator[Finding]:
        step = next((each for each in handled.steps if _asks_for_workaround(each)), None)
        told = _told(document) if step else None
        if step is None or told is None or _is_written_down(step) or _in_record(handled):
            return
        # Of a step that was passed over another rule tells.
        if step.step and step.step.gate and handled.passed_after(step) and handled.lacks_output(step):
            return
        message = "a workaround is told here, and nothing says that it is in the ticket"
        hint = f"write it into the ticket, and pass step {step.done.number} of the checklist"
        yield self.finding(document, told.span(), message, hint)


def _asks_for_workaround(taken: Taken) -> bool:
    checks = (fold(check.text.source) for check in taken.done.checks)
    return any("ticket" in check and _workaround().search(check) for check in checks)


def _is_written_down(taken: Taken) -> bool:
    """Return whether a step says that the workaround is in the ticket, and not that there is none."""
    if output := taken.done.output:
        return output.passed and not (is_no_answer(output.said) or _none().search(fold(output.said)))
    return taken.done.done


def _in_record(handled: Handling) -> bool:
    """Return whether the event of a ticket mentions a workaround."""
    return any(_workaround().search(fold(sent.event.text.source[:_FAR])) for sent in handled.of("ticket"))


def _told(document: Document) -> Text | None:
    """Return the word by which the resolution tells a workaround, or its title; None where there is none."""
    section = document.section("resolution")
    if section is None or document.holds_placeholder(section.body):
        return None
    texts = [text for text in texts_in(section.blocks) if text.source.strip()]
    said = fold(plain(" ".join(text.source for text in texts)[:_FAR]))
    if not said or is_no_answer(said) or _none().search(said):
        return None
    if _workaround().search(fold(section.visible)):
        return section.heading.text
    found = ((text, _workaround().search(mask_code(text.source[:_FAR]))) for text in texts)
    return next((text.part(*word.span()) for text, word in found if word), None)


@cache
def _workaround() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:workarounds?|contournements?|work around|solution de contournement)\b", re.IGNORECASE
    )


@cache
def _none() -> re.Pattern[str]:
    """Match folded words that say that there is no workaround."""
    noun = r"(?:workarounds?|contournements?|work around|way around)"
    return re.compile(
        rf"\b(?:no|without|aucun|pas de|sans|not any|neither)(?: \w+)? {noun}\b|\b{noun} (?:aucun|none|n a|neant)\b|^(?:aucun|none)\b"
    )
