"""Meta Ads Manager tables, as "Export table data" writes them.

The header is the first line, the currency stands in it (``Amount spent (USD)``), nothing is a blank,
there is no total row, and a range without delivery is the one line "No data available.". One name may
stand for several ads, so ids (or the id in the preview link) tell rows apart; where a file has none,
lines about the same are numbered by their content. Results are of the kind their row names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.model.errors import BadInput
from engine.model.exports import Export
from engine.platforms.files.days import Span, day, settled_order
from engine.platforms.files.layout import Layout
from engine.platforms.files.performance import build
from engine.platforms.files.records import Records, normal
from engine.platforms.files.sheet import NOTHING, Line, Sheet

NAME = "meta_ads"
DESCRIPTION = "Meta Ads Manager tables (campaigns, ad sets, ads)"

_MEASURES = {
    "impressions": ("impressions",),
    "clicks": ("link clicks",),
    "cost": ("amount spent",),
    "conversions": ("results",),
    "conversion_value": (
        *("purchases conversion value", "website purchases conversion value"),
        *("purchase conversion value", "conversion value"),
    ),
}
_NAMES = {
    "campaign": ("campaign name",),
    "ad_group": ("ad set name",),
    "ad": ("ad name", "ads"),
    "device": ("impression device", "device platform"),
    "network": ("platform", "placement"),
}
_IDS = {"ad": "ad id", "ad_group": "ad set id", "campaign": "campaign id"}
_LEVELS = (
    ("ad", {"ad name", "ads", "ad id", "preview link"}),
    ("ad_group", {"ad set name", "ad set id"}),
    ("campaign", {"campaign name", "campaign id"}),
)
_IDENTITY = {
    *("campaign name", "campaign id", "ad set name", "ad set id", "ad name", "ads", "ad id"),
    *("preview link", "age", "gender", "country", "region", "dma region", "platform", "placement"),
    *("device platform", "impression device", "time of day (ad account time zone)"),
}
_SUMS = {
    *("clicks (all)", "landing page views", "purchases", "website purchases", "leads"),
    *("adds to cart", "checkouts initiated", "messaging conversations started"),
}
_RATES = re.compile(r"^(?:cp[cm]|ctr|cost|frequency|.*roas)\b")
_EMPTY = "no data available."
_CODE = re.compile(r"^(.*\S)\s*\(([A-Z]{3})\)$")
_TIMES = ("day", "week", "month")
_LINKED = re.compile(r"[?&]feed_demo_ad=(\d+)")
"""The ad's id in its preview link; the link's share token changes."""
_NAMELESS = "The row names no {}; a summary row is not added to the rows it sums up."


def matches(sheet: Sheet) -> bool:
    """Meta's own words for its spend beside impressions, in the first line."""
    if not sheet.head:
        return False
    names = {_bare(cell) for cell in sheet.head[0].cells}
    return {"amount spent", "impressions"} <= names


def read(sheet: Sheet) -> Export:
    """One row per line.

    Raises:
        BadInput: Two currencies stand in the headers, the decimal separator or dates cannot be trusted.
    """
    header, *lines = sheet.lines()
    rows = [line for line in lines if not _none(line)]
    records = Records(header.cells, rows, sheet.answers)
    notes = () if rows else ("The file says that nothing was delivered in its range.",)
    return build(sheet.file, records, _layout(records, notes if len(rows) < len(lines) else ()))


def _none(line: Line) -> bool:
    """The one line of a range without delivery."""
    said = [cell.strip() for cell in line.cells if cell.strip()]
    return len(said) == 1 and said[0].casefold() == _EMPTY


def _bare(header: str) -> str:
    """A header as compared: without the currency in brackets behind it."""
    found = _CODE.match(" ".join(header.split()))
    return normal(found[1] if found else header)


def _code(header: Sequence[str]) -> str | None:
    codes = {m[2] for cell in header if (m := _CODE.match(" ".join(cell.split())))}
    if len(codes) > 1:
        raise BadInput(
            f"The headers name several currencies ({', '.join(sorted(codes))}); download the table "
            "in the account's own currency."
        )
    return codes.pop() if codes else None


def _layout(records: Records, notes: tuple[str, ...]) -> Layout:
    bare = [_bare(name) for name in records.header]

    def place(*words: str) -> int | None:
        found = next((bare.index(word) for word in words if word in bare), None)
        return None if found is None else records.find(normal(records.header[found]))

    measures = {name: place(*words) for name, words in _MEASURES.items()}
    level = next((level for level, known in _LEVELS if known & set(bare)), "account")
    time = next(((unit, at) for unit in _TIMES if (at := place(unit)) is not None), None)
    _refuse_nameless(records, level, bare)
    spans = _spans(records, place("reporting starts"), place("reporting ends"))
    daily = bool(time and time[0] == "day")
    if time and daily and spans:
        _refuse_other_days(records, time[1], spans)
    return Layout(
        format=NAME,
        level=level,
        names={name: place(*words) for name, words in _NAMES.items()},
        measures=measures,
        identity=_identity(level, bare),
        told_apart={at: _LINKED for at, name in enumerate(bare) if name == "preview link"},
        figures=[at for at, n in enumerate(bare) if at in measures.values() or _RATES.search(n)],
        time=time if daily or spans is None else None,
        spans=None if daily else spans,
        source="meta_ads",
        code=_code(records.header),
        sums=[at for at, name in enumerate(bare) if name in _SUMS],
        notes=(
            *notes,
            *_unnamed(level),
            *_kinds(records, place("result type", "result indicator")),
        ),
    )


def _identity(level: str, bare: Sequence[str]) -> list[int]:
    """Where rows have an id it alone tells them apart, since names are edited; else their names do."""
    names = {"campaign name", "ad set name", "ad name", "ads"} if _IDS.get(level) in bare else set()
    return [at for at, name in enumerate(bare) if name in _IDENTITY - names]


def _refuse_nameless(records: Records, level: str, bare: Sequence[str]) -> None:
    """Refuse rows without any name of the table's own level: a summary row looks so."""
    known = next((known for name, known in _LEVELS if name == level), set())
    places = [at for at, name in enumerate(bare) if name in known]
    for position, row in enumerate(records.rows):
        if places and all(row[at].strip() in NOTHING for at in places):
            records.refuse(position, _NAMELESS.format(level.replace("_", " ")))


def _spans(records: Records, first: int | None, last: int | None) -> list[Span | None] | None:
    """The range each row itself tells; None when the table has no such columns or they are empty."""
    if first is None or last is None:
        return None
    for place in (first, last):
        records.refuse_blank(place)
    cells = [*records.column(first), *records.column(last)]
    order = settled_order(cells, records.answers.day_order)
    starts, ends = (records.parse(place, lambda text: day(text, order)) for place in (first, last))
    found: list[Span | None] = []
    for position, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if start and end and end < start:
            records.refuse(position, f"The row ends on {end}, before it starts on {start}.")
        found.append((start, end) if start and end else None)
    return found


def _refuse_other_days(records: Records, place: int, spans: Sequence[Span | None]) -> None:
    """Refuse rows whose day is not among the days they themselves report on."""
    order = settled_order(records.column(place), records.answers.day_order)
    found = records.parse(place, lambda text: day(text, order))
    for position, (own, span) in enumerate(zip(found, spans, strict=True)):
        if own and span and not span[0] <= own <= span[1]:
            records.refuse(position, f"The day {own} is outside {span[0]} to {span[1]}.")


def _unnamed(level: str) -> tuple[str, ...]:
    if level != "account":
        return ()
    return ("The rows name no campaign, ad set or ad; lines of one day are told apart by content.",)


def _kinds(records: Records, place: int | None) -> tuple[str, ...]:
    """A sentence where the results are of several kinds, so that their sum means nothing."""
    if place is None:
        return ()
    kinds = sorted({cell.strip() for cell in records.column(place) if cell.strip() not in NOTHING})
    if len(kinds) < 2:
        return ()
    return (f"Results are of several kinds ({', '.join(kinds)[:160]}); never add them together.",)
