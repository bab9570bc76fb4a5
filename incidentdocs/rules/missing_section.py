"""The rule missing-section."""

from collections.abc import Iterator, Sequence

from incidentdocs.documents.document import Document
from incidentdocs.documents.moving import is_clear_above, put_in, sections_in_a_row
from incidentdocs.documents.near_titles import joint_sections
from incidentdocs.documents.signposts import lead_elsewhere, link_in
from incidentdocs.documents.titles import title_key
from incidentdocs.editing.edits import Edit
from incidentdocs.library.finding import Finding, Fix
from incidentdocs.markdown.blocks import Code, Heading, Paragraph, Text, walk
from incidentdocs.markdown.inline import plain
from incidentdocs.profiles.profile import SectionProfile
from incidentdocs.rules.rule import DocumentRule, Example

STILL_TO_WRITE = "TODO"
"""What stands below a title that is put in, where no template says more."""

LONGEST_TITLE = 200
"""A longer line is no title."""


class MissingSection(DocumentRule):
    """Every section that this kind of document must have is there.

    A post-mortem without a root cause, or a runbook without a rollback, is missed only when somebody needs
    it. Sections are recognised by their titles whatever the case, accents, numbering or a note in
    brackets, in any of the profile's languages; a bold line of its own or
    a bold list item above its content is a title as well. One heading may name two sections: *Diagnosis and
    mitigation*. A page of a few sentences that says that it has moved, is merged into another or is used no more
    needs none. One that is only *See …* does not say that it is meant to be no more: it is told once.

    Write the section under its title. Where nothing is to be said, say that, and why. `--fix` puts in the
    title with what the template has below it, still to be filled in; where a section of the team's own
    stands there, which may be the missing one in other words, only `--unsafe` does.
    """

    name = "missing-section"
    completeness = True
    fixable = True
    valid = (
        Example(
            "# Runbook: disk full\n\n## Symptoms\nWrites fail.\n\n## 2. DIAGNOSIS (steps)\n1. Look.\n\n"
            "## Resolution\n1. Clean.\n\n## Future prevention\nAn alert.\n\n## Rollback / escalation\nNone.\n",
            path="docs/runbooks/runbook-disk-full.md",
        ),
        Example(
            "# Runbook : disque plein\n\n## Symptômes\nErreurs.\n\n## Diagnostic et résolution\n1. Voir, puis nettoyer.\n\n"
            "## Prévention future\nUne alerte.\n\n## Rollback / escalade\nAucun.\n",
            path="docs/runbooks/runbook-disk-full.md",
        ),
        Example(
            "# Runbook: disk full\n\nThis alert is deprecated; see [storage](runbook-storage.md).\n",
            path="docs/runbooks/runbook-disk-full.md",
        ),
    )
    invalid = (
        Example(
            "# Runbook: disk full\n\nSee [storage](runbook-storage.md).\n",
            ("Runbook: disk full",),
            "docs/runbooks/runbook-disk-full.md",
        ),
        Example(
            "# Runbook : disque plein\n\nVoir le runbook [stockage](runbook-stockage.md)\n",
            ("Runbook : disque plein",),
            "docs/runbooks/runbook-disk-full.md",
        ),
        Example(
            "# Runbook : disque plein\n\n## Symptômes\nErreurs.\n\n## Diagnostic\n1. Voir.\n\n"
            "## Prévention future\nUne alerte.\n\n## Rollback / escalade\nAucun.\n",
            ("Runbook : disque plein",),
            "docs/runbooks/runbook-disk-full.md",
            fixed="# Runbook : disque plein\n\n## Symptômes\nErreurs.\n\n## Diagnostic\n1. Voir.\n\n"
            "## Resolution (etapes)\nTODO\n\n"
            "## Prévention future\nUne alerte.\n\n## Rollback / escalade\nAucun.\n",
        ),
        Example(
            "# Runbook: disk full\n\n## Symptoms\nWrites fail.\n\n## Diagnosis\n1. Look:\n\n```\ndf -h\n\n"
            "## Resolution\n1. Clean.\n\n## Future prevention\nAn alert.\n\n## Rollback / escalation\nNone.\n",
            ("```",),
            "docs/runbooks/runbook-disk-full.md",
        ),
        Example(
            "# Runbook: disk full\n\n##Symptoms\nWrites fail.\n\n## Diagnosis\n1. Look.\n\nRead the logs.\n**Resolution:**\n\n"
            "1. Clean.\n\n## Future prevention\nAn alert.\n\n## Rollback / escalation\nNone.\n",
            ("##Symptoms", "**Resolution:**"),
            "docs/runbooks/runbook-disk-full.md",
        ),
        Example(
            "# Runbook : disque plein\n\n## Symptômes\nErreurs.\n\n## Diagnostic\n1. Voir.\n\n"
            "##\u00a0Résolution\n1. Nettoyer.\n\n## Prévention future\nUne alerte.\n\n## Rollback / escalade\nAucun.\n",
            ("##\u00a0Résolution",),
            "docs/runbooks/runbook-disk-full.md",
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each required section without a heading of its own."""
        if document.is_signpost or (document.profile.titles and not document.source.blocks):
            return  # a document that is empty has no title either, and is told once
        named = {section.id for section in document.sections} | set(document.misnamed)
        present = named | joint_sections(document.sections, document.profile)
        swallowed: dict[Code, list[str]] = {}
        missing = [part for part in document.profile.sections if part.required and part.id not in present]
        lead = lead_elsewhere(document.source.blocks, document.sections)
        if lead and len(missing) > 1:
            yield self._led_elsewhere(document, missing, lead)
            return
        for section in missing:
            keys = {title_key(known) for known in (*section.title.values(), *section.accept)}
            if fence := _open_fence(document, keys):
                swallowed.setdefault(fence, []).append(document.in_language(section.title))
            else:
                yield self._missing(document, section, keys)
        for fence, titles in swallowed.items():
            yield self._swallowed(document, fence, titles)

    def _swallowed(self, document: Document, fence: Code, titles: list[str]) -> Finding:
        sections = "section" if len(titles) == 1 else "sections"
        verb = "is" if len(titles) == 1 else "are"
        message = (
            f"the {sections} {_listed(titles)} {verb} swallowed by this code fence, which nothing closes"
        )
        place = document.source.line_span(fence.first)
        return self.finding(document, place, message, "close the fence with a line of ```")

    def _led_elsewhere(self, document: Document, missing: Sequence[SectionProfile], lead: Text) -> Finding:
        titles = [document.in_language(section.title) for section in missing]
        message = f"the sections {_listed(titles)} are missing, and the page only leads elsewhere"
        hint = f"add the sections {_listed([document.heading(title) for title in titles])}"
        if link := link_in(lead):
            merged = "Fusionné avec" if document.language == "fr" else "Merged into"
            hint = f"write `{merged} {link}.` where it needs none, or {hint}"
        return self.finding(document, document.title_span(), message, hint)

    def _missing(self, document: Document, section: SectionProfile, keys: set[str]) -> Finding:
        title = document.in_language(section.title)
        heading = _deeper_heading(document, keys)
        if heading:
            message = f"the section `{title}` is written as a heading of level {heading.level}"
            return self.finding(document, heading.text.span(), message, f"write `{document.heading(title)}`")
        line = _line_like_a_heading(document, keys)
        if line:
            message = f"the section `{title}` begins with no heading"
            return self.finding(document, line.span(), message, f"write `{document.heading(title)}`")
        hint = f"add a section `{document.heading(title)}`"
        message, fix = f"the section `{title}` is missing", _added(document, section)
        return self.finding(document, document.title_span(), message, hint, fix=fix)


def _listed(titles: Sequence[str]) -> str:
    return ", ".join(f"`{title}`" for title in titles)


def _added(document: Document, wanted: SectionProfile) -> Fix | None:
    """Return how the section comes to stand below the one before it, or above the first one."""
    sections, title = sections_in_a_row(document), document.to_be_written(wanted.title)
    if not sections or title is None:
        return None
    order = [section.id for section in document.profile.sections]
    before, after = order[: order.index(wanted.id)], order[order.index(wanted.id) :]
    above = max((at for at, section in enumerate(sections) if section.id in before), default=-1)
    place = above + 1
    while place < len(sections) and not sections[place].id:
        place += 1
    if not is_clear_above(document, sections, place):
        return None
    below = next((at for at, section in enumerate(sections) if section.id in after), place)
    near = (*sections[above + 1 : place], *sections[max(0, below - 1) : below])
    text = document.to_be_written(wanted.mention) or STILL_TO_WRITE
    insertion = put_in(document, sections, place, (document.heading(title), text))
    return Fix((Edit(*insertion),), safe=all(section.id for section in near))


def _deeper_heading(document: Document, keys: set[str]) -> Heading | None:
    headings = (block for block in document.source.blocks if isinstance(block, Heading))
    return next((found for found in headings if title_key(plain(found.text.source)) in keys), None)


def _line_like_a_heading(document: Document, keys: set[str]) -> Text | None:
    """Return the first line that is a title and no heading: `##Impact`, a bold one directly below text.

    The space of the latter may be the non-breaking one that some keyboards type.
    """
    paragraphs = (block.text for block in document.source.blocks if isinstance(block, Paragraph))
    lines = (line for text in paragraphs for line in _lines(text))
    return next((line for line in lines if _is_marked(line.source, keys)), None)


def _is_marked(line: str, keys: set[str]) -> bool:
    if line[:1] not in ("#", "*", "_") or len(line) > LONGEST_TITLE:
        return False
    return title_key(line.strip("#*_: \u00a0")) in keys


def _lines(text: Text) -> Iterator[Text]:
    for row, start in zip(text.source.split("\n"), text.starts, strict=True):
        yield Text(row.rstrip(), (start,))


def _open_fence(document: Document, keys: set[str]) -> Code | None:
    fences = (block for block in walk(document.source.blocks) if isinstance(block, Code) and not block.closed)
    return next((fence for fence in fences if keys & set(map(title_key, _headings_in(fence)))), None)


def _headings_in(fence: Code) -> Iterator[str]:
    lines = fence.source.split("\n") if fence.fenced else ()
    return (line.strip("# ") for line in lines if line.startswith("#"))
