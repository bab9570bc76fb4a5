"""A table becomes the entries of a timeline: which column holds the time, and what each row says."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from incidentdocs.clock import written_zone
from incidentdocs.documents.timeline.entries import Entry, entry_of, unreadable
from incidentdocs.documents.timeline.time_expressions import WrittenTime, read_time
from incidentdocs.documents.timeline.zones import zone_in
from incidentdocs.documents.titles import fold
from incidentdocs.markdown.blocks import Row, Table, Text

_TIME = {
    "time", "timestamp", "datetime", "heure", "heures", "hour", "hours", "horaire", "horaires",
    "quand", "when", "moment", "start", "debut", "horodatage", "uhrzeit", "zeit", "zeitpunkt", "wann",
    "hora", "horas", "cuando",
}  # fmt: skip
_DATE = {"date", "dates", "day", "jour", "datum", "tag", "fecha", "dia"}
_ZONE = {"zone", "timezone", "tz", "fuseau", "zeitzone", "zona"}
_END = {"end", "fin", "until", "ende", "bis", "hasta"}
_WHAT = {
    "event", "events", "evenement", "evenements", "what", "quoi", "description", "action", "actions",
    "fait", "faits", "ereignis", "ereignisse", "beschreibung", "was", "aktion", "evento", "eventos",
    "descripcion", "que", "accion",
}  # fmt: skip


class _Columns(NamedTuple):
    """The indexes of a timeline's columns; `time` may hold the date too."""

    time: int
    what: int | None
    date: int | None = None
    zone: int | None = None


def read_table(table: Table, own: Sequence[str]) -> Iterator[Entry]:
    """Yield an entry for each row of a table that has a column of times."""
    columns = _columns(table, own)
    above: Entry | None = None
    for row in table.rows if columns else ():
        assert columns is not None
        entry = _row(row, columns, own, above)
        if entry:
            yield entry
            above = entry


def _columns(table: Table, own: Sequence[str]) -> _Columns | None:
    names = [set(fold(cell.source).split()) for cell in table.header.cells]
    date = _first(names, _DATE, without=_TIME)
    zone = _first(names, _ZONE, without=_DATE)
    named = [index for index, words in enumerate(names) if words & _TIME and index != zone]
    if len(named) > 1:
        named.sort(key=lambda index: zone_in(table.header.cells[index].source) is None)
    time = next((index for index in named if _times(table, index, own)), None)
    if time is None:
        time = _by_content(table, date, own)
    if time is None:
        return None
    known = {time, date, zone, _first(names, _END)}
    others = [index for index in range(len(names)) if index not in known]
    what = next((index for index in others if names[index] & _WHAT), others[0] if others else None)
    return _Columns(time, what, date if date != time else None, zone)


def _by_content(table: Table, date: int | None, own: Sequence[str]) -> int | None:
    """Return the column that holds clocks, else that of dates, by its name or by what it holds."""
    columns = [_known_times(table, index, own) for index in range(len(table.header.cells))]
    half = len(table.rows) / 2
    clocked = (i for i, entries in enumerate(columns) if sum(not e.names_day for e in entries) >= half > 0)
    time = next(clocked, None)
    if time is not None or (date is not None and columns[date]):
        return date if time is None else time
    return next((index for index, entries in enumerate(columns) if len(entries) >= half > 0), None)


def _first(names: Sequence[set[str]], wanted: set[str], without: Iterable[str] = ()) -> int | None:
    rejected = set(without)
    return next((i for i, words in enumerate(names) if words & wanted and not words & rejected), None)


def _times(table: Table, index: int, own: Sequence[str]) -> list[Entry]:
    cells = (row.cells[index] for row in table.rows if index < len(row.cells))
    return [entry for cell in cells if (entry := entry_of(cell, own))]


def _known_times(table: Table, index: int, own: Sequence[str]) -> list[Entry]:
    """Return the times of a column; a `?` may answer anything, and shows no column of times."""
    return [entry for entry in _times(table, index, own) if not entry.unknown]


def _row(row: Row, columns: _Columns, own: Sequence[str], above: Entry | None) -> Entry | None:
    cell = _cell(row, columns.time)
    if cell is None or not any(cell.source.strip() for cell in row.cells):
        return None
    what = _cell(row, columns.what)
    entry = _time_of(cell, own, above)
    if entry is None and (what is None or not what.source.strip()):
        return None
    entry = entry or _problem(row, cell)
    entry = entry._replace(text=what if what is not None else entry.text)
    if entry.time is not None:
        entry = entry._replace(time=_with_beside(row, columns, entry.time))
    is_title = entry.names_day and columns.what is not None and not entry.text.source.strip()
    return entry._replace(title=is_title)


def _cell(row: Row, index: int | None) -> Text | None:
    return row.cells[index] if index is not None and index < len(row.cells) else None


def _time_of(cell: Text, own: Sequence[str], above: Entry | None) -> Entry | None:
    """Read the cell of a row's time; an empty one repeats the time above."""
    if above and cell.source.strip(' "”″') == "":
        return above._replace(span=cell.span(), title=False, problem=None)
    return entry_of(cell, own)


def _problem(row: Row, cell: Text) -> Entry:
    written = cell.source.strip()
    where = cell if written else next(other for other in row.cells if other.source.strip())
    problem = unreadable(
        where.span(),
        written or where.source,
        "write the time as `HH:MM`, about as `~HH:MM`, or `?` where nobody knows it",
    )
    return Entry(where.span(), written, cell, problem=problem)


def _with_beside(row: Row, columns: _Columns, time: WrittenTime) -> WrittenTime:
    """Return the time with what the columns beside it add: a date, a zone."""
    day, zone = _cell(row, columns.date), _cell(row, columns.zone)
    dated = read_time(day.source) if day and time.date is None else None
    if dated and dated.date:
        time = time._replace(date=dated.date)
    return time._replace(zone=written_zone(zone.source)) if zone and time.zone is None else time
