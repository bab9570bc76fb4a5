"""A section that is put in where it is missing gets what the profile's template has below its title."""

from collections.abc import Sequence

from incidentdocs.documents.document import Document
from incidentdocs.library.finding import Finding, Fix
from incidentdocs.markdown.blocks import Heading
from incidentdocs.rules.missing_section import STILL_TO_WRITE, MissingSection


def with_template_text(finding: Finding, document: Document, model: Document) -> Finding:
    """Return a finding of `document` about a missing section whose fix writes what stands in `model`.

    `model` is what the template writes, read under the same profile. Any other finding is returned as it is.
    """
    if finding.rule != MissingSection.name or finding.fix is None:
        return finding
    (edit,) = finding.fix.edits
    for section in model.sections:
        title = document.to_be_written(section.profile.title) if section.profile else None
        begun = f"{document.heading(title)}\n" if title else None
        if begun and edit.text.lstrip("\n").startswith(f"{begun}{STILL_TO_WRITE}"):
            body = _body(model, section.heading.last, section.last)
            deeper = any(isinstance(block, Heading) for block in section.blocks)
            if body and not (deeper and model.section_level != document.section_level):
                text = edit.text.replace(f"{begun}{STILL_TO_WRITE}", begun + "\n".join(body))
                return finding._replace(fix=Fix((edit._replace(text=text),), finding.fix.safe))
    return finding


def _body(model: Document, heading: int, last: int) -> Sequence[str]:
    """Return the lines below a heading, without the blank ones at either end."""
    lines = model.source.lines[heading:last]
    written = [number for number, line in enumerate(lines) if line.strip()]
    return lines[written[0] : written[-1] + 1] if written else ()
