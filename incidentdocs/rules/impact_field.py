"""The rule impact-field."""

from collections.abc import Iterator

from incidentdocs.documents.contents import says_something
from incidentdocs.documents.document import Document
from incidentdocs.documents.field_values import lost
from incidentdocs.documents.impact import Value
from incidentdocs.documents.sections import Section
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.profiles.profile import FieldProfile
from incidentdocs.rules.rule import DocumentRule, Example

_EN = "# Post-mortem: API down\n\n## Impact\n"
_FR = "# Post-mortem : panne de l'API\n\n## Impact\n"

_EXAMPLES = {
    "duration": ("Xh Ym", "Xh Ym"),
    "count": ("~40", "~40"),
    "yes-no": ("no", "non"),
    "cost": ("~1,500 €", "~1 500 €"),
    "date": ("YYYY-MM-DD", "YYYY-MM-DD"),
}
"""What to write, in English and in French, for a field of each type."""

_FRENCH_HINTS = {
    "count": "write a number, a range, a percentage, `tous` or `inconnu`, such as `~40`",
    "yes-no": "write `non`, or `oui` and what was lost: `oui : 12 commandes`",
}
"""Hints whose words the document writes in French."""


class ImpactField(DocumentRule):
    """The impact is told in numbers: how long, how many users, what data was lost.

    Numbers can be compared with the timeline and added up over a year; words cannot. A duration is
    written `1h 40m`, `45m` or `1h40`. Users are a number, a range, a percentage, `~40`, all or unknown.
    Data loss is no, or yes and what was lost. A cost may be left out or unknown; any other is an amount.
    In a draft a missing value is a warning.

    Write one labelled line for each: `- Downtime: 1h 40m`. An estimate (`~1h 30m`) is better than none.
    """

    name = "impact-field"
    valid = (
        Example(f"{_EN}- Downtime: ~1h 40m (20m of it read-only)\n- Users affected: 12 %\n- Data loss: no\n"),
        Example(
            f"{_FR}- Durée downtime : 1h40\n- Users impactés : environ 40\n- Perte de données : oui : 12 commandes\n"
            "- Coût estimé : ~1 500 €\n"
        ),
        Example(
            f"{_EN}| | |\n|---|---|\n| Downtime | 45m |\n| Users affected | unknown |\n| Data loss | none |\n"
        ),
    )
    invalid = (
        Example(f"{_EN}- Downtime: 45m\n- Data loss: no\n", ("Impact",)),
        Example(f"{_EN}- Downtime: 45m\n\n## Impact\n- Users affected: many\n- Data loss: no\n", ("many",)),
        Example(
            f"{_FR}- Duree downtime : un bon moment\n- Users impactes :\n- Data loss : oui\n- Cout estime : cher\n",
            ("un bon moment", "Users impactes", "oui", "cher"),
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each required value that is missing, and each value that says nothing."""
        for section in document.sections_containing("fields"):
            is_first = all(twin.id != section.id for twin in _above(document, section))
            if is_first and says_something(section):
                yield from self._missing(document, section)
            for value in document.values:
                if _within(section, value) and not document.holds_placeholder(value.text.span()):
                    yield from self._unreadable(document, value)

    def _missing(self, document: Document, section: Section) -> Iterator[Finding]:
        twins = [twin for twin in document.sections if twin.id == section.id]
        told = {value.field.id for value in document.values if any(_within(twin, value) for twin in twins)}
        if not told and document.holds_placeholder(section.body):
            return
        for field in section.profile.fields if section.profile else ():
            if field.required and field.id not in told:
                message = (
                    f"the section `{section.visible}` does not say `{document.in_language(field.label)}`"
                )
                hint = f"add `{_line(document, field)}`"
                yield self.finding(
                    document, section.heading.text.span(), message, hint, severity=_lowered(document)
                )

    def _unreadable(self, document: Document, value: Value) -> Iterator[Finding]:
        if value.problem:
            first = value.text.part(0, len(value.text.source.partition("\n")[0])).stripped()
            french = _FRENCH_HINTS.get(value.field.type) if document.language == "fr" else None
            yield self.finding(document, first.span(), value.problem.message, french or value.problem.hint)
        elif value.parsed is None and value.field.required:
            message = f"`{value.label.source.strip('*_ ')}` has no value"
            hint = f"write `{_line(document, value.field)}`"
            yield self.finding(document, value.label.span(), message, hint, severity=_lowered(document))
        elif value.parsed is True and value.field.type == "yes-no" and not lost(value.text.source):
            written = value.text.source.strip(" :\n")
            separator = " : " if document.language == "fr" else ": "
            example = "12 commandes" if document.language == "fr" else "12 orders"
            hint = f"write how much and what, such as `{written}{separator}{example}`"
            yield self.finding(document, value.text.span(), f"`{written}` does not say what was lost", hint)


def _within(section: Section, value: Value) -> bool:
    return section.heading.first <= value.label.starts[0].line <= section.last


def _above(document: Document, section: Section) -> Iterator[Section]:
    return (other for other in document.sections if other.heading.first < section.heading.first)


def _lowered(document: Document) -> Severity:
    return "warning" if document.is_draft else "error"


def _line(document: Document, field: FieldProfile) -> str:
    in_french = document.language == "fr"
    example = _EXAMPLES.get(field.type, ("…", "…"))[in_french]
    return f"- {document.in_language(field.label)}{' : ' if in_french else ': '}{example}"
