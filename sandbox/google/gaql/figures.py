"""Metrics as the platform shows them at an instant: late hours, late conversions, credits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import numpy as np

from sandbox.market.noise import Ints, share
from sandbox.market.reporting import credited, credited_at, hour_lags, split
from sandbox.market.season import MOST_HOURS, clock_hours, hours_of
from sandbox.state import CLICKS, COST, ELIGIBLE, IMPRESSIONS, Account, DayBook
from sandbox.truth import credit_of


class Slot(NamedTuple):
    """Where a figure belongs: campaign, ad (empty unless asked for), day, hour (-1: whole day)."""

    campaign_id: int
    ad: str
    day: date
    hour: int


@dataclass
class Sums:
    """Added-up figures of a row."""

    impressions: int = 0
    clicks: int = 0
    cost_micros: int = 0
    eligible: int = 0
    conversions: float = 0.0
    value: float = 0.0

    def add(self, other: Sums) -> None:
        """Add another row's figures."""
        self.impressions += other.impressions
        self.clicks += other.clicks
        self.cost_micros += other.cost_micros
        self.eligible += other.eligible
        self.conversions += other.conversions
        self.value += other.value

    @property
    def empty(self) -> bool:
        """Nothing to show."""
        return not (self.impressions or self.clicks or self.cost_micros or self.conversions)


@dataclass
class _Seen:
    figures: Ints
    claims: list[tuple[int, float, str]] = field(default_factory=list)


def slots(
    account: Account,
    seed: int,
    now: datetime,
    span: tuple[date, date],
    *,
    by_ad: bool,
    by_hour: bool,
) -> Iterator[tuple[Slot, Sums]]:
    """Figures per campaign (or ad) and day (or hour) that are visible at `now`."""
    for (campaign, day), book in account.days.items():
        if not span[0] <= day <= span[1]:
            continue
        seen = _seen(account, seed, now, (campaign, day), book)
        parts = _by_ad(seen, book, seed, day) if by_ad else [("", seen)]
        for ad, part in parts:
            yield from _rows(account, Slot(campaign, ad, day, -1), part, by_hour=by_hour)


def _seen(
    account: Account, seed: int, now: datetime, place: tuple[int, date], book: DayBook
) -> _Seen:
    campaign, day = place
    zone, key = account.spec.time_zone, account.keys[campaign]
    who = (seed, account.customer_id, key, day)
    hours = hours_of(day, zone)
    figures = book.figures
    end = hours[-1] + timedelta(hours=1)
    if now < end + timedelta(hours=3):
        ends = np.array([at.timestamp() + 3600 for at in hours])
        shown = np.zeros(MOST_HOURS, dtype=np.int64)
        shown[: len(hours)] = ends + hour_lags(*who)[: len(hours)] <= now.timestamp()
        figures = figures * shown
    ppm = credit_of(account, campaign, day, seed)
    if ppm and now >= credited_at(end, *who):
        figures = figures.copy()
        for row in (CLICKS, COST):
            figures[row] -= credited(figures[row], ppm)
    limit = now.timestamp()
    claims = [(c.hour, c.value_micros / 1e6, c.ad) for c in book.claims if c.seen <= limit]
    return _Seen(figures, claims)


def _by_ad(seen: _Seen, book: DayBook, seed: int, day: date) -> list[tuple[str, _Seen]]:
    found: dict[str, _Seen] = {}
    for stretch in book.stretches:
        span = slice(stretch.first, stretch.last)
        offset = share("split", seed, day, stretch.ads)
        parts = [split(seen.figures[row, span], stretch.weights, offset) for row in range(4)]
        for index, ad in enumerate(stretch.ads):
            mine = found.setdefault(ad, _Seen(np.zeros((4, MOST_HOURS), dtype=np.int64)))
            mine.figures[:, span] = [part[index] for part in parts]
    for claim in seen.claims:
        found[claim[2]].claims.append(claim)
    return list(found.items())


def _rows(
    account: Account, slot: Slot, seen: _Seen, *, by_hour: bool
) -> Iterator[tuple[Slot, Sums]]:
    figures = seen.figures
    if not by_hour:
        yield slot, _sums(figures.sum(axis=1), [value for _, value, _ in seen.claims])
        return
    for index, hour in enumerate(clock_hours(slot.day, account.spec.time_zone)):
        values = [value for at, value, _ in seen.claims if at == index]
        yield slot._replace(hour=hour), _sums(figures[:, index], values)


def _sums(column: Any, values: list[float]) -> Sums:
    return Sums(
        impressions=int(column[IMPRESSIONS]),
        clicks=int(column[CLICKS]),
        cost_micros=int(column[COST]),
        eligible=int(column[ELIGIBLE]),
        conversions=float(len(values)),
        value=float(sum(values)),
    )


def fill(metrics: Any, sums: Sums, *, search: bool) -> None:
    """Write figures into a Metrics message. Shares are for search only; under 0.1 shows 0.0999."""
    metrics.impressions, metrics.clicks = sums.impressions, sums.clicks
    metrics.cost_micros = sums.cost_micros
    metrics.conversions = metrics.all_conversions = sums.conversions
    metrics.conversions_value = sums.value
    if sums.impressions:
        metrics.ctr = sums.clicks / sums.impressions
    if sums.clicks:
        metrics.average_cpc = sums.cost_micros / sums.clicks
    if sums.conversions:
        metrics.cost_per_conversion = sums.cost_micros / sums.conversions
    if search and sums.eligible:
        got = min(1.0, sums.impressions / sums.eligible)
        metrics.search_impression_share = got if got >= 0.1 else 0.0999
        metrics.search_budget_lost_impression_share = min(0.9001, (1 - got) * 0.7)
        metrics.search_rank_lost_impression_share = min(0.9001, (1 - got) * 0.3)
