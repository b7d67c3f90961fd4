"""The four figures on top: spend, primary actions, cost per primary action, blended ROAS. Pure.

Blended ROAS is all closed-won revenue of the days over all media of the same days: realised money, by the day a
deal was won, whichever ad or none led to it. Primary actions are deals by the day they began in the CRM, each
counted once; what platforms claim is not added to them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from engine.reporting.client.material import Material, Targets
from engine.reporting.client.periods import Period
from engine.reporting.client.series import by_day, last_days, ratio, rolling, total

Unit = Literal["money", "count", "multiple"]
Series = list[float | None]
SPARK_DAYS = 28
_CLEAR = 1.645  # a change is called better or worse when chance alone would show it in fewer than 1 of 10 looks


@dataclass(frozen=True)
class Claim:
    """What one channel's platform claims for itself; ``value`` is None where there is nothing to divide by."""

    channel: str
    value: float | None


@dataclass(frozen=True)
class Kpi:
    """One figure with its comparison.

    Money is micros of the client's currency. ``value`` counts today so far; ``change`` compares whole days
    only: a share of the earlier figure for spend, else a difference in the figure's own unit; None where there is
    nothing to compare. ``better`` is None when the change may be chance or is neither good nor bad.
    ``series`` ends yesterday, its last ``maturing`` points may still change. With ``claims`` there is no value:
    what platforms report is told by channel and never added up.
    """

    key: Literal["spend", "actions", "cost", "roas"]
    unit: Unit
    value: float | None
    change: float | None
    better: bool | None
    series: tuple[float | None, ...]
    target: float | None
    maturing: int
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class Totals:
    """The sums the figures rest on, for one run of days."""

    spend_micros: float
    actions: float
    won: float
    revenue_micros: float

    @property
    def cost_micros(self) -> float | None:
        """Media over primary actions; None without an action."""
        return ratio(self.spend_micros, self.actions)

    @property
    def cac_micros(self) -> float | None:
        """Media over closed-won customers; None without one."""
        return ratio(self.spend_micros, self.won)

    @property
    def roas(self) -> float | None:
        """Closed-won revenue over media; None without media."""
        return ratio(self.revenue_micros, self.spend_micros)


@dataclass(frozen=True)
class Kpis:
    """The four figures and the sums under them; ``before`` is None when there are no days to compare with."""

    figures: tuple[Kpi, Kpi, Kpi, Kpi]
    now: Totals
    whole: Totals
    before: Totals | None


class Daily:
    """The daily sums of one material, taken once."""

    def __init__(self, material: Material) -> None:
        self.spend = by_day(material["spend"], "cost_micros")
        self.actions = by_day(material["actions"], "actions")
        self.won = by_day(material["won"], "won")
        self.revenue = by_day(material["won"], "revenue_micros")

    def totals(self, first: date, last: date) -> Totals:
        """The sums from ``first`` to ``last``, both included."""
        return Totals(
            *(total(d, first, last) for d in (self.spend, self.actions, self.won, self.revenue))
        )


def kpis(daily: Daily, period: Period, targets: Targets, maturing_days: int) -> Kpis:
    """The four figures for a period, compared over its whole days."""
    now = daily.totals(period.first, period.last)
    whole = daily.totals(period.first, period.whole_last)
    before = None
    if period.before_first is not None and period.before_last is not None:
        found = daily.totals(period.before_first, period.before_last)
        before = found if found.spend_micros else None
    days = last_days(period.today, SPARK_DAYS)
    spend = _spend(now, whole, before, daily, days)
    actions = _actions(now, whole, before, daily, days)
    cost = _cost(now, whole, before, seven_day_cost(daily, days))
    roas = _roas(now, whole, before, month_roas(daily, days))
    cost = replace(cost, target=targets["cost_per_action_micros"], maturing=maturing_days)
    roas = replace(roas, target=targets["roas_floor"], maturing=maturing_days)
    return Kpis((spend, actions, cost, roas), now, whole, before)


def _spend(
    now: Totals, whole: Totals, before: Totals | None, daily: Daily, days: list[date]
) -> Kpi:
    change = whole.spend_micros / before.spend_micros - 1 if before else None
    series = tuple(daily.spend.get(day, 0.0) for day in days)
    return Kpi("spend", "money", now.spend_micros, change, None, series, None, 0)


def _actions(
    now: Totals, whole: Totals, before: Totals | None, daily: Daily, days: list[date]
) -> Kpi:
    change = whole.actions - before.actions if before else None
    better = None
    if before and change is not None:
        noise = math.sqrt(whole.actions + before.actions)
        better = change > 0 if noise and abs(change) > _CLEAR * noise else None
    series = tuple(rolling(daily.actions, days, 7))
    return Kpi("actions", "count", now.actions, change, better, series, None, 0)


def _cost(now: Totals, whole: Totals, before: Totals | None, series: Series) -> Kpi:
    change, better = None, None
    if before and whole.cost_micros and before.cost_micros:
        change = whole.cost_micros - before.cost_micros
        noise = math.sqrt(1 / whole.actions + 1 / before.actions)
        if abs(math.log(whole.cost_micros / before.cost_micros)) > _CLEAR * noise:
            better = change < 0
    return Kpi("cost", "money", now.cost_micros, change, better, tuple(series), None, 0)


def _roas(now: Totals, whole: Totals, before: Totals | None, series: Series) -> Kpi:
    change, better = None, None
    if before and whole.roas is not None and before.roas:
        change = whole.roas - before.roas
        # amounts differ between deals about as much as they are large: twice the variance of a count
        noise = math.sqrt(2 / max(whole.won, 1) + 2 / max(before.won, 1))
        if whole.roas and abs(math.log(whole.roas / before.roas)) > _CLEAR * noise:
            better = change > 0
    return Kpi("roas", "multiple", now.roas, change, better, tuple(series), None, 0)


def month_roas(daily: Daily, days: list[date]) -> Series:
    """Closed-won revenue over media of each day and the 27 before it; None without media."""
    revenue, spend = rolling(daily.revenue, days, 28), rolling(daily.spend, days, 28)
    return [ratio(r, s) for r, s in zip(revenue, spend, strict=True)]


def seven_day_cost(daily: Daily, days: list[date]) -> Series:
    """Media over primary actions of each day and the six before it; None without an action."""
    spend, actions = rolling(daily.spend, days, 7), rolling(daily.actions, days, 7)
    return [ratio(s, a) for s, a in zip(spend, actions, strict=True)]
