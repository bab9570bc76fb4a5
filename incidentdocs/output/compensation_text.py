"""Calls outside business hours, for people and for spreadsheets."""

import csv
from collections.abc import Iterator
from io import StringIO

from incidentdocs.output.history_csv import defused
from incidentdocs.output.terminal import visible
from incidentdocs.output.wording import counted
from incidentdocs.reports.compensation import Call, CompensationReport

COLUMNS = ("month", "person", "calls", "incidents")


def compensation_text(report: CompensationReport) -> str:
    """Return everybody who was on call with their calls, and what could not be counted."""
    head = f"calls outside business hours in {report.month}, times of {report.timezone}"
    return "\n".join([head, *_people(report), *_rest(report)])


def _people(report: CompensationReport) -> Iterator[str]:
    for person in report.people:
        yield f"  @{visible(person.person)}: {counted(person.calls, 'call')}"
        yield from map(_row, person.incidents)


def _rest(report: CompensationReport) -> Iterator[str]:
    if report.nobody:
        yield "  nobody was on call"
        yield from map(_row, report.nobody)
    if report.undetected:
        yield "  not counted, for want of the time of detection"
        yield from (f"    {visible(document)}" for document in report.undetected)


def _row(call: Call) -> str:
    return f"    {call.detected:%Y-%m-%d %H:%M}  {visible(call.document)}"


def compensation_csv(report: CompensationReport) -> str:
    """Return a row for each person who was on call; every cell is quoted, and none is run."""
    text = StringIO()
    rows = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    rows.writerow(COLUMNS)
    for person in report.people:
        incidents = " ".join(call.document for call in person.incidents)
        cells = (report.month, person.person, str(person.calls), incidents)
        rows.writerow([defused(cell) for cell in cells])
    return text.getvalue().rstrip("\n")
