"""What a campaign's money buys: clicks with falling returns, then leads, then closed-won revenue.

``clicks(s) = D (1 - exp(-s / (c D)))`` with click price c and reachable clicks D a day: clicks are
plentiful, so they carry the shape; leads per click and revenue per lead come from the CRM, drawn to
the client's own average where a campaign has few of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from engine.model.lag import ages, shrunk_rates

Floats = npt.NDArray[np.float64]
_GRID = np.exp(
    np.linspace(np.log(0.05), np.log(5.0), 60)
)  # today's spend over c D: how far saturated
_PRIOR_LOG_MEAN, _PRIOR_LOG_SD = np.log(0.7), 0.8  # a priori about half of the clicks there are
_PRIOR_CLICKS = 300.0  # clicks' worth of the client's lead rate lent to each campaign
_PRIOR_WINS = 10.0
_MIN_DAYS = 14


@dataclass(frozen=True)
class Curve:
    """One campaign's response a day, at a normal day's spend; money in micros of the client's currency.

    ``top_micros`` is the revenue a day that endless money would bring and ``scale_micros`` the
    spend that buys 63 % of it. ``error`` is the relative standard error of revenue; ``sample_days``
    are the days seen.
    """

    campaign: str
    channel: str
    spend_micros: float
    top_micros: float
    scale_micros: float
    leads_per_micro: float  # at today's spend
    won_per_lead: float
    error: float
    sample_days: int

    def value(self, spend_micros: float) -> float:
        """Expected closed-won revenue of a day's spend, in micros."""
        return float(-self.top_micros * np.expm1(-spend_micros / self.scale_micros))

    def marginal(self, spend_micros: float) -> float:
        """Revenue of the next unit of money at that spend (1.0: it brings back itself)."""
        slope = self.top_micros / self.scale_micros
        return float(slope * np.exp(-spend_micros / self.scale_micros))

    def leads(self, spend_micros: float) -> float:
        """Expected leads of a day's spend."""
        here = self.value(self.spend_micros)
        if here <= 0 or self.spend_micros <= 0:
            return self.leads_per_micro * spend_micros
        return self.leads_per_micro * self.spend_micros * self.value(spend_micros) / here


def inverse(curves: Sequence[Curve]) -> InverseMarginal:
    """The inverse of all marginals at once, for ``allocate.divide``."""
    top = np.array([c.top_micros for c in curves])
    scale = np.array([c.scale_micros for c in curves])
    return InverseMarginal(top, scale)


@dataclass(frozen=True)
class InverseMarginal:
    """Spend per curve at which its marginal value is the one asked for."""

    top: Floats
    scale: Floats

    def __call__(self, marginal: Floats) -> Floats:
        """``scale ln(top / (scale marginal))``, not below 0."""
        start = np.maximum(self.top / self.scale, 1e-300)
        spend: Floats = self.scale * np.maximum(np.log(start / marginal), 0.0)
        return spend


def fit(facts: pa.Table, deals: pa.Table, today: date, final_after_days: int) -> tuple[Curve, ...]:
    """One curve per campaign with at least 14 final days of spend; sorted by campaign.

    Only days whose figures are final count (``today - day > final_after_days``), and only the last
    90.
    """
    last, first = today - timedelta(days=final_after_days + 1), today - timedelta(days=90)
    inside = pc.and_(
        pc.and_(pc.greater_equal(facts["day"], first), pc.less_equal(facts["day"], last)),
        pc.and_(pc.equal(facts["level"], "campaign"), pc.greater(facts["cost_micros"], 0)),
    )
    table = facts.filter(inside)
    if not table.num_rows:
        return ()
    names = sorted(set(table["campaign"].to_pylist()))
    worth = _worth(names, table, deals, (first, last), today)
    found = (_one(name, table, worth, n) for n, name in enumerate(names))
    return tuple(c for c in found if c is not None)


@dataclass(frozen=True)
class _Worth:
    leads_per_click: Floats
    won_per_lead: Floats
    revenue_per_won: Floats
    error: Floats


def _worth(
    names: list[str], table: pa.Table, deals: pa.Table, window: tuple[date, date], today: date
) -> _Worth:
    """Leads per click, wins per lead and revenue per win by campaign, shrunk to the client's own."""
    places = pa.array(names)
    clicks = _sum_by(pc.index_in(table["campaign"], places), table["clicks"], len(names))
    created = deals["created_on"]
    recent = pc.and_(pc.greater_equal(created, window[0]), pc.less_equal(created, window[1]))
    where = pc.index_in(deals["campaign"], places)
    leads = _sum_by(where.filter(recent), None, len(names))
    rate = leads.sum() / clicks.sum() if clicks.sum() else 0.0
    per_click = (leads + _PRIOR_CLICKS * rate) / (clicks + _PRIOR_CLICKS)
    _, closed = ages(deals, today)
    settled = _sum_by(where.filter(pa.array(closed)), None, len(names))
    is_won = pc.and_(pc.fill_null(deals["won"], fill_value=False), pa.array(closed))
    won = _sum_by(where.filter(is_won), None, len(names))
    amounts = deals["amount_micros"].filter(is_won)
    typical = float(pc.mean(amounts).as_py() or 0.0)
    sold = _sum_by(where.filter(is_won), amounts, len(names))
    revenue = (sold + _PRIOR_WINS * typical) / (won + _PRIOR_WINS)
    error = np.sqrt(1.0 / (leads + 3.0) + 1.0 / (won + _PRIOR_WINS))
    return _Worth(per_click, shrunk_rates(won, settled), revenue, error)


def _sum_by(where: pa.ChunkedArray, weights: pa.ChunkedArray | None, size: int) -> Floats:
    index = pc.fill_null(where, size).to_numpy()
    values = None if weights is None else weights.to_numpy().astype(np.float64)
    sums: Floats = np.bincount(index, values, size + 1)[:size].astype(np.float64)
    return sums


def _one(name: str, table: pa.Table, worth: _Worth, place: int) -> Curve | None:
    rows = table.filter(pc.equal(table["campaign"], name)).sort_by("day")
    if rows.num_rows < _MIN_DAYS:
        return None
    spend = rows["cost_micros"].to_numpy().astype(np.float64)
    clicks = rows["clicks"].to_numpy().astype(np.float64)
    weekday = (rows["day"].cast(pa.int32()).to_numpy() + 3) % 7
    here = float(spend[-_MIN_DAYS:].mean())
    saturation, spread = _saturation(spend / _week_shape(spend, weekday), clicks, weekday, here)
    scale = here / saturation
    per_click = worth.leads_per_click[place]
    per_lead = worth.won_per_lead[place] * worth.revenue_per_won[place]
    unsaturated = clicks.sum() / (spend * _kept(saturation * spend / here)).sum()
    clicks_per_micro = unsaturated * float(_kept(np.array(saturation)))
    revenue_here = here * clicks_per_micro * per_click * per_lead
    top = revenue_here / -np.expm1(-saturation)
    return Curve(
        campaign=name,
        channel=rows["channel"][0].as_py(),
        spend_micros=here,
        top_micros=float(top),
        scale_micros=float(scale),
        leads_per_micro=float(clicks_per_micro * per_click),
        won_per_lead=float(worth.won_per_lead[place]),
        error=float(np.hypot(worth.error[place], spread)),
        sample_days=rows.num_rows,
    )


def _kept(saturation: Floats) -> Floats:
    """The share of the first unit's clicks that an average unit of money still buys."""
    kept: Floats = -np.expm1(-saturation) / saturation
    return kept


def _week_shape(spend: Floats, weekday: npt.NDArray[np.int64]) -> Floats:
    """Each day's usual share of an average day, so that a quiet Sunday does not look saturated."""
    days = np.bincount(weekday, minlength=7)
    mean = np.bincount(weekday, spend, 7) / np.maximum(days, 1)
    shape: Floats = np.maximum(mean / spend.mean(), 0.05)[weekday]
    return shape


def _saturation(
    spend: Floats, clicks: Floats, weekday: npt.NDArray[np.int64], here: float
) -> tuple[float, float]:
    """Today's spend over the curve's scale, and its relative error: a posterior over a grid.

    Within each weekday, log clicks per money is compared with the curve's; days weigh as their
    clicks do.
    """
    weight = np.maximum(clicks, 0.5)
    observed = np.log((clicks + 0.5) / spend)
    x = _GRID[:, None] * (spend / here)[None, :]
    left = observed[None, :] - np.log(-np.expm1(-x) / x)
    at = np.eye(7)[weekday] * weight[:, None]
    mean = (left @ at) / np.maximum(at.sum(axis=0), 1e-9)
    squares = (weight * (left - mean[:, weekday]) ** 2).sum(axis=1)
    noise = max(float(squares.min()) / max(len(spend) - 8, 1), 1.0)  # at least that of counting
    score = -0.5 * squares / noise
    score -= 0.5 * ((np.log(_GRID) - _PRIOR_LOG_MEAN) / _PRIOR_LOG_SD) ** 2
    chance = np.exp(score - score.max())
    chance /= chance.sum()
    middle = float(chance @ np.log(_GRID))
    spread = float(np.sqrt(chance @ (np.log(_GRID) - middle) ** 2))
    return float(np.exp(middle)), spread
