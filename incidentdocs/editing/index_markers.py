"""A page with a generated table between two markers gets another table; all other text of it stays."""

from incidentdocs.editing.edits import Edit, edited
from incidentdocs.errors import UsageError
from incidentdocs.markdown.blocks import Html
from incidentdocs.markdown.places import Span
from incidentdocs.markdown.source import parse

BEGIN = "<!-- incidentdocs: index -->"
END = "<!-- incidentdocs: end of index -->"


def with_index(text: str, table: str, *, path: str) -> str | None:
    """Return the page `text` with `table` between its markers, None where it has none.

    Markers in a code block or a sentence are none. UsageError, naming the line of the page at `path`, where
    one stands without the other, or twice.
    """
    if BEGIN not in text and END not in text:
        return None
    comments = [block for block in parse(text).blocks if isinstance(block, Html)]
    begins = [block.first for block in comments if block.source.strip() == BEGIN]
    ends = [block.first for block in comments if block.source.strip() == END]
    if not begins and not ends:
        return None
    if len(begins) != 1 or len(ends) != 1 or ends < begins:
        line = min([*begins[1:], *ends[1:]] or [*begins, *ends])
        hint = f"write `{BEGIN}` once and, below it, `{END}` once, each on a line of its own"
        raise UsageError(f"{path}:{line}: the markers of the index do not belong together", hint=hint)
    return edited(text, [Edit(Span(begins[0] + 1, 1, ends[0], 1), f"\n{table}\n\n")])
