"""The rule severity-missing."""

import re
from collections.abc import Iterator
from functools import cache

from incidentdocs.documents.document import Document
from incidentdocs.library.finding import Finding
from incidentdocs.profiles.profile import FieldProfile
from incidentdocs.rules.rule import DocumentRule, Example

_LED = 30
"""The lines at a document's beginning in which a severity may be told in words of the team's own."""


class SeverityMissing(DocumentRule):
    """A post-mortem or an incident says how severe it was, where its profile has a place for it.

    Which milestones, which response and which due dates are asked for depends on the severity; without it
    nobody is reminded of any. Where the profile requires it, `metadata-invalid` tells that the front matter lacks it. A document
    without any metadata is left alone, unless it tells of data that was lost.

    Write it where the profile has it: `severity: SEV2`.
    """

    name = "severity-missing"
    severity = "warning"
    valid = (
        Example("---\nseverity: SEV2\n---\n# Post-mortem: API down\n"),
        Example("# Post-mortem: API slow\n\n## Impact\n- Downtime: 25m\n- Data loss: no\n"),
        Example("# Post-mortem : [SEV2] panne de l'API\n\n## Impact\n- Data loss : oui : 12 commandes\n"),
    )
    invalid = (
        Example(
            "# Post-mortem: orders gone\n\n## Impact\n- Downtime: 45m\n- Data loss: yes: 12 orders\n",
            ("Post-mortem: orders gone",),
        ),
        Example(
            "# Post-mortem : commandes perdues\n\n## Impact\n- Perte de données : oui : 12 commandes\n",
            ("Post-mortem : commandes perdues",),
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding where nothing tells the severity that the profile has a field for."""
        if document.profile.role not in ("post-mortem", "incident") or document.severity:
            return
        asked = next((each for each in document.profile.metadata if each.type == "severity"), None)
        unwritten = asked and not _is_written(document, asked) and _is_due(document, asked)
        # Of what is still being written, the gaps that are left tell enough.
        if asked and unwritten and not document.is_draft and not document.placeholders:
            yield self.finding(
                document,
                document.title_span(),
                "the document does not say how severe the incident was",
                f"write `{asked.id}: SEV2`, or whichever of SEV1, SEV2 and SEV3 it was",
            )


def _is_written(document: Document, field: FieldProfile) -> bool:
    """Return whether a severity is written, in words that need not be understood: another rule judges them."""
    in_front = any(value.profile is field for value in document.metadata)
    labelled = any(value.field is field for value in document.labelled)
    return in_front or labelled or bool(_severity_word().search("\n".join(document.source.lines[:_LED])))


@cache
def _severity_word() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:sev(?:erity|érité|erite)?[ -]?[0-4]|severity|sévérité|severite|gravité)\b", re.IGNORECASE
    )


def _is_due(document: Document, field: FieldProfile) -> bool:
    if document.source.front_matter is None and not document.labelled:
        return _lost_data(document)
    return not (field.required or field.required_for)


def _lost_data(document: Document) -> bool:
    return any(value.field.id == "data-loss" and value.parsed is True for value in document.values)
