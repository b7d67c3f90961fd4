"""Report tables of Google Ads (Campaigns, Ad groups, Ads, Keywords, Search terms, report editor).

As downloaded: a title line, a line with the dates, the header; ".csv" is UTF-8 with commas, "Excel
.csv" UTF-16 with tabs. Columns are the user's own choice. Total rows have a cell starting
``Total:`` where a name or status would stand; the account's total is larger than the rows.
``Cost (Converted currency)`` is the same money again and stays in ``extra``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.model.errors import BadInput
from engine.model.exports import Export
from engine.platforms.files import days
from engine.platforms.files.performance import Layout, build
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
    stated = [line for line in below if _is_total(line.cells, header.cells)]
    seen = {line.number for line in stated}
    records = Records(
        header.cells, [line for line in below if line.number not in seen], sheet.answers
    )
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
    if len(preamble) == 1 and not _TITLE.fullmatch(preamble[0]):
        preamble = ["", *preamble]
    if len(preamble) < 2:
        return None, ("The line with the report's dates is missing.",)
    period = days.period(preamble[1])
    if period is None:
        return None, ('The dates say "All time", so the figures belong to no period.',)
    return period, ()


def _is_total(cells: Sequence[str], header: Sequence[str]) -> bool:
    """A cell starts ``Total:`` and no other name or status stands in the row.

    A campaign may be called "Total: …"; its row then has a status or another name beside it.
    """
    labels = [at for at, cell in enumerate(cells) if cell.startswith("Total:")]
    if not labels:
        return False
    for at, (name, cell) in enumerate(zip(header, cells, strict=False)):
        plain = normal(name)
        owned = plain.endswith(("status", "match type")) or (
            plain in _IDENTITY and plain not in _SEGMENTS
        )
        if owned and at not in labels and cell.strip() not in NOTHING:
            return False
    return True


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
