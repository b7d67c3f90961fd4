"""What a platform shows of the truth, and when: late hours, late conversions, click credits."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from sandbox.market.noise import Ints, generator, share
from sandbox.market.season import MOST_HOURS

_MOST_LAG = 3 * 3600
_MOST_CREDIT_PPM = 20_000


def hour_lags(*key: object) -> Ints:
    """Seconds after each hour's end until its clicks and cost are shown: 0 to 3 hours."""
    return (generator("shown", *key).random(MOST_HOURS) * _MOST_LAG).astype(np.int64)


def claim_lag(*key: object) -> timedelta:
    """From a form fill to its conversion in the platform's report: 3 to 15 hours."""
    return timedelta(seconds=int((3 + 12 * share("claim", *key)) * 3600))


def credit_ppm(*key: object) -> int:
    """The share of a day's clicks credited later as invalid, in millionths: up to 2 %."""
    return int(share("credit", *key) * _MOST_CREDIT_PPM)


def credited_at(day_end: datetime, *key: object) -> datetime:
    """When the credit of a day shows: half a day to four days after the day's end."""
    return day_end + timedelta(seconds=int((12 + 84 * share("credited", *key)) * 3600))


def credited(gross: Ints, ppm: int) -> Ints:
    """What is taken back of each hour's figure, rounded down."""
    result: Ints = gross * ppm // 1_000_000
    return result


def split(totals: Ints, weights: list[float], offset: float) -> Ints:
    """Share whole numbers out over parts: rows are parts, and each column adds up to its total.

    Systematic sampling with one offset in [0, 1): no part is ever negative or off by more than 1.
    """
    edges = np.concatenate([[0.0], np.cumsum(np.asarray(weights) / sum(weights))])
    edges[-1] = 1.0
    cuts = np.floor(edges[:, None] * totals[None, :].astype(np.float64) + offset)
    cuts[0], cuts[-1] = 0, totals
    result: Ints = np.diff(cuts, axis=0).astype(np.int64)
    return result
