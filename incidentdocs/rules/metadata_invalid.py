"""The rule metadata-invalid."""

from collections.abc import Iterator
from datetime import date

from incidentdocs.documents.document import Document
from incidentdocs.documents.iso_dates import certain_date
from incidentdocs.documents.metadata import MetadataValue
from incidentdocs.editing.edits import Edit
from incidentdocs.errors import nearest
from incidentdocs.library.finding import Finding, Fix
from incidentdocs.markdown.front_matter import FrontMatter, Value
from incidentdocs.profiles.profile import FieldProfile
from incidentdocs.rules.rule import DocumentRule, Example

_INCIDENT = "docs/incidents/2026-03-14-api-down.md"
_SERVICES = 'extends = "incident"\n\n[[metadata]]\nid = "services"\ntype = "list"\nrequired-for = ["SEV3"]\n'


class MetadataInvalid(DocumentRule):
    """The front matter can be read, and its fields hold what the profile says they hold.

    Severity decides which milestones and deadlines a post-mortem has; a value that nobody can read is as good
    as none. A document without any front matter is left alone, and so are fields of the team's own.

    Write the field as the hint shows it. `--fix` writes a date that can be only one day as `YYYY-MM-DD`.
    """

    name = "metadata-invalid"
    fixable = True
    valid = (
        Example("---\nseverity: SEV1\nservices: [api]\nowner-team: platform\n---\n# Post-mortem: API\n"),
        Example("---\nseverity: SEV1 (CRITICAL)\n---\n# Post-mortem: API\n"),
        Example("---\nseverity: critical\nrunbooks:\n---\n# Post-mortem : API\n"),
        Example('+++\nseverity = "SEV1"\nservices = ["api"]\n+++\n# Post-mortem : API\n'),
        Example("# Post-mortem: API\n"),
        Example(
            "---\nseverity: SEV3\nstarted: 2026-03-14 14:02\nuser-facing: non\nticket: ops#31\n---\n# Incident : API\n",
            path=_INCIDENT,
        ),
        Example(
            "---\nseverity: SEV2\nservices:\n---\n# Incident: API\n",
            path=_INCIDENT,
            profiles=(("incident", _SERVICES),),
        ),
    )
    invalid = (
        Example("---\nseverity: SEV9\n---\n# Post-mortem: API\n", ("SEV9",)),
        Example("---\nseverity: SEV1 (INFO)\n---\n# Post-mortem: API\n", ("SEV1 (INFO)",)),
        Example("---\nseverity: [SEV1]\n---\n# Post-mortem: API\n", ("[SEV1]",)),
        Example("---\nseverity: SEV1\ndate: 2026-02-30\n---\n# Post-mortem: API\n", ("2026-02-30",)),
        Example(
            "---\nseverity: SEV1\ndate: 14/03/2026 # un samedi\n---\n# Post-mortem : API\n",
            ("14/03/2026",),
            fixed="---\nseverity: SEV1\ndate: 2026-03-14 # un samedi\n---\n# Post-mortem : API\n",
        ),
        Example("---\nseverty: SEV1\n---\n# Post-mortem : API\n", ("severty",)),
        Example("---\nservices: [api]\n---\n# Post-mortem: API\n", ("---",)),
        Example("---\nseverity: SEV1\nstatus: nearly\n---\n# Post-mortem: API\n", ("nearly",)),
        Example("---\nseverity: SEV1\nseverity: SEV2\n---\n# Post-mortem: API\n", ("severity",)),
        Example("+++\nseverity = SEV1\n+++\n# Post-mortem : API\n", ("SEV1",)),
        Example(
            "---\nseverity: SEV3\nservices:\n---\n# Incident: API\n",
            ("services",),
            path=_INCIDENT,
            profiles=(("incident", _SERVICES),),
        ),
        Example(
            "---\nseverity: SEV2\nstarted: ce matin\ndata-loss: peut-être\n---\n# Incident : API\n",
            ("ce matin", "peut-être"),
            path=_INCIDENT,
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield what cannot be read, the values that are not what they should be, and what is missing."""
        front_matter = document.source.front_matter
        if front_matter is None:
            return
        values = [value.problem for value in document.metadata if value.problem]
        fixes = {value.problem: _as_iso(document, value) for value in document.metadata if value.problem}
        unreadable = {problem.span for problem in front_matter.problems}
        wrong = (problem for problem in values if problem.span not in unreadable)
        for problem in (*front_matter.problems, *wrong):
            if not document.holds_placeholder(problem.span):
                yield self.finding(document, *problem, fix=fixes.get(problem))
        if not front_matter.problems:
            for field in document.profile.metadata:
                if field.required or document.severity in field.required_for:
                    yield from self._required(document, front_matter, field)

    def _required(
        self, document: Document, front_matter: FrontMatter, field: FieldProfile
    ) -> Iterator[Finding]:
        hint = f"write `{_example(front_matter, field)}`"
        values = [value for value in document.metadata if value.profile is field]
        for value in values:
            if value.empty:
                yield self.finding(document, value.field.key_span, f"`{field.id}` has no value", hint)
        if values:
            return
        own = {value.field.key: value.field for value in document.metadata if value.profile is None}
        near = nearest(field.id, own)
        span = own[near].key_span if near else document.source.line_span(front_matter.first)
        message = f"`{near}` is not known; `{field.id}` is missing" if near else f"`{field.id}` is missing"
        yield self.finding(document, span, message, hint)


def _as_iso(document: Document, value: MetadataValue) -> Fix | None:
    """Return how a date that can be only one day is written, where there is nothing but the date."""
    written, field = value.field.value, value.field
    if value.profile is None or value.profile.type not in ("date", "due") or not isinstance(written, str):
        return None
    certain = certain_date(written, document.profile.dates)
    if certain is None or written[: certain[0]].strip() or written[certain[1] :].strip():
        return None
    return Fix((Edit(field.span, certain[2].isoformat()),))


def _example(front_matter: FrontMatter, field: FieldProfile) -> str:
    examples: dict[str, Value] = {
        "severity": "SEV2",
        "date": date(2026, 3, 14),
        "list": ("first", "second"),
        "people": ("@someone",),
    }
    value = field.values[0] if field.values else examples.get(field.type, "…")
    return front_matter.row(field.id, value)
