"""Search Console's performance download: Queries, Pages, Countries, Devices, Chart and Filters, alone or zipped.

Each table tells the same clicks again. Which days they are of is said only in Filters, and mostly in
words ("Last 3 months"), of which no days are made; the chart's rows have days of their own. Filters
may also narrow the figures to one device, page or country, which its own file alone tells.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyarrow as pa

from engine.model.errors import BadInput
from engine.model.exports import SEARCH, Export, Total
from engine.platforms.files import days
from engine.platforms.files.figures import Unreadable, count, decide_point, number
from engine.platforms.files.records import Records, keep_latest, normal, row_key
from engine.platforms.files.reference import reference
from engine.platforms.files.sheet import Sheet

NAME = "search_console"
DESCRIPTION = "Search Console performance (one table, or the zip of all)"

_REPORTS = {
    "top queries": "query",
    "top pages": "page",
    "country": "country",
    "device": "device",
    "date": "day",
    "search appearance": "appearance",
}
_COUNTS = ("clicks", "impressions")
_FIGURES = {*_COUNTS, "ctr", "position"}
_FILTERS = ["filter", "value"]
_USUAL = {"Search type": "Web"}
_RANGE = re.compile(r"(.*\d{4})\s*[-\u2013\u2014]\s*(\D.*\d{4}|\d{4}-\d\d-\d\d)")
_UNTOLD = (
    "The file does not say which days it covers; upload the whole zip, whose Filters file may."
)


def matches(sheet: Sheet) -> bool:
    """One of its tables beside clicks, impressions and position, or the table of its filters."""
    if not sheet.head:
        return False
    names = [normal(cell) for cell in sheet.head[0].cells]
    if names == _FILTERS:
        return True
    return (
        names[0] in _REPORTS and set(names[1:]) <= _FIGURES and {*names} >= {*_COUNTS, "position"}
    )


def read(sheet: Sheet) -> Export:
    """One row per line.

    Raises:
        Unanswered: The chart's dates can be read two ways.
        BadInput: Quotes or decimal separator cannot be trusted.
    """
    header, *lines = sheet.lines()
    records = Records(header.cells, lines, sheet.answers)
    if [normal(name) for name in records.header] == _FILTERS:
        return _filters(sheet, records)
    report = _REPORTS[normal(records.header[0])]
    records.refuse_blank(0)
    keys = records.texts(0)
    dates = _days(records) if report == "day" else [None] * len(records.rows)
    counts, ctr, position = _figures(records)
    bases: list[list[object]] = [
        [NAME, report, str(day or key)] for key, day in zip(keys, dates, strict=True)
    ]
    row_keys = [row_key(base) for base in bases]
    keep_latest(records, row_keys, named=False)
    kept = [day for day in records.kept(dates) if day]
    columns: dict[str, Sequence[object]] = {
        "row_key": row_keys,
        "report": [report] * len(records.rows),
        "key": keys,
        **dict.fromkeys(("day", "period_first", "period_last"), dates),
        **counts,
        "ctr": [None if v is None else float(v) / 100 for v in ctr],
        "position": [None if v is None else float(v) for v in position],
        "extra": ["{}"] * len(records.rows),
    }
    return Export(
        file=sheet.file,
        format=NAME,
        source=NAME,
        kind="search",
        period=(min(kept), max(kept)) if kept else None,
        currency=None,
        rows=records.table(SEARCH, columns),
        read=records.read,
        refused=records.refused(),
        totals={_header(records, name): _sum(records, counts[name]) for name in _COUNTS},
        notes=() if report == "day" else (_UNTOLD,),
    )


def together(exports: Sequence[Export]) -> list[Export]:
    """What Filters says of the days and the narrowing, said of every table that lay beside it."""
    folders = [export.file.rpartition("/")[0] for export in exports]
    found = list(exports)
    for folder in dict.fromkeys(folders):
        places = [at for at, name in enumerate(folders) if name == folder]
        for at, export in zip(places, _told([exports[at] for at in places]), strict=True):
            found[at] = export
    return found


def _told(exports: Sequence[Export]) -> list[Export]:
    told = next((export for export in exports if export.kind == "reference"), None)
    if told is None:
        return list(exports)
    said = dict(zip(told.rows["key"].to_pylist(), _values(told), strict=True))
    words = said.pop("Date", "")
    narrowed = {name: value for name, value in said.items() if _USUAL.get(name) != value}
    charts = [export.period for export in exports if export.kind == "search" and export.period]
    span = _span(words)
    note = _worded(words, charts[0] if charts else None) if words else _UNTOLD
    return [
        _completed(export, span, narrowed, note) if export.kind == "search" else export
        for export in exports
    ]


def _header(records: Records, name: str) -> str:
    return records.header[records.places(name)[0]]


def _sum(records: Records, values: Sequence[int | None]) -> Total:
    return Total(Decimal(sum(value for value in records.kept(values) if value is not None)))


def _days(records: Records) -> list[date | None]:
    order = days.settled_order(records.column(0), records.answers.day_order)
    return records.parse(0, lambda text: days.day(text, order))


def _figures(
    records: Records,
) -> tuple[dict[str, list[int | None]], list[Decimal | None], list[Decimal | None]]:
    places = [records.find(name) for name in _COUNTS]
    rates = [records.find(name) for name in ("ctr", "position")]
    point = decide_point(
        [cell for at in rates if at is not None for cell in records.column(at)],
        [cell for at in places if at is not None for cell in records.column(at)],
        records.answers.point,
    )

    def share(text: str) -> Decimal:
        if not text.strip().endswith("%"):
            raise Unreadable("is not a percentage")
        return number(text.strip()[:-1], point)

    for at in places:
        if at is not None:
            records.refuse_blank(at)
    counts = {
        name: records.parse(at, lambda text: count(text, point))
        for name, at in zip(_COUNTS, places, strict=True)
    }
    ctr = records.parse(rates[0], share)
    return counts, ctr, records.parse(rates[1], lambda text: number(text, point))


def _filters(sheet: Sheet, records: Records) -> Export:
    records.refuse_blank(0)
    records.refuse_blank(1)
    return reference(
        sheet.file,
        records,
        records.texts(0),
        format_name=NAME,
        source=NAME,
        table="filters",
        period=_span(dict(zip(records.column(0), records.column(1), strict=True)).get("Date", "")),
    )


def _values(told: Export) -> list[str]:
    found = [json.loads(extra) for extra in told.rows["extra"].to_pylist()]
    return [
        next(value for name, value in each.items() if normal(name) == "value") for each in found
    ]


def _span(words: str) -> days.Span | None:
    """The days of a range written out (``Aug 28, 2026-Sep 3, 2026``); None for any other words."""
    match = _RANGE.fullmatch(words.strip())
    if not match:
        return None
    try:
        return days.period(f"{match[1].strip()} - {match[2].strip()}")
    except BadInput:
        return None


def _worded(words: str, chart: days.Span | None) -> str:
    said = f"The days are told only in words, {words!r}; no dates were made of them."
    return f"{said} The chart's days run from {chart[0]} to {chart[1]}." if chart else said


def _completed(
    export: Export, span: days.Span | None, narrowed: dict[str, str], worded: str
) -> Export:
    """One table with the days and the narrowing of its Filters, which then are part of its keys."""
    rows, notes = export.rows, [note for note in export.notes if note != _UNTOLD]
    parts: list[object] = []
    if not export.period and span:
        parts.append([day.isoformat() for day in span])
        for name, day in zip(("period_first", "period_last"), span, strict=True):
            rows = _set(rows, name, pa.array([day] * len(rows), pa.date32()))
    elif not export.period:
        notes.append(worded)
    if narrowed:
        parts.append(sorted(narrowed.items()))
        notes.append(f"Narrowed: {', '.join(' '.join(pair) for pair in narrowed.items())[:200]}.")
        extra = json.dumps(narrowed, ensure_ascii=False)
        rows = _set(rows, "extra", pa.array([extra] * len(rows), pa.string()))
    if parts:
        keys = [row_key([key, *parts]) for key in rows["row_key"].to_pylist()]
        rows = _set(rows, "row_key", pa.array(keys, pa.string()))
    return replace(export, rows=rows, period=export.period or span, notes=tuple(notes))


def _set(rows: pa.Table, name: str, column: pa.Array) -> pa.Table:
    return rows.set_column(rows.column_names.index(name), SEARCH.field(name), column)
