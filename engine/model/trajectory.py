"""Where the money is heading, from days and leads old enough to say: every figure with an 80 % interval.

Realised and still expected customers are counted together here, at equal lead age, because a target is about both;
on a screen the two never stand as one figure without saying so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import special

from engine.model import lag

MONTH_DAYS = 30.4
"""Days of a month, as the ad platforms count it."""
_LEAST = 0.1  # customers or actions: nothing seen is not proof of none


class Interval(NamedTuple):
    """The kind and the unkind end of an 80 % interval around ``mid``; ``low`` is the smaller figure."""

    low: float
    mid: float
    high: float


class Payback(NamedTuple):
    """Months until the customers of the media have paid for it; ``inf``: not within ``known_months``."""

    months: Interval
    known_months: float


@dataclass(frozen=True)
class Trajectory:
    """The settled days ``first`` to ``last``, whole.

    ``customers`` are those of paid leads, won and still expected; ``revenue`` is that of all deals begun on these
    days and ``paid_revenue`` that of the paid ones, in micros. They are None while too few deals have closed to
    know how long it takes. ``curve`` is that knowledge.
    """

    days: int
    media_micros: int
    actions: Interval
    customers: Interval | None
    revenue: Interval | None
    paid_revenue: Interval | None
    curve: lag.Lag | None

    @property
    def cac(self) -> Interval | None:
        """Media for one customer; ``low`` is the kind end."""
        return None if self.customers is None else _each(self.media_micros, self.customers)

    @property
    def cost_per_action(self) -> Interval:
        """Media for one primary action."""
        return _each(self.media_micros, self.actions)

    @property
    def roas(self) -> Interval | None:
        """All closed-won revenue for each unit of media; None without media."""
        if self.revenue is None or not self.media_micros:
            return None
        return Interval(*(r / self.media_micros for r in self.revenue))

    def month_contribution(self, margin: float) -> Interval | None:
        """Revenue times margin less media, at the pace of these days for a month of 30.4 days.

        The agency's fee is not in it: no fee is known here.
        """
        if self.revenue is None:
            return None
        pace = MONTH_DAYS / self.days
        return Interval(*((r * margin - self.media_micros) * pace for r in self.revenue))

    def payback(self, margin: float) -> Payback | None:
        """When the contribution of the customers won by these days' media has paid for it.

        The customers come in by the days-to-close curve, so the age is the smallest at which
        ``revenue x margin x F(age) / F(end)`` reaches the media. Months of 30.4 days.
        """
        if self.curve is None or self.paid_revenue is None:
            return None
        low, mid, high = (self._months(r * margin) for r in self.paid_revenue)
        return Payback(Interval(high, mid, low), len(self.curve.closed_by) / MONTH_DAYS)

    def _months(self, worth: float) -> float:
        if self.curve is None:
            return math.inf
        closed = self.curve.closed_by
        paid = np.flatnonzero(worth * closed >= self.media_micros * closed[-1])
        return float(paid[0]) / MONTH_DAYS if paid.size else math.inf


def trajectory(
    media_micros: int, deals: pa.Table, history: pa.Table, today: date, span: tuple[date, date]
) -> Trajectory:
    """The trajectory of the days of ``span``, both included.

    ``media_micros`` is the cost of these days, ``deals`` those begun on them and ``history`` all known ones, from
    which the lag, the win rate and the usual sale are learnt. Columns as in ``outcomes.DEALS``.
    """
    curve = lag.fit(history, today)
    days = (span[1] - span[0]).days + 1
    actions = _counted(float(deals.num_rows))
    if curve is None:
        return Trajectory(days, media_micros, actions, None, None, None, None)
    paid = deals.filter(pc.not_equal(deals["channel"], ""))
    sale, spread = _sales(history, today)
    rate = _win_rate(history, today)
    paid_won, paid_worth = _promise(paid, curve, rate, sale, today)
    all_won, all_worth = _promise(deals, curve, rate, sale, today)
    return Trajectory(
        days,
        media_micros,
        actions,
        _counted(paid_won),
        _valued(all_won, all_worth, sale, spread),
        _valued(paid_won, paid_worth, sale, spread),
        curve,
    )


def _win_rate(history: pa.Table, today: date) -> float:
    _, closed = lag.ages(history, today)
    won = pc.fill_null(history["won"], fill_value=False).to_numpy() & closed
    return float(won.sum() / max(closed.sum(), 1))


def _sales(history: pa.Table, today: date) -> tuple[float, float]:
    """The average sale in micros, and its squared coefficient of variation (1 when it is not known)."""
    _, closed = lag.ages(history, today)
    won = pc.fill_null(history["won"], fill_value=False).to_numpy() & closed
    amounts = pc.fill_null(history["amount_micros"], 0).to_numpy().astype(np.float64)[won]
    if not amounts.size or not amounts.any():
        return 0.0, 1.0
    average = float(amounts.mean())
    return average, float(amounts.var() / average**2) if amounts.size > 1 else 1.0


def _promise(
    deals: pa.Table, curve: lag.Lag, rate: float, sale: float, today: date
) -> tuple[float, float]:
    """Customers won and still expected of some deals, and their revenue in micros."""
    age, closed = lag.ages(deals, today)
    won = pc.fill_null(deals["won"], fill_value=False).to_numpy() & closed
    amount = pc.fill_null(deals["amount_micros"], 0).to_numpy().astype(np.float64)
    chance = curve.expected_won(age[~closed], rate)
    priced = np.where(amount > 0, amount, sale)[~closed]
    return (
        float(won.sum() + chance.sum()),
        float(amount[won].sum() + (chance * priced).sum()),
    )


def _counted(mid: float) -> Interval:
    """A count with the 80 % interval of its mean (gamma, half a count of prior)."""
    low, high = special.gammaincinv(max(mid, _LEAST) + 0.5, [0.1, 0.9])
    return Interval(float(low), max(mid, _LEAST), float(high))


def _valued(count: float, worth: float, sale: float, spread: float) -> Interval:
    """Revenue with the 80 % interval of a sum of so many sales that differ by ``spread`` (compound Poisson)."""
    shape = (max(count, _LEAST) + 0.5) / (1 + spread)
    low, high = special.gammaincinv(shape, [0.1, 0.9]) / shape
    mid = max(worth, _LEAST * sale)
    return Interval(float(mid * low), mid, float(mid * high))


def _each(amount: float, count: Interval) -> Interval:
    return Interval(amount / count.high, amount / count.mid, amount / count.low)
