"""Ahrefs' keyword lists (Keywords Explorer: matching terms, related terms, search suggestions).

UTF-16 with tabs, every cell quoted, ``#`` first. Volumes are Ahrefs' monthly estimates and overlap, so
their sum is a check of the reading only. The currency of ``CPC`` is not in the file: it stays text.
"""

from __future__ import annotations

from engine.model.errors import BadInput
from engine.model.exports import Export
from engine.platforms.files.figures import count, number
from engine.platforms.files.records import Records, normal
from engine.platforms.files.reference import reference
from engine.platforms.files.sheet import Sheet

NAME = "ahrefs"
DESCRIPTION = "Ahrefs keyword lists (matching terms and the like)"

_SURE = {"keyword", "country", "difficulty", "volume"}
_COUNTS = ("volume", "difficulty", "global volume", "traffic potential", "global traffic potential")


def matches(sheet: Sheet) -> bool:
    """Its numbered rows beside keyword, difficulty and volume."""
    if not sheet.head:
        return False
    names = [normal(cell) for cell in sheet.head[0].cells]
    return names[0] == "#" and set(names) >= _SURE


def read(sheet: Sheet) -> Export:
    """One row per keyword and country.

    Raises:
        BadInput: Quotes do not pair.
    """
    header, *lines = sheet.lines()
    records = Records(header.cells, lines, sheet.answers)
    keyword, country = records.find("keyword"), records.find("country")
    if keyword is None or country is None:
        raise BadInput("The header of the keyword list is missing; download it again.")
    records.refuse_blank(keyword)
    keys = [
        f"{word} ({place})"
        for word, place in zip(records.texts(keyword), records.texts(country), strict=True)
    ]
    counts = {n: records.parse(records.find(n), lambda text: count(text, ".")) for n in _COUNTS}
    for name in ("cpc", "cps"):
        records.parse(records.find(name), lambda text: number(text, "."))
    return reference(
        sheet.file,
        records,
        keys,
        format_name=NAME,
        source=NAME,
        table="keywords",
        left_out=records.places("#"),
        figures={records.header[records.places("volume")[0]]: counts["volume"]},
    )
