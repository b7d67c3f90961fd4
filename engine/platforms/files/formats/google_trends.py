"""Google Trends' related queries: interest relative to the highest query (100), and its change.

``Breakout`` stands for a rise beyond 5,000 %. The region and the days are only in the file's name,
``…_top-queries_CA-BC_20260222-2312_20260522-2312.csv``, unless it was renamed. No counts are in it.
"""

from __future__ import annotations

import re

from engine.model.exports import Export
from engine.platforms.files import days
from engine.platforms.files.figures import Unreadable, count
from engine.platforms.files.records import Records, normal
from engine.platforms.files.reference import reference
from engine.platforms.files.sheet import Sheet

NAME = "google_trends"
DESCRIPTION = "Google Trends related queries (top or rising)"

_HEADER = ["query", "search interest", "increase percent"]
_CHANGE = re.compile(r"Breakout|[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)%", re.ASCII)
_IN_NAME = re.compile(
    r"queries_(?P<region>[A-Z]{2}(?:-[A-Z0-9]+)?)_(?P<first>\d{8})-\d{4}_(?P<last>\d{8})-\d{4}"
)
_UNTOLD = "The file's name does not hold its region and days, so they are unknown."


def matches(sheet: Sheet) -> bool:
    """Exactly its three columns."""
    return bool(sheet.head) and [normal(cell) for cell in sheet.head[0].cells] == _HEADER


def read(sheet: Sheet) -> Export:
    """One row per query.

    Raises:
        BadInput: Quotes do not pair.
    """
    header, *lines = sheet.lines()
    records = Records(header.cells, lines, sheet.answers)
    for place in range(len(_HEADER)):
        records.refuse_blank(place)
    interest = records.parse(1, _interest)
    records.parse(2, _change)
    region, period = _from_name(sheet.file)
    return reference(
        sheet.file,
        records,
        records.texts(0),
        format_name=NAME,
        source=NAME,
        table="related_queries",
        period=period,
        about=f"{region} {period[0]} {period[1]}" if period else "",
        figures={records.header[1]: interest},
        notes=() if period else (_UNTOLD,),
    )


def _interest(text: str) -> int:
    value = count(text, ".")
    if value > 100:
        raise Unreadable("is not a share of the highest query, 0 to 100")
    return value


def _change(text: str) -> str:
    if not _CHANGE.fullmatch(text.strip()):
        raise Unreadable("is neither a percentage nor Breakout")
    return text


def _from_name(file: str) -> tuple[str, days.Span | None]:
    match = _IN_NAME.search(file)
    if not match:
        return "", None
    written = (f"{day[:4]}-{day[4:6]}-{day[6:]}" for day in (match["first"], match["last"]))
    try:
        first, last = (days.day(text) for text in written)
    except Unreadable:
        return "", None
    return (match["region"], (first, last)) if first <= last else ("", None)
