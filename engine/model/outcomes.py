"""Performance as the layers read it: one row per campaign-day or ad-day, and deals from the CRM.

Frames travel as ``pyarrow.Table`` with these columns; pandas appears only between a query and a screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

import pyarrow as pa

FRESH_FOR = timedelta(hours=26)
"""A day and two hours: a daily source that ran on time is never late (a convention of the house)."""

Maturity = Literal["partial", "maturing", "final"]

FACTS = pa.schema(
    [
        ("day", pa.date32()),  # the account's own calendar day
        ("level", pa.string()),  # "campaign" or "ad"
        ("channel", pa.string()),
        (
            "campaign",
            pa.string(),
        ),  # our natural key, or the platform's id when the campaign is not ours
        ("ad", pa.string()),  # variant key, "" at campaign level
        ("impressions", pa.int64()),
        ("clicks", pa.int64()),
        ("cost_micros", pa.int64()),  # account currency
        ("conversions", pa.float64()),  # as the platform claims them, by click day
        ("value_micros", pa.int64()),  # as the platform claims it
    ]
)
"""One row per (day, level, campaign, ad); a pull replaces its whole window of days."""

DEALS = pa.schema(
    [
        ("deal_id", pa.string()),
        ("created_on", pa.date32()),
        ("closed_on", pa.date32()),  # null while open
        ("stage", pa.string()),
        ("won", pa.bool_()),  # null while open
        ("amount_micros", pa.int64()),
        ("currency", pa.string()),
        ("campaign", pa.string()),  # our natural key as the click or the UTM told, "" when unknown
        ("channel", pa.string()),  # "" when unknown
        ("click_id", pa.string()),
        ("modified_at", pa.timestamp("us", tz="UTC")),
    ]
)
"""One row per deal, the latest known state."""


@dataclass(frozen=True)
class Pull:
    """What one source gave: a table, the window it is whole for, and how old its newest figure is.

    ``as_of`` is the instant (UTC) up to which the source said it knows; days after it are absent, not zero.
    """

    source: str
    table: pa.Table
    first: date
    last: date
    as_of: datetime


@dataclass(frozen=True)
class SourceState:
    """How fresh a source is. ``late`` sources may be shown, but never move money."""

    source: str
    as_of: datetime | None
    state: Literal["fresh", "late", "failed"]
    sentence: str
    wait: timedelta | None = None


def maturity(day: date, today: date, final_after_days: int) -> Maturity:
    """How far a day's figures can be trusted: today is partial, the next ``final_after_days`` are maturing."""
    if day >= today:
        return "partial"
    return "final" if (today - day).days > final_after_days else "maturing"
