"""What would change in a file, as a unified diff that a terminal shows and `git apply` reads."""

from collections.abc import Callable, Iterator, Sequence
from difflib import unified_diff

from incidentdocs.output.terminal import Style, visible, visible_characters

NO_NEWLINE = "\\ No newline at end of file"


def diff_text(path: str, before: str, after: str, *, colour: bool) -> str:
    """Return how the file at `path` becomes `after`, without a newline at its end; empty for no change."""
    style = Style(colour=colour)
    # As git does, a tab ends a name with spaces in it.
    name = f"{visible(path)}\t" if " " in path else visible(path)
    lines = unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}", lineterm="")
    return "\n".join(_painted(line, number, style) for number, line in enumerate(_apart(lines)))


def _lines(text: str) -> Sequence[str]:
    r"""Return the lines with their ends: only \n ends one, as in git."""
    rows = text.split("\n")
    return [f"{row}\n" for row in rows[:-1]] + ([rows[-1]] if rows[-1] else [])


def _apart(lines: Iterator[str]) -> Iterator[str]:
    """Yield the diff's lines without their ends, and a line of its own for an end that is missing."""
    for number, line in enumerate(lines):
        yield line.removesuffix("\n")
        if number > 1 and not line.endswith("\n") and not line.startswith("@@"):
            yield NO_NEWLINE


def _painted(line: str, number: int, style: Style) -> str:
    paint: Callable[[str], str] = str
    if number < 2:
        paint = style.bold
    elif line.startswith("@@"):
        paint = style.hint
    elif line.startswith("+"):
        paint = style.good
    elif line.startswith("-"):
        paint = style.error
    return paint("".join(visible_characters(line, tab="\t")))
