"""Sums by day and over days, from the frames of the material. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd

from engine.model.time import days_between


def by_day(frame: pd.DataFrame, column: str) -> dict[date, float]:
    """The sum of one column per day; days without a row are absent."""
    if frame.empty:
        return {}
    sums = frame.groupby("day")[column].sum()
    return dict(zip(sums.index, sums.astype(float), strict=True))


def total(daily: dict[date, float], first: date, last: date) -> float:
    """The sum of the days from ``first`` to ``last``; absent days add nothing."""
    return sum(value for day, value in daily.items() if first <= day <= last)


def rolling(daily: dict[date, float], days: Iterable[date], width: int) -> list[float]:
    """For each day the sum of it and the ``width`` - 1 days before it."""
    return [total(daily, day - timedelta(days=width - 1), day) for day in days]


def ratio(above: float, below: float) -> float | None:
    """``above`` / ``below``; None where there is nothing to divide by."""
    return above / below if below else None


def last_days(today: date, count: int) -> list[date]:
    """The ``count`` whole days before today."""
    return days_between(today - timedelta(days=count), today - timedelta(days=1))
