"""The rule placeholder-left."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from incidentdocs.documents.document import Document
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.places import Span
from incidentdocs.process.severity import SEVERITIES
from incidentdocs.rules.rule import DocumentRule, Example


class PlaceholderLeft(DocumentRule):
    """Nothing of the template is left to be filled in.

    A template's own words left in their place, and `TODO`, `TBD` or `à compléter` as the whole of a
    paragraph or value, say that the document is not finished; so does a row that begins with `TBA:`, and `????`
    where a word must stand. Code, links and comments are left alone, and
    so is a command's variable such as `<service>`.

    Write what belongs there. A document that is still being written says `status: draft`.
    """

    name = "placeholder-left"
    completeness = True
    valid = (
        Example(
            "# Runbook: API\n\n## Diagnosis\n1. Run `docker compose logs <service>`; TODO lists are fine.\n",
            path="docs/runbooks/runbook-api.md",
        ),
        Example("# Post-mortem: API\n\n## Root cause\n```\nTODO\n```\nThe job `TODO` ran twice.\n"),
        Example("# Post-mortem : API\n\n## Impact\n- Users impactes : 40\n"),
        Example("# Post-mortem : API\n\n## Cause racine\nPourquoi personne ne l'a-t-il vu ????\n"),
    )
    invalid = (
        Example(
            "# Post-mortem: API\n\n## Root cause\nThe pool was at its limit, which is ?????\n", ("?????",)
        ),
        Example("# Post-mortem : API\n\n## Cause racine\nLe pool a atteint sa limite, ????\n", ("????",)),
        Example("# Post-mortem : <titre incident>\n", ("<titre incident>",)),
        Example(
            "# Post-mortem: API\n\n## Timeline\n- HH:MM detection\n\n## Root cause\nTBD\n", ("HH:MM", "TBD")
        ),
        Example(
            "# Post-mortem : API\n\n## Impact\n- Duree downtime : Xh Ym\n- Users impactes : Y\n",
            ("Xh Ym", "Y"),
        ),
        Example(
            "# Post-mortem: API\n\n## Action items\n- [ ] AI 1: <description> (owner @who, due YYYY-MM-DD)\n",
            ("<description> (owner @who, due YYYY-MM-DD",),
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield one finding for each line that still holds placeholders."""
        for line, group in groupby(document.placeholders, key=lambda placeholder: placeholder.span.line):
            left = list(group)
            words = " and ".join(f"`{placeholder.text}`" for placeholder in left)
            span = Span(*left[0].span[:2], *left[-1].span[2:])
            verb = "is" if len(left) == 1 else "are"
            hint = _hint(document, line)
            yield self.finding(document, span, f"{words} {verb} still to be filled in", hint)


def _hint(document: Document, line: int) -> str:
    """Return what to do about the placeholders of a line: only what may be missing may be removed."""
    dated = _dated_event(document, line)
    if dated:
        return f"write the time as `HH:MM`, or the date alone where nobody knows it: `{dated}`"
    in_metadata = (value for value in document.metadata if value.field.key_span.line == line)
    field = next((value.profile for value in in_metadata if value.profile), None)
    if field and field.type == "severity":
        return f"write one of {', '.join(SEVERITIES)}"
    values = (value for value in document.values if value.label.starts[0].line == line)
    field = field or next((value.field for value in values), None)
    items = document.action_items.items if document.action_items else ()
    may_go = not field.required if field else any(item.line == line for item in items)
    if may_go:
        return "write what belongs here, or remove the line where nothing does"
    if field is None and _may_be_missing(document, line):
        return "write what belongs here, or remove the section where nothing does"
    return "write what belongs here"


def _dated_event(document: Document, line: int) -> str | None:
    """Return the date of the line's event, None unless its clock alone is still to be written."""
    events = document.timeline.events if document.timeline else ()
    event = next((event for event in events if event.span.line == line and event.placeholder), None)
    found = _date_and_rest().match(event.written) if event else None
    left = [placeholder.text for placeholder in document.placeholders if placeholder.span.line == line]
    return found["date"] if found and left == [found["rest"]] else None


@cache
def _date_and_rest() -> re.Pattern[str]:
    return re.compile(r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[ T,]{1,3}(?P<rest>\S+)\Z")


def _may_be_missing(document: Document, line: int) -> bool:
    """Return whether the line stands in a section that its profile does not require."""
    around = (
        section.profile for section in document.sections if section.heading.first < line <= section.last
    )
    return any(profile is not None and not profile.required for profile in around)
