"""Report tables of Google Ads (Campaigns, Ad groups, Ads, Keywords, Search terms, report editor).

As downloaded: a title line, a line with the dates, the header; ".csv" is UTF-8 with commas, "Excel
.csv" UTF-16 with tabs. Columns are the user's own choice. Total rows have a cell starting
``Total:`` where a name or status would stand; the account's total is larger than the rows.
``Cost (Converted currency)`` is the same money again and stays in ``extra``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from engine.model.errors import BadInput
from engine.model.exports import Export
from engine.platforms.files import days
from engine.platforms.files.layout import Layout
from engine.platforms.files.performance import build
from engine.platforms.files.records import Records, normal
from engine.platforms.files.sheet import NOTHING, Line, Sheet

NAME = "google_ads_report"
DESCRIPTION = "Google Ads report tables (campaigns, ad groups, ads, keywords, search terms)"

_MEASURES = {
    "impressions": ("impr.", "impressions"),
    "clicks": ("clicks",),
    "interactions": ("interactions",),
    "cost": ("cost",),
    "conversions": ("conversions",),
    "conversion_value": ("conv. value",),
}
_METRICS = {name for names in _MEASURES.values() for name in names}
_NAMES = {
    "campaign": ("campaign", "campaign name"),
    "ad_group": ("ad group", "ad group name"),
    "ad": ("ad name", "ad", "ad id"),
    "keyword": ("keyword", "search keyword"),
    "match_type": ("match type", "search terms match type", "keyword match type"),
    "search_term": ("search term",),
    "device": ("device",),
    "network": ("network", "network (with search partners)"),
}
_LEVELS = (
    ("search_term", {"search term"}),
    ("keyword", {"keyword", "search keyword"}),
    ("ad", {"ad", "ad id", "ad name", "ad status", "ad strength", "headline 1"}),
    ("asset", {"asset", "asset id"}),
    ("asset_group", {"asset group"}),
    ("audience", {"audience segment", "audience"}),
    ("placement", {"placement"}),
    ("landing_page", {"landing page"}),
    ("age", {"age"}),
    ("gender", {"gender"}),
    ("location", {"location", "country/territory", "city", "region"}),
    ("ad_group", {"ad group", "ad group name"}),
    ("campaign", {"campaign", "campaign name"}),
    ("device", {"device"}),
    ("network", {"network", "network (with search partners)"}),
    ("account", {"account", "account name", "customer id"}),
)
_TIMES = ("day", "date", "week", "month", "quarter")
_SEGMENTS = {
    *("device", "network", "network (with search partners)", "click type", "top vs. other"),
    *("hour of the day", "day of the week", "conversion action", "conversion category"),
    *("conversion source", "account", "account name", "customer id"),
}
_IDENTITY = (
    {name for names in _NAMES.values() for name in names}
    | _SEGMENTS
    | {name for level, names in _LEVELS if level not in {"ad"} for name in names}
    | {"campaign id", "ad group id", "keyword id", "ad id"}
)
_COPY = re.compile(r"(?:long )?headline(?: \d+)?|description(?: line)?(?: \d+)?|final url")
_TITLE = re.compile(r"[\w &-]{2,60} (?:report|performance)", re.IGNORECASE)
_FIGURES = re.compile(r"cp[cmva]\b|cost|ctr|rate|conv|value|budget|share|roas|%|\bis\b|score")
_STATES = re.compile(r"(?:status|match type)$")
_NEEDED = {name for part in ("campaign", "ad_group", "keyword") for name in _NAMES[part]}
_KNOWN = re.compile(
    r"Total: (?:account|manager account|campaigns?|ad groups|ads|keywords|your |all but |filtered |search"
    r"|other |display|shopping|video|in-stream|performance max|demand gen|smart|ai max|url )",
    re.IGNORECASE,
)
"""Google's own words for totals, as seen: in a row with a day any other may be a campaign's name."""
_FRONT = 3
"""Google writes the word in one of the first three columns."""
_DOUBTFUL = "The line is called a total but has other names too; it was neither added nor dropped."
_ACCOUNT = {"total: account", "total: manager account"}


def matches(sheet: Sheet) -> bool:
    """Google's header words, below one of its titles or beside a currency code."""
    return _header_at(sheet) is not None


def read(sheet: Sheet) -> Export:
    """One row per line; total rows are compared with the sums, never kept.

    Raises:
        BadInput: Dates, quotes or decimal separator cannot be trusted.
    """
    at = _header_at(sheet)
    if at is None:
        raise BadInput("The header of a Google Ads report is missing; download it again.")
    header = sheet.head[at]
    period, notes = _period(sheet, at)
    below = [line for line in sheet.lines() if line.number > header.number]
    kinds = {line.number: _kind(line.cells, header.cells) for line in below}
    stated = [line for line in below if kinds[line.number] == "total"]
    rows = [line for line in below if kinds[line.number] != "total"]
    records = Records(header.cells, rows, sheet.answers)
    for position, number in enumerate(records.numbers):
        if kinds[number] == "doubt":
            records.refuse(position, _DOUBTFUL)
    for place in records.places("campaign")[:1]:
        records.refuse_blank(place)
    return build(sheet.file, records, _layout(records, period, notes, stated))


def _header_at(sheet: Sheet) -> int | None:
    for at, line in enumerate(sheet.head):
        names = {normal(cell) for cell in line.cells}
        if len(names & _METRICS) < 2 or not any(names & known for _, known in _LEVELS):
            continue
        titled = at > 0 and any(_TITLE.fullmatch(_joined(sheet, row)) for row in sheet.head[:at])
        if names & {"impr.", "cost"} and (titled or "currency code" in names):
            return at
    return None


def _joined(sheet: Sheet, line: Line) -> str:
    """A preamble line, whole again where a re-save padded it or cut its date at the comma."""
    return sheet.delimiter.join(line.cells).strip().rstrip(sheet.delimiter).strip()


def _period(sheet: Sheet, at: int) -> tuple[days.Span | None, tuple[str, ...]]:
    preamble = [_joined(sheet, line) for line in sheet.head[:at]]
    if len(preamble) > 2:
        raise BadInput(
            f"Line {sheet.head[2].number} stands above the header but is neither title nor dates, so rows "
            "may be lost; download the file again."
        )
    if len(preamble) == 1 and not _TITLE.fullmatch(preamble[0]):
        preamble = ["", *preamble]
    if len(preamble) < 2:
        return None, ("The line with the report's dates is missing.",)
    period = days.period(preamble[1])
    if period is None:
        return None, ('The dates say "All time", so the figures belong to no period.',)
    return period, ()


def _kind(cells: Sequence[str], header: Sequence[str]) -> Literal["row", "total", "doubt"]:
    """A total has a cell that starts ``Total:`` where a name, status or segment stands, and no other name.

    A campaign may be called "Total: …"; its row then has every other name and status the table has. With
    only some of them, or where no name can stand, it may be either.
    """
    if len(cells) != len(header):
        return "row"
    columns = [(normal(name), cell) for name, cell in zip(header, cells, strict=True)]
    said = [
        name
        for at, (name, cell) in enumerate(columns)
        if cell.startswith("Total:") and (at < _FRONT or _labels(name))
    ]
    if not said:
        return "row"
    others = [(name, cell) for name, cell in columns if name not in said and _owned(name)]
    filled = {name for name, cell in others if cell.strip() not in NOTHING}
    if not filled:
        dated = any(name in _TIMES and cell.strip() not in NOTHING for name, cell in columns)
        return "doubt" if dated and not any(_KNOWN.match(cell) for _, cell in columns) else "total"
    needed = {name for name, _ in others if name in _NEEDED or _STATES.search(name)}
    called = all(_owned(name) and not _STATES.search(name) for name in said)
    return "row" if called and not needed - filled else "doubt"


def _owned(name: str) -> bool:
    return bool(_STATES.search(name)) or (name in _IDENTITY and name not in _SEGMENTS)


def _labels(name: str) -> bool:
    return _owned(name) or name in _SEGMENTS or name in _TIMES


def _layout(
    records: Records,
    period: days.Span | None,
    notes: tuple[str, ...],
    stated: Sequence[Line],
) -> Layout:
    names = {normal(name) for name in records.header}
    level = next(level for level, known in _LEVELS if names & known)
    copy = [n for n in names if _COPY.fullmatch(n)] if level == "ad" else []
    known = [n for n in names if n in _IDENTITY]
    times = [(unit, at) for unit in _TIMES if (at := records.find(unit)) is not None]
    time = (("day" if times[0][0] == "date" else times[0][0]), times[0][1]) if times else None
    if time:
        notes = ()
    if time and time[0] != "day":
        notes = (*notes, f"The figures are by {time[0]}, not by day; no day was made of them.")
    if not stated:
        notes = (*notes, "The file has no total row, so it may have been cut short unnoticed.")
    measures = {name: records.find(*words) for name, words in _MEASURES.items()}
    figures = [
        at
        for at, name in enumerate(records.header)
        if at in measures.values() or (_FIGURES.search(normal(name)) and normal(name) not in known)
    ]
    return Layout(
        format=NAME,
        level=level,
        names={name: records.find(*words) for name, words in _NAMES.items()},
        measures=measures,
        identity=records.places(*known, *copy),
        figures=figures,
        currency=records.find("currency code"),
        time=time,
        period=period,
        stated=_first_total(records.header, stated),
        account=_first_total(records.header, [t for t in stated if _label(t) in _ACCOUNT]),
        notes=notes,
    )


def _label(line: Line) -> str:
    return normal(next(cell for cell in line.cells if cell.startswith("Total:")))


def _first_total(header: Sequence[str], stated: Sequence[Line]) -> Sequence[str] | None:
    """The first total, over all segments: with a segment it is repeated for each of its values."""
    segments = [at for at, name in enumerate(header) if normal(name) in {*_SEGMENTS, *_TIMES}]
    for line in stated:
        cells = line.cells
        if (
            _label(line) == _label(stated[0])
            and len(cells) == len(header)
            and all(
                cells[at].strip() in NOTHING or cells[at].startswith("Total:") for at in segments
            )
        ):
            return cells
    return None
