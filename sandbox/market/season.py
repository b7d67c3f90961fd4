"""When people click: weekdays and hours of an account, 23 and 25 hour days included."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from sandbox.market.noise import Floats

MOST_HOURS = 25
_WEEK = {
    "b2b": (1.16, 1.2, 1.2, 1.15, 0.99, 0.62, 0.68),
    "orders": (0.97, 0.94, 0.94, 0.98, 1.0, 1.07, 1.1),
}
_HOURS = {
    "b2b": (
        *(0.4, 0.3, 0.25, 0.25, 0.3, 0.5, 0.9, 1.4, 2.0, 2.5, 2.6, 2.5),
        *(2.2, 2.3, 2.4, 2.3, 2.0, 1.6, 1.3, 1.2, 1.1, 1.0, 0.8, 0.6),
    ),
    "orders": (
        *(0.7, 0.4, 0.3, 0.25, 0.3, 0.5, 0.9, 1.3, 1.5, 1.6, 1.7, 1.8),
        *(1.9, 1.7, 1.6, 1.6, 1.7, 1.9, 2.1, 2.4, 2.7, 2.6, 2.0, 1.3),
    ),
}


@lru_cache(maxsize=4096)
def hours_of(day: date, zone: str) -> tuple[datetime, ...]:
    """The UTC hours that begin inside an account's day: 23 to 25 of them, in order.

    Where a zone is offset by part of an hour, an hour belongs to the day in which it begins.
    """
    begin, end = _midnight(day, zone), _midnight(day + timedelta(days=1), zone)
    first = begin.replace(minute=0, second=0, microsecond=0)
    if first < begin:
        first += timedelta(hours=1)
    hours = []
    while first < end:
        hours.append(first)
        first += timedelta(hours=1)
    return tuple(hours)


@lru_cache(maxsize=4096)
def clock_hours(day: date, zone: str) -> tuple[int, ...]:
    """What an account's clock shows at each of `hours_of`: 1 comes twice when clocks go back."""
    here = ZoneInfo(zone)
    return tuple(instant.astimezone(here).hour for instant in hours_of(day, zone))


def day_of(instant: datetime, zone: str) -> date:
    """The account day an instant falls in."""
    return instant.astimezone(ZoneInfo(zone)).date()


def hour_weights(day: date, zone: str, week: str) -> Floats:
    """The share of the day's traffic in each of its hours; padded with zeros to 25, sums to 1."""
    shown = clock_hours(day, zone)
    weights = np.zeros(MOST_HOURS)
    weights[: len(shown)] = [_HOURS[week][hour] for hour in shown]
    result: Floats = weights / weights.sum()
    return result


def weekday(day: date, week: str) -> float:
    """How much busier than an average day this weekday is."""
    pattern = _WEEK[week]
    return pattern[day.weekday()] * 7 / sum(pattern)


def _midnight(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
