"""LinkedIn Campaign Manager performance reports, in the languages of ``linkedin_words``.

As downloaded: UTF-16 with tabs, four lines (title, ``Report Start``, ``Report End``, ``Date Generated``)
and a blank one before the header. People re-save it: then the lines are padded with commas or gone.
A row has a start date only. Where all rows start with the report, each covers it whole; where starts
are a day apart, each covers a day; otherwise no days are made of them. A click rate may pass 100 %
(message ads), so rates are not judged.
A LinkedIn campaign is what other platforms call an ad group, its campaign group their campaign.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from engine.model.errors import BadInput
from engine.model.exports import Export
from engine.platforms.files.days import Span, day, order_of, settled_order
from engine.platforms.files.figures import Unreadable
from engine.platforms.files.layout import Layout
from engine.platforms.files.linkedin_words import RATES, START, WORDS
from engine.platforms.files.performance import build
from engine.platforms.files.records import Records, normal
from engine.platforms.files.sheet import Sheet

NAME = "linkedin_ads"
DESCRIPTION = "LinkedIn Campaign Manager performance reports (campaigns, ads)"

_EDGE = re.compile(
    r"Report (?P<edge>Start|End): (?P<day>[A-Za-z]+ \d{1,2}, \d{4}),? \d{1,2}:\d\d(?::\d\d)? ?[AP]M"
)
_ABOVE = 4
"""Lines above the header, and the pieces that commas can cut one of them into."""
_ENDLESS = "The file says when its figures begin but not when they end; no days were made of them."
_DATE = re.compile(r"\b(?:start|end) date\b|\bdata (?:de |d[ao] )?(?:in[ií]ci|fi)")


def matches(sheet: Sheet) -> bool:
    """LinkedIn's start date with its zone beside what was spent."""
    return _header_at(sheet) is not None


def read(sheet: Sheet) -> Export:
    """One row per line; its days as far as the file tells them.

    Raises:
        Unanswered: The order of day and month cannot be told.
        BadInput: Dates, quotes or decimal separator cannot be trusted.
    """
    at = _header_at(sheet)
    if at is None:
        raise BadInput("The header of a LinkedIn report is missing; download it again.")
    header = sheet.head[at]
    lines = [line for line in sheet.lines() if line.number > header.number]
    records = Records(header.cells, lines, sheet.answers)
    places = {name: _find(records, name) for name in WORDS}
    starts = _starts(records, places["start"])
    period = _period(sheet, at)
    spans = _spans(records, starts, period)
    return build(sheet.file, records, _layout(records, places, starts, spans, period))


def _header_at(sheet: Sheet) -> int | None:
    for at, line in enumerate(sheet.head):
        names = {normal(cell) for cell in line.cells}
        if names & set(START) and names & set(WORDS["cost"]):
            return at
    return None


def _find(records: Records, name: str) -> int | None:
    return records.find(*WORDS[name])


def _period(sheet: Sheet, at: int) -> Span | None:
    """The report's own range, from the lines above the header; rows cannot stand among them."""
    edges: dict[str, date] = {}
    for place, line in enumerate(sheet.head[:at]):
        if place >= _ABOVE or sum(1 for cell in line.cells if cell.strip()) > _ABOVE:
            raise BadInput(
                f"Line {line.number} stands above the header but is no line of a report's head, so rows "
                "may be lost; download the file again."
            )
    for line in sheet.head[:at]:
        said = sheet.delimiter.join(line.cells).strip().rstrip(sheet.delimiter).strip()
        if found := _EDGE.fullmatch(said):
            try:
                edges[found["edge"]] = day(found["day"])
            except Unreadable as fault:
                raise BadInput(f"The line {said[:80]!r} {fault}; download it again.") from fault
    if len(edges) < 2:
        return None
    if edges["End"] < edges["Start"]:
        raise BadInput("The report ends before it starts; download it again.")
    return edges["Start"], edges["End"]


def _starts(records: Records, place: int | None) -> list[date | None]:
    """The start dates; every date column of the file says in which order it writes day and month."""
    if place is None:
        raise BadInput("The report has no start dates; download it again.")
    records.refuse_blank(place)
    dates = [at for at, name in enumerate(records.header) if _DATE.search(normal(name))]
    cells = [cell for at in dates for cell in records.column(at)]
    order = settled_order(
        cells if order_of(cells) else records.column(place), records.answers.day_order
    )
    return records.parse(place, lambda text: day(text, order))


def _spans(
    records: Records, starts: Sequence[date | None], period: Span | None
) -> list[Span | None]:
    """First and last day of each row, as far as the file tells them."""
    known = sorted({start for start in starts if start})
    if period:
        for position, start in enumerate(starts):
            if start and not period[0] <= start <= period[1]:
                records.refuse(
                    position, f"{start} is outside the report's days, {period[0]} to {period[1]}."
                )
    if len(known) < 2:
        whole = period if period and known == [period[0]] else None
        return [whole if start else None for start in starts]
    if _by_day(known, period):
        return [(start, start) if start else None for start in starts]
    return [None] * len(starts)


def _by_day(known: Sequence[date], period: Span | None) -> bool:
    """Whether each start stands for a day of its own.

    Starts a day apart say so, but for the first step alone: a report by week or month begins with what
    is left of one, so the second start may be a Monday, a Sunday or a first of the month.
    """
    near = [after for before, after in pairwise(known) if after - before == timedelta(days=1)]
    if period == (known[0], known[-1]) and near and len(known) == 2:
        return True
    return any(after != known[1] for after in near) or any(
        after.day != 1 and after.weekday() not in {0, 6} for after in near
    )


def _days(starts: Sequence[date | None], spans: Sequence[Span | None]) -> list[str]:
    """The start that tells a row apart, however the file writes it; "" where its days already do."""
    pairs = zip(starts, spans, strict=True)
    return [start.isoformat() if start and not span else "" for start, span in pairs]


def _layout(
    records: Records,
    places: dict[str, int | None],
    starts: Sequence[date | None],
    spans: Sequence[Span | None],
    period: Span | None,
) -> Layout:
    measures = {
        name: places[name]
        for name in ("impressions", "clicks", "cost", "conversions", "conversion_value")
    }
    ids = [name for name in ("campaign_id", "ad_group_id", "ad_id") if places[name] is not None]
    about = ["start", *ids, *(n for n in ("campaign", "ad_group", "ad") if f"{n}_id" not in ids)]
    rates = [at for at, name in enumerate(records.header) if RATES.search(normal(name))]
    ads = places["ad"] is not None or places["ad_id"] is not None
    groups = places["ad_group"] is not None or places["ad_group_id"] is not None
    return Layout(
        format=NAME,
        level="ad" if ads else "ad_group" if groups else "campaign",
        names={name: places[name] for name in ("campaign", "ad_group", "ad")},
        measures=measures,
        identity=[at for name in about if (at := places[name]) is not None],
        figures=sorted({*(at for at in measures.values() if at is not None), *rates}),
        currency=places["currency"],
        spans=spans,
        period=period,
        written={} if places["start"] is None else {places["start"]: _days(starts, spans)},
        source="linkedin_ads",
        sums=[at for at in (places["leads"],) if at is not None],
        notes=() if all(spans) else (_ENDLESS,),
    )
