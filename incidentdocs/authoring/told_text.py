"""What a document says in words, as one plain line that a message can hold and that calls nobody."""

import re
from functools import cache

from incidentdocs.authoring.new_document import one_line
from incidentdocs.documents.answers import first_text
from incidentdocs.documents.document import Document
from incidentdocs.documents.prose.sentences import sentences_of
from incidentdocs.documents.sections import Section
from incidentdocs.markdown.blocks import Code, Paragraph, Table, walk
from incidentdocs.markdown.inline import plain

LONGEST = 300
LONGEST_WHOLE = 2_000
"""Characters; a message that is longer is read by nobody."""

_OTHER_AT = "\N{FULLWIDTH COMMERCIAL AT}"


def harmless(text: str, *, markdown: bool = False, longest: int = LONGEST) -> str:
    """Return `text` on one line, without control characters, in which nothing calls everybody.

    It is Markdown, or plain text. The `@` of `@channel`, `@here` and their like becomes a wide one, which
    chats take for a letter. What is longer than `longest` is cut.
    """
    line = one_line(plain(text[: 10 * longest]) if markdown else text[: 10 * longest])
    quiet = _everybody().sub(lambda found: _OTHER_AT + found["who"], line)
    return quiet if len(quiet) <= longest else f"{quiet[: longest - 1].rstrip()}…"


def first_sentence(document: Document, section: Section) -> str:
    """Return the first sentence of a section, nothing where it is empty or still holds a placeholder."""
    text = first_text(section)
    if text is None or document.holds_placeholder(text.span()):
        return ""
    sentence = next(sentences_of(text), None)
    return harmless(sentence.written(0, len(sentence.words)) if sentence else text.source, markdown=True)


def whole_text(document: Document, section: Section) -> str:
    """Return all that a section says on one line, nothing where it still holds a placeholder."""
    if document.holds_placeholder(section.body):
        return ""
    said = []
    for block in walk(section.blocks):
        match block:
            case Paragraph(text=text):
                said.append(plain(text.source))
            case Code():
                said.append(" ; ".join(filter(None, map(str.strip, block.source.splitlines()))))
            case Table():
                said += (plain(cell.source) for row in (block.header, *block.rows) for cell in row.cells)
            case _:
                pass
    return harmless(" ".join(filter(None, said)), longest=LONGEST_WHOLE)


@cache
def _everybody() -> re.Pattern[str]:
    words = "channel|here|everyone|all|room|team|group"
    joiner = "[\u200c\u200d]?"
    return re.compile(rf"(?<![\w])@(?P<who>{joiner}(?:{words}))(?![\w]|[./-]\w)", re.IGNORECASE)
