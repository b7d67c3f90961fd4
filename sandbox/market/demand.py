"""One account-day of demand: what each campaign would spend, and the clicks that buys.

The response has diminishing returns: `clicks = D * (1 - exp(-sought / D))`, where `sought` is spend
divided by the click price and D the clicks that endless money could buy in that hour. Campaigns of
one pool share D, so splitting a campaign does not double the demand. The whole day is computed
each time and callers take the hours they need: the result does not depend on how time is cut.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import numpy as np

from sandbox.market.noise import Floats, Ints, counts, generator
from sandbox.market.params import Market
from sandbox.market.season import MOST_HOURS, hour_weights, weekday

_DEEPEST = 3.0  # nobody bids beyond about 95 % of the clicks there are


@dataclass(frozen=True, slots=True)
class Serving:
    """A campaign that serves: `key` seeds its chance, `pool` names the demand it draws on."""

    key: str
    pool: str
    daily_micros: int
    market: Market
    click_factor: float = 1.0
    convert_factor: float = 1.0


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Per campaign (rows) and hour of the day (25 columns); money in account micros."""

    wanted_micros: Ints
    impressions: Ints
    clicks: Ints
    eligible: Ints
    leads: Ints
    phantom: Ints  # conversions the platform claims beyond the leads there were


def day_plan(seed: int, account: str, zone: str, day: date, campaigns: list[Serving]) -> DayPlan:
    """Everything the market would do on one day for these campaigns, before billing limits."""
    size = (len(campaigns), MOST_HOURS)
    if not campaigns:
        none = np.zeros(size, dtype=np.int64)
        return DayPlan(none, none, none, none, none, none)
    wish, price, demand = np.zeros(size), np.ones(size), np.ones(size)
    chance = np.stack([_draws(seed, account, each.key, day) for each in campaigns])
    for row, each in enumerate(campaigns):
        weights = hour_weights(day, zone, each.market.week)
        wish[row] = each.daily_micros * _appetite(seed, account, each, day) * weights
        price[row] = each.market.cpc_micros * np.exp(0.1 * _bell(chance[row, 5]))
        demand[row] = _demand(seed, account, each, day) * weights
    spend, mean_clicks = _auction(campaigns, wish, price, demand)
    clicks = counts(mean_clicks, chance[:, 0])
    paid = np.divide(spend, mean_clicks, out=np.zeros(size), where=mean_clicks > 0)
    ctr = np.array([[c.market.ctr * c.click_factor] for c in campaigns])
    rate = np.array([[c.market.conversion_rate * c.convert_factor] for c in campaigns])
    extra = np.array([[c.market.view_through] for c in campaigns])
    impressions = clicks + counts(mean_clicks / ctr * (1 - ctr), chance[:, 1])
    reach = np.divide(mean_clicks, demand, out=np.ones(size), where=demand > 0)
    leads = np.minimum(clicks, counts(clicks * rate, chance[:, 2]))
    return DayPlan(
        wanted_micros=np.rint(clicks * paid).astype(np.int64),
        impressions=impressions,
        clicks=clicks,
        eligible=np.rint(impressions / np.clip(reach, 0.02, 1.0)).astype(np.int64),
        leads=leads,
        phantom=counts(mean_clicks * rate * extra, chance[:, 3]),
    )


def _auction(
    campaigns: list[Serving], wish: Floats, price: Floats, demand: Floats
) -> tuple[Floats, Floats]:
    pools: dict[str, list[int]] = defaultdict(list)
    for row, each in enumerate(campaigns):
        pools[each.pool].append(row)
    spend, clicks = wish.copy(), np.zeros_like(wish)
    better = np.array([[each.click_factor] for each in campaigns])
    for rows in pools.values():
        there = demand[rows].mean(axis=0)
        sought = wish[rows] * better[rows] / price[rows]
        total = sought.sum(axis=0)
        most = _DEEPEST * there
        scale = np.where(total > most, most / np.maximum(total, 1e-9), 1.0)
        spend[rows] = wish[rows] * scale
        sought, total = sought * scale, total * scale
        safe = np.maximum(there, 1e-9)
        won = safe * -np.expm1(-total / safe)
        clicks[rows] = won * sought / np.maximum(total, 1e-9)
    return spend, clicks


def _appetite(seed: int, account: str, each: Serving, day: date) -> float:
    luck = generator("appetite", seed, account, each.key, day).standard_normal(1)[0]
    sigma = each.market.day_sigma
    factor = math.exp(sigma * float(luck) - sigma * sigma / 2)
    return weekday(day, each.market.week) * factor


def _demand(seed: int, account: str, each: Serving, day: date) -> float:
    luck = generator("demand", seed, account, each.pool, day).standard_normal(1)[0]
    return each.market.daily_clicks * weekday(day, each.market.week) * math.exp(0.1 * float(luck))


def _draws(seed: int, account: str, key: str, day: date) -> Floats:
    return generator("hours", seed, account, key, day).random((6, MOST_HOURS))


def _bell(uniform: Floats) -> Floats:
    result: Floats = np.sqrt(-2 * np.log(np.maximum(uniform, 1e-12))) - 1.177
    return np.clip(result, -1.2, 2.5)
