"""Findings for people: each with its line, the span underlined, and what to write instead.

docs/post-mortems/2026-03-14-api-down.md:12:3: error[timeline-order]: 14:30 comes before 14:45 above
   12 │ - 14:30 service restored
  │   ^^^^^
  ╰─ give it the time at which it happened, or its date
"""

from collections.abc import Iterator, Sequence

from incidentdocs.library.finding import Finding
from incidentdocs.library.result import LintResult
from incidentdocs.output.rule_url import has_address, rule_url
from incidentdocs.output.terminal import Style, visible, visible_characters, width
from incidentdocs.output.told import Told
from incidentdocs.output.wording import counted

COLUMNS = 100
"""A source line wider than this is cut around its span."""

_CONTEXT = 30
"""The columns kept before a span however long it is."""


def lint_text(told: Told) -> str:
    """Return the findings and a line that sums them up.

    One about a file whose text is not there is written without its line. In colour the names of rules link to
    their pages, where those have addresses.
    """
    style = Style(colour=told.colour)
    secrets: dict[tuple[str, int], list[Finding]] = {}
    for finding in told.result.findings:
        if finding.secret:
            secrets.setdefault((finding.path, finding.span.line), []).append(finding)
    blocks = [
        _block(finding, told, style, secrets.get((finding.path, finding.span.line), ()))
        for finding in told.result.findings
    ]
    closing = summary(told.result)
    if not told.result.findings:
        closing = style.good(closing)
    else:
        closing = style.error(closing) if told.result.errors else style.warning(closing)
    return "\n".join([*blocks, closing])


def _block(finding: Finding, told: Told, style: Style, secrets: Sequence[Finding]) -> str:
    gutter = " " * max(5, len(str(finding.span.line)) + 1)
    lines = [_header(finding, told.pages, style)]
    if (line := told.line(finding.path, finding.span.line)) is not None:
        for secret in secrets:  # also those beside what this finding is about
            line = _hidden(secret, line)
        lines += _frame(finding, line, gutter, style)
    lines += _hint(finding.hint, gutter, style)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _header(finding: Finding, pages: str, style: Style) -> str:
    address = rule_url(finding.rule, pages) if has_address(pages) else ""
    kind = style.grave(f"{finding.severity}[{style.linked(finding.rule, address)}]:", finding.severity)
    return f"{style.bold(visible(f'{finding.place}:'))} {kind} {visible(finding.message)}"


def _frame(finding: Finding, line: str, gutter: str, style: Style) -> Iterator[str]:
    before, marked, after = _cut(line, *_columns(finding, line))
    carets = style.grave("^" * max(1, width(marked)), finding.severity)
    number = f"{finding.span.line:>{len(gutter)}}"
    yield f"{style.faint(f'{number} │')} {before}{marked}{after}"
    yield f"{style.faint(f'{gutter} │')} {' ' * width(before)}{carets}"


def _hidden(finding: Finding, line: str) -> str:
    """Return `line` with dots in the place of the words that must not be shown: logs are read by many."""
    start, end = _columns(finding, line)
    return f"{line[:start]}{'•' * (end - start)}{line[end:]}"


def _columns(finding: Finding, line: str) -> tuple[int, int]:
    """Return where the span starts and ends in `line`, its first one, counted from 0."""
    span = finding.span
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    return start, max(start, min(end, len(line)))


def _cut(line: str, start: int, end: int) -> tuple[str, str, str]:
    """Return `line` as it is shown, before, in and after the span, with `…` for what does not fit.

    Only what could fit is looked at, so that a line of many megabytes costs no more than another.
    """
    begin, stop = max(0, start - COLUMNS), min(end, start + COLUMNS)
    beyond = end + COLUMNS if stop == end else stop
    # As one text: a command for a build server may begin in one part and go on in the next.
    shown = visible_characters(line[begin:beyond])
    before, marked, after = (
        shown[: start - begin],
        shown[start - begin : stop - begin],
        shown[stop - begin :],
    )
    room = COLUMNS - min(_columns_of(marked), COLUMNS - _CONTEXT)
    kept_before = _fitting(before[::-1], max(_CONTEXT, room - _columns_of(after)))[::-1]
    kept_marked = _fitting(marked, COLUMNS - _columns_of(kept_before))
    kept_after = _fitting(after, COLUMNS - _columns_of(kept_before) - _columns_of(kept_marked))
    head = "" if len(kept_before) == start else "…"
    tail = "" if len(kept_marked) + len(kept_after) == len(line) - start else "…"
    return head + "".join(kept_before), "".join(kept_marked), "".join(kept_after) + tail


def _columns_of(characters: Sequence[str]) -> int:
    return sum(map(width, characters))


def _fitting(characters: Sequence[str], columns: int) -> Sequence[str]:
    """Return as many of the first `characters` as fit into `columns`."""
    taken = 0
    for count, character in enumerate(characters):
        taken += width(character)
        if taken > columns:
            return characters[:count]
    return characters


def _hint(hint: str, gutter: str, style: Style) -> Iterator[str]:
    first, *others = hint.split("\n")
    yield f"{style.faint(f'{gutter} ╰─')} {style.hint(visible(first))}"
    for line in others:
        yield f"{style.faint(f'{gutter}  ·')} {style.hint(visible(line))}"


def summary(result: LintResult) -> str:
    """Return how much was found in how many documents, as one line."""
    documents = counted(result.documents, "document")
    beside = ((result.suppressed, "suppressed"), (result.skipped, "skipped"))
    parts = [f"{number} {word}" for number, word in beside if number]
    if result.unread:
        files = counted(result.unread, "Markdown file")
        parts.append(f"{files} not read, which --show-files names")
    notes = ", ".join(parts)
    closing = f" ({notes})" if notes else ""
    if not result.findings:
        return f"{documents}, nothing to report{closing}"
    errors, warnings = counted(result.errors, "error"), counted(result.warnings, "warning")
    told = [text for text, number in ((errors, result.errors), (warnings, result.warnings)) if number]
    where = f" in {documents}" if result.documents else ", no document checked"
    return f"{', '.join(told)}{where}{closing}"
