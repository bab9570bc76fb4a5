"""Whether a section says anything at all, or is a bare heading that another rule tells of."""

from incidentdocs.documents.sections import Section
from incidentdocs.markdown.blocks import Block, Code, Heading, Html, Paragraph, Table, walk


def says_something(section: Section) -> bool:
    """Return whether a section holds words, code, a table or HTML; bare bullets and comments are nothing.

    In a timeline a heading may itself be an event; elsewhere it only announces what is not there.
    """
    is_timeline = section.profile is not None and section.profile.contains == "timeline"
    return any(
        _says_something(block) or (is_timeline and isinstance(block, Heading))
        for block in walk(section.blocks)
    )


def _says_something(block: Block) -> bool:
    match block:
        case Code() | Table():
            return True
        case Paragraph(text=text):
            return bool(text.source.strip())
        case Html(source=source):
            return not source.strip().startswith("<!--")
        case _:
            return False
