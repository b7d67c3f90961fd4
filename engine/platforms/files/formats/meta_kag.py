"""The public "Sales Conversion Optimization" data set: Meta ads of one advertiser, undated, no currency.

``Total_Conversion`` counts enquiries, ``Approved_Conversion`` sales; the enquiries are the conversions.
"""

from __future__ import annotations

from engine.model.exports import Export
from engine.platforms.files.layout import Layout
from engine.platforms.files.performance import build
from engine.platforms.files.records import Records, normal
from engine.platforms.files.sheet import Sheet

NAME = "meta_kag"
DESCRIPTION = "Sales Conversion Optimization data set (ad_id, xyz_campaign_id, fb_campaign_id)"

_SURE = {"ad_id", "xyz_campaign_id", "fb_campaign_id", "spent", "impressions"}
_ABOUT = ("ad_id", "xyz_campaign_id", "fb_campaign_id", "age", "gender", "interest")


def matches(sheet: Sheet) -> bool:
    """Its three ids beside spend."""
    return bool(sheet.head) and {normal(cell) for cell in sheet.head[0].cells} >= _SURE


def read(sheet: Sheet) -> Export:
    """One row per ad, age, gender and interest.

    Raises:
        BadInput: Quotes or decimal separator cannot be trusted.
    """
    header, *lines = sheet.lines()
    records = Records(header.cells, lines, sheet.answers)
    ad = records.find("ad_id")
    if ad is not None:
        records.refuse_blank(ad)
    measures = {
        "impressions": records.find("impressions"),
        "clicks": records.find("clicks"),
        "cost": records.find("spent"),
        "conversions": records.find("total_conversion"),
    }
    layout = Layout(
        format=NAME,
        level="ad",
        names={
            "campaign": records.find("xyz_campaign_id"),
            "ad_group": records.find("fb_campaign_id"),
            "ad": ad,
        },
        measures=measures,
        identity=records.places(*_ABOUT),
        figures=[at for at in measures.values() if at is not None],
        source="meta_ads",
        sums=records.places("approved_conversion"),
        notes=("The rows have no dates, so the figures belong to no period.",),
    )
    return build(sheet.file, records, layout)
