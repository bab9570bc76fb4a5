"""What landed in git becomes rows of a timeline that are proposed as comments, to accept or to delete."""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from incidentdocs.authoring.new_document import as_markdown, one_line
from incidentdocs.clock import local_date
from incidentdocs.documents.document import Document
from incidentdocs.documents.secrets import read_secrets
from incidentdocs.editing.edits import Edit, edited
from incidentdocs.history.landed import Landed
from incidentdocs.markdown.places import Span
from incidentdocs.profiles.profile import ByLanguage

_LONGEST = 120
_SHORT = 7

_WHAT: ByLanguage = {
    "fr": "Proposé d'après git : enlever les signes de commentaire de ce qui compte et le mettre à sa place,"
    " effacer le reste.",
    "en": "Proposed from git: take the comment signs off what matters and put it in its place,"
    " delete the rest.",
}
_MORE: ByLanguage = {"fr": " ({} de plus ne sont pas montrés.)", "en": " ({} more are not shown.)"}


def with_proposals(text: str, document: Document, landed: Sequence[Landed], more: int = 0) -> str:
    """Return the `text` of a `document` with what `landed` as comments below the last row of its timeline.

    Each is a whole row: without its comment signs it is an event, at its time with its date. `more` are not
    shown. What cannot be dated is left out, and so is everything where the document has no timeline.
    """
    section = next(iter(document.sections_containing("timeline")), None)
    rows = list(filter(None, (_row(each, document) for each in landed)))
    if section is None or not rows:
        return text
    told = document.in_language(_MORE).format(more) if more else ""
    comments = [f"{document.in_language(_WHAT)}{told}", *rows]
    written = "".join(f"<!-- {comment} -->\n" for comment in comments)
    lines = enumerate(document.source.lines[: section.last], start=1)
    below = max(number for number, row in lines if row.strip()) + 1
    return edited(text, [Edit(Span(below, 1, below, 1), f"\n{written}")])


def _row(landed: Landed, document: Document) -> str | None:
    when = _written(landed.when, document.process.zone)
    if when is None:
        return None
    colon = " : " if document.language == "fr" else ": "
    said = "".join(_said(landed.text, colon))
    return f"- {when} {landed.kind}{said} ({landed.commit[:_SHORT]})"


def _written(moment: datetime, zone: tzinfo) -> str | None:
    """Return the local date and time, with its offset in an hour that comes twice; None for no such day."""
    if local_date(moment, zone) is None:
        return None
    local = moment.astimezone(zone)
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    offset = f"{local:%z}" if twice else ""
    return f"{local:%Y-%m-%d %H:%M}{offset[:3]}{':' if offset else ''}{offset[3:5]}"


def _said(text: str, colon: str) -> Iterator[str]:
    """Yield what something says of itself as Markdown that ends no comment, nothing where it is a secret."""
    line = one_line(text)
    short = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
    if short and not any(read_secrets([line])):
        yield colon
        yield as_markdown(short).replace("->", "-\\>").replace("!>", "!\\>")
