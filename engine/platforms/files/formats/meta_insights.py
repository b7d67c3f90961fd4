"""Daily rows of Meta's Insights API, as people save them: one line per day and campaign.

The header words are the API's, made readable; the currency is not in the file.
"""

from __future__ import annotations

from engine.model.exports import Export
from engine.platforms.files.layout import Layout
from engine.platforms.files.performance import build
from engine.platforms.files.records import Records, normal
from engine.platforms.files.sheet import Sheet

NAME = "meta_insights"
DESCRIPTION = "Meta Insights API rows saved as CSV (Date, Campaign, Spend, Reach, Frequency)"

_SURE = {"date", "campaign", "impressions", "spend", "reach", "frequency", "link clicks"}
_RATES = {"frequency", "cpc", "cpm", "ctr"}
_SUMS = ("clicks", "landing page views", "adds to cart", "video views", "checkouts initiated")


def matches(sheet: Sheet) -> bool:
    """The API's spend, reach and frequency beside link clicks, by date and campaign."""
    return bool(sheet.head) and {normal(cell) for cell in sheet.head[0].cells} >= _SURE


def read(sheet: Sheet) -> Export:
    """One row per line.

    Raises:
        BadInput: Dates, quotes or decimal separator cannot be trusted.
    """
    header, *lines = sheet.lines()
    records = Records(header.cells, lines, sheet.answers)
    names = {
        "campaign": records.find("campaign"),
        "ad_group": records.find("ad set"),
        "ad": records.find("ad"),
    }
    level = next((name for name in ("ad", "ad_group") if names[name] is not None), "campaign")
    measures = {
        "impressions": records.find("impressions"),
        "clicks": records.find("link clicks"),
        "cost": records.find("spend"),
        "conversions": records.find("purchases"),
    }
    records.refuse_blank(records.places("campaign")[0])
    day = records.find("date")
    layout = Layout(
        format=NAME,
        level=level,
        names=names,
        measures=measures,
        identity=[at for at in names.values() if at is not None],
        figures=[
            at
            for at, name in enumerate(records.header)
            if at in measures.values() or normal(name) in _RATES
        ],
        time=None if day is None else ("day", day),
        source="meta_ads",
        sums=records.places(*_SUMS),
    )
    return build(sheet.file, records, layout)
