"""Which account-days to read: everything worth learning from at first, then the days that may still change."""

from __future__ import annotations

from datetime import date, timedelta

FIRST_PULL_DAYS = 120
RESTATED_DAYS = 30
"""Conversions are back-dated to the click day (Google: up to 90 days later, nearly all within 30)."""


def window(today: date, *, first_pull: bool) -> tuple[date, date]:
    """First and last account-day to read, ``today`` included."""
    days = FIRST_PULL_DAYS if first_pull else RESTATED_DAYS
    return today - timedelta(days=days - 1), today
