"""The campaigns grid of Microsoft Advertising, as its Download button writes it.

The header is the first line; ids stand in brackets (``[436534626]``), money is bare with no currency
and there are no dates anywhere. Total rows end in " total", one for each campaign type; they have no
campaign id but "-", or those words where the id comes first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from engine.model.exports import Export
from engine.platforms.files.figures import Unreadable, decide_point, figure
from engine.platforms.files.layout import Layout
from engine.platforms.files.performance import build
from engine.platforms.files.records import Records, normal, short
from engine.platforms.files.sheet import Line, Sheet

NAME = "microsoft_ads"
DESCRIPTION = "Microsoft Advertising grid downloads (campaigns, ad groups, ads, keywords)"

_MEASURES = {
    "impressions": ("impr.", "impressions"),
    "clicks": ("clicks",),
    "cost": ("spend",),
    "conversions": ("conv.", "conversions"),
    "conversion_value": ("revenue",),
}
_NAMES = {
    "campaign": ("campaign", "campaign name"),
    "ad_group": ("ad group", "ad group name"),
    "ad": ("ad", "ad id"),
    "keyword": ("keyword",),
    "match_type": ("match type",),
    "search_term": ("search term", "search query"),
    "device": ("device", "device type"),
    "network": ("network",),
}
_LEVELS = ("search_term", "keyword", "ad", "ad_group", "campaign")
_IDS = ("campaign id", "ad group id", "ad id", "keyword id")
_RATES = re.compile(r"\b(?:cpc|ctr|cpm|cpa|rate|budget)\b")
_ID = re.compile(r"\[?\d+\]?", re.ASCII)
_TOTAL = re.compile(r"(?:.* )?total(?: - .*)?", re.IGNORECASE)


def matches(sheet: Sheet) -> bool:
    """Microsoft's campaign id beside its word for cost; Google says Cost, Meta Amount spent."""
    if not sheet.head:
        return False
    names = {normal(cell) for cell in sheet.head[0].cells}
    return {"campaign id", "spend", "impr."} <= names


def read(sheet: Sheet) -> Export:
    """One row per line; the total rows are compared with the sums, never kept.

    Raises:
        BadInput: Quotes or decimal separator cannot be trusted.
    """
    header, *lines = sheet.lines()
    id_at = [normal(name) for name in header.cells].index(_IDS[0])
    stated = [line for line in lines if _is_total(line.cells, id_at)]
    seen = {line.number for line in stated}
    records = Records(
        header.cells, [line for line in lines if line.number not in seen], sheet.answers
    )
    _refuse_unnamed(records, id_at)
    names = {name: records.find(*words) for name, words in _NAMES.items()}
    measures = {name: records.find(*words) for name, words in _MEASURES.items()}
    day = records.find("date", "day", "gregorian date")
    notes = () if day is not None else ("The file does not say which days its figures are of.",)
    if not stated:
        notes = (*notes, "The file has no total row, so it may have been cut short unnoticed.")
    figures = [
        at
        for at, name in enumerate(records.header)
        if at in measures.values() or _RATES.search(normal(name))
    ]
    ids = records.places(*_IDS)
    layout = Layout(
        format=NAME,
        level=next((level for level in _LEVELS if names[level] is not None), "campaign"),
        names=names,
        measures=measures,
        identity=[*(ids or records.places("campaign")), *_about(names)],
        figures=figures,
        time=None if day is None else ("day", day),
        stated=_added(records, stated, measures, figures),
        source="microsoft_ads",
        notes=notes,
    )
    return build(sheet.file, records, layout)


def _about(names: dict[str, int | None]) -> list[int]:
    parts = ("keyword", "match_type", "search_term", "device", "network")
    return [at for part in parts if (at := names[part]) is not None]


def _is_total(cells: Sequence[str], id_at: int) -> bool:
    """A campaign may be called "Brand total" too, but it has an id."""
    if id_at >= len(cells):
        return False
    named = cells[id_at].strip()
    return bool(_TOTAL.fullmatch(named)) or (
        named == "-" and bool(_TOTAL.fullmatch(cells[0].strip()))
    )


def _refuse_unnamed(records: Records, id_at: int) -> None:
    """A line without an id may be a sum: it is neither added nor dropped unseen."""
    records.refuse_blank(id_at)
    for position, cell in enumerate(records.column(id_at)):
        if not _ID.fullmatch(cell.strip()):
            records.refuse(position, f"{records.header[id_at]} {short(cell)} is no id.")


def _added(
    records: Records,
    stated: Sequence[Line],
    measures: dict[str, int | None],
    figures: Sequence[int],
) -> list[str] | None:
    """The overall total where the file has one, else the totals of the campaign types added up."""
    whole = [line.cells for line in stated if len(line.cells) == len(records.header)]
    overall = [cells for cells in whole if normal(cells[0]).startswith(("overall", "total"))]
    if overall or not whole:
        return overall[0] if overall else None
    counted = {measures[name] for name in ("impressions", "clicks")}
    point = decide_point(
        [cell for at in figures if at not in counted for cell in records.column(at)],
        [cell for at in figures if at in counted for cell in records.column(at)],
        records.answers.point,
    )
    sums = [""] * len(records.header)
    for place in measures.values():
        if place is None:
            continue
        try:
            values = [figure(cells[place], point)[0] for cells in whole]
        except Unreadable:
            continue
        sums[place] = str(sum(values, Decimal(0)))
    return sums if point == "." else [cell.replace(".", ",") for cell in sums]
