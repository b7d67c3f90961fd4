"""Ads of one ad group compared: how likely each is to be worse than the best, from counts alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy import special

Metric = Literal["conversions per click", "clicks per impression"]
MIN_CLICKS = 100
MIN_CONVERSIONS = 20
"""Below these counts of the whole ad group a verdict would be chance (conventions of the house)."""
SURE = 0.95
_PRIOR = 20.0  # trials' worth of the ad group's own rate lent to every ad
_POINTS = 2001


@dataclass(frozen=True)
class AdCount:
    """One ad's figures over final days. Conversions are the platform's claim: alike for siblings."""

    variant: str
    impressions: int
    clicks: int
    conversions: float


@dataclass(frozen=True)
class Standings:
    """The ads compared on one metric: ``worse`` is each ad's chance of being worse than the best.

    The best ad's own entry is 0. ``enough`` is False when there are too few counts to judge any.
    """

    metric: Metric
    counts: tuple[AdCount, ...]
    rates: tuple[float, ...]
    worse: tuple[float, ...]
    best: int
    enough: bool


def count(
    ad_facts: pa.Table, variants: Sequence[str], today: date, final_after_days: int
) -> tuple[AdCount, ...]:
    """Figures of each ad over its final days of the last 90, in the order of ``variants``."""
    last, first = today - timedelta(days=final_after_days + 1), today - timedelta(days=90)
    day = ad_facts["day"]
    inside = pc.and_(pc.greater_equal(day, first), pc.less_equal(day, last))
    table = ad_facts.filter(pc.and_(inside, pc.equal(ad_facts["level"], "ad")))
    index = pc.fill_null(pc.index_in(table["ad"], pa.array(variants, pa.string())), len(variants))

    def total(column: str) -> npt.NDArray[np.float64]:
        sums = np.bincount(index.to_numpy(), table[column].to_numpy(), len(variants) + 1)
        return sums.astype(np.float64)

    shown, clicked, converted = total("impressions"), total("clicks"), total("conversions")
    return tuple(
        AdCount(variant, int(shown[n]), int(clicked[n]), float(converted[n]))
        for n, variant in enumerate(variants)
    )


def compare(counts: Sequence[AdCount]) -> Standings:
    """Beta-Binomial comparison with the best, on conversions per click once there are enough of them.

    Raises:
        ValueError: fewer than two ads.
    """
    if len(counts) < 2:
        raise ValueError("A comparison takes at least two ads.")
    clicks = np.array([float(c.clicks) for c in counts])
    by_conversion = sum(c.conversions for c in counts) >= MIN_CONVERSIONS
    if by_conversion:
        hits = np.minimum(np.array([c.conversions for c in counts]), clicks)
        tries = clicks
    else:
        tries = np.array([float(max(c.impressions, c.clicks)) for c in counts])
        hits = clicks
    pooled = float(hits.sum() / tries.sum()) if tries.sum() else 0.0
    pooled = min(max(pooled, 1e-4), 1 - 1e-4)
    alpha = hits + _PRIOR * pooled
    beta = tries - hits + _PRIOR * (1 - pooled)
    rates = alpha / (alpha + beta)
    best = int(np.argmax(rates))
    worse = tuple(
        0.0 if n == best else _below((alpha[n], beta[n]), (alpha[best], beta[best]))
        for n in range(len(counts))
    )
    return Standings(
        metric="conversions per click" if by_conversion else "clicks per impression",
        counts=tuple(counts),
        rates=tuple(float(r) for r in rates),
        worse=worse,
        best=best,
        enough=clicks.sum() >= 2 * MIN_CLICKS and counts[best].clicks >= MIN_CLICKS,
    )


def losers(standings: Standings) -> tuple[int, ...]:
    """Places of the ads that lose with enough evidence, the surest first; never the best."""
    if not standings.enough:
        return ()
    sure = [
        n
        for n, chance in enumerate(standings.worse)
        if chance >= SURE and standings.counts[n].clicks >= MIN_CLICKS
    ]
    return tuple(sorted(sure, key=lambda n: (-standings.worse[n], n)))


def _below(one: tuple[float, float], other: tuple[float, float]) -> float:
    """P(A < B) for two Beta variables: B's density times A's distribution, summed where B has any mass."""
    alpha, beta = other
    mean = alpha / (alpha + beta)
    spread = 9 * (mean * (1 - mean) / (alpha + beta + 1)) ** 0.5
    at = np.linspace(max(mean - spread, 0.0), min(mean + spread, 1.0), _POINTS)[1:-1]
    log_density = (alpha - 1) * np.log(at) + (beta - 1) * np.log1p(-at)
    density = np.exp(log_density - log_density.max())
    return float(np.clip((density * special.betainc(*one, at)).sum() / density.sum(), 0.0, 1.0))
