"""Where the month's spend is heading, and each channel's share of it. Pure; money in micros of one currency."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from engine.model.time import days_in_month, month_start
from engine.reporting.client.kpis import Daily
from engine.reporting.client.material import Material
from engine.reporting.client.series import last_days

_Z90 = 1.645  # 90 of 100 months end inside the interval, were days independent
_LOOK_BACK = 28
_FEWEST_DAYS = 14


@dataclass(frozen=True)
class Pacing:
    """The month so far and to its end. ``low`` and ``high`` are None while too few days are known."""

    today: date
    month_days: int
    spent_micros: int
    expected_micros: int
    low_micros: int | None
    high_micros: int | None
    plan_micros: int | None

    @property
    def day(self) -> int:
        """The day of the month."""
        return self.today.day


@dataclass(frozen=True)
class Share:
    """One channel's share of the month's projected spend, and the largest the policy lets it be (None: no cap)."""

    channel: str
    spent_micros: int
    projected_micros: int
    share: float
    cap: float | None


@dataclass(frozen=True)
class Month:
    """This month's spend by channel: so far, and as the gate projects it to the month's end."""

    spent: dict[str, int]
    projected: dict[str, int]


def month(material: Material) -> Month:
    """What was spent before today, then each remaining day (today included) at its budget.

    Spend of campaigns we no longer hold counts as it is.
    """
    frame, today = material["spend"], material["today"]
    spent = _by_channel(frame[(frame["day"] >= month_start(today)) & (frame["day"] <= today)])
    amounts: dict[str, int] = defaultdict(int, spent)
    for campaign in material["campaigns"]:
        amounts[campaign["channel"]] += campaign["projected_micros"] - campaign["spent_micros"]
    return Month(spent, dict(amounts))


def pacing(material: Material, daily: Daily, so_far: Month) -> Pacing:
    """The month's spend, its projection, and the interval the last 28 whole days' spread gives it."""
    today = material["today"]
    spent, expected = sum(so_far.spent.values()), sum(so_far.projected.values())
    spread = _spread(daily, today)
    low, high = None, None
    if spread is not None:
        reach = _Z90 * spread * math.sqrt(days_in_month(today) - today.day + 1)
        low, high = round(max(spent, expected - reach)), round(expected + reach)
    return Pacing(
        today, days_in_month(today), spent, expected, low, high, material["plan_month_micros"]
    )


def mix(material: Material, so_far: Month) -> tuple[Share, ...]:
    """Every channel with spend or budget this month, the largest share first."""
    whole = sum(so_far.projected.values())
    caps = material["targets"]["share_caps"]
    rows = [
        Share(c, so_far.spent.get(c, 0), amount, amount / whole, caps.get(c))
        for c, amount in so_far.projected.items()
        if whole and amount
    ]
    return tuple(sorted(rows, key=lambda row: -row.share))


def _by_channel(frame: pd.DataFrame) -> dict[str, int]:
    sums = frame.groupby("channel")["cost_micros"].sum()
    return {str(c): int(v) for c, v in zip(sums.index, sums, strict=True)}


def _spread(daily: Daily, today: date) -> float | None:
    """The standard deviation of a day's spend around its weekday's mean; None with too few days."""
    days = [day for day in last_days(today, _LOOK_BACK) if day in daily.spend]
    if len(days) < _FEWEST_DAYS:
        return None
    by_weekday: dict[int, list[float]] = defaultdict(list)
    for day in days:
        by_weekday[day.weekday()].append(daily.spend[day])
    squares = sum(float(np.sum((np.array(v) - np.mean(v)) ** 2)) for v in by_weekday.values())
    freedom = len(days) - len(by_weekday)
    return math.sqrt(squares / freedom) if freedom else None
