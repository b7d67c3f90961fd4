"""Cards of Google Ads' overview page, one by one or all in a zip.

No title, no total, no currency code: money carries its mark (``US$46.50``, ``$18,340.25``) and the
dates are in the file's name, ``Devices(2026.02.05-2026.02.07).csv``, unless it was renamed.
"""

from __future__ import annotations

from engine.model.errors import BadInput
from engine.model.exports import Export
from engine.platforms.files import days
from engine.platforms.files.layout import Layout
from engine.platforms.files.performance import build
from engine.platforms.files.records import Records, normal
from engine.platforms.files.reference import reference
from engine.platforms.files.sheet import Sheet

NAME = "google_ads_overview"
DESCRIPTION = "Google Ads overview cards (one CSV or the zip of all)"

_MEASURES = {
    "impressions": ("impressions",),
    "clicks": ("clicks",),
    "interactions": ("interactions",),
    "cost": ("cost",),
    "conversions": ("conversions",),
    "conversion_value": ("conv. value",),
}
_RATES = {
    *("avg. cpc", "avg. cost", "ctr", "interaction rate", "cost / conv.", "conv. rate"),
    *("conv. value / cost", "percent of known total"),
}
_NAMES = {
    "campaign": ("campaign name",),
    "keyword": ("search keyword",),
    "match_type": ("match type",),
    "search_term": ("search",),
    "device": ("device",),
    "network": ("network",),
}
_ABOUT = {
    *("campaign group name", "campaign status", "criterion status", "ad group status"),
    "top containing queries",
}
_LEVELS = (
    ("keyword", "search keyword"),
    ("search_term", "search"),
    ("word", "word"),
    ("campaign", "campaign name"),
    ("device", "device"),
    ("network", "network"),
    ("demographics", "age range"),
    ("demographics", "gender"),
    ("hour", "start hour"),
)
_TIMES = ("date", "week", "month", "quarter")
_WEEKDAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
_SCORES = {"optimization score", "optimisation score"}
_COLUMNS = (
    {name for names in (*_MEASURES.values(), *_NAMES.values()) for name in names}
    | {name for _, name in _LEVELS}
    | {*_RATES, *_ABOUT, *_TIMES, *_SCORES, "day"}
)


def matches(sheet: Sheet) -> bool:
    """Every header is a card's, one of them says what a row is about, one is a figure."""
    if not sheet.head:
        return False
    names = [normal(cell) for cell in sheet.head[0].cells]
    if len(names) < 2 or not _COLUMNS.issuperset(names):
        return False
    if _SCORES & set(names):
        return "campaign name" in names
    measured = any(name in words for name in names for words in _MEASURES.values())
    if names[0] == "day":
        first = sheet.head[1].cells[0] if len(sheet.head) > 1 else ""
        return measured and normal(first) in _WEEKDAYS
    about = names[0] in _TIMES or any(name == names[0] for _, name in _LEVELS)
    return measured and about


def read(sheet: Sheet) -> Export:
    """One row per line; cards tell the same money at different levels, never add two of them.

    Raises:
        BadInput: Quotes or decimal separator cannot be trusted.
    """
    header, *lines = sheet.lines()
    period = days.period_in_name(sheet.file)
    records = Records(header.cells, lines, sheet.answers)
    if _SCORES & {normal(name) for name in records.header}:
        return _scores(sheet, records, period)
    return build(sheet.file, records, _layout(records, period))


def _layout(records: Records, period: days.Span | None) -> Layout:
    names = [normal(name) for name in records.header]
    level = next((level for level, name in _LEVELS if name in names), "account")
    time = next(((unit, 0) for unit in _TIMES if names[0] == unit), None)
    if names[0] == "day" and level == "account":
        level = "weekday"
    notes = []
    if period is None and time is None:
        notes.append("The file's name does not hold the card's dates, so its period is unknown.")
    if time and time[0] != "date":
        notes.append(f"The figures are by {time[0]}, not by day; no day was made of them.")
    measures = {name: records.find(*words) for name, words in _MEASURES.items()}
    about = {name for words in _NAMES.values() for name in words} | {n for _, n in _LEVELS}
    return Layout(
        format=NAME,
        level=level,
        names={name: records.find(*words) for name, words in _NAMES.items()},
        measures=measures,
        identity=records.places(*(name for name in names if name in about or name == "day")),
        figures=[at for at, n in enumerate(names) if n in _RATES or at in measures.values()],
        time=("day", 0) if time and time[0] == "date" else time,
        period=period,
        notes=tuple(notes),
    )


def _scores(sheet: Sheet, records: Records, period: days.Span | None) -> Export:
    """Optimisation scores are Google's opinion, not performance: kept as reference text."""
    campaign = records.find("campaign name")
    if campaign is None:
        raise BadInput("The card of optimisation scores has no campaign names; download it again.")
    records.refuse_blank(campaign)
    return reference(
        sheet.file,
        records,
        records.texts(campaign),
        format_name=NAME,
        source="google_ads",
        table="optimisation_score",
        period=period,
    )
