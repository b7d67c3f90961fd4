"""How long deals take to close, learnt from those that closed: what an open deal still promises at its age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Floats = npt.NDArray[np.float64]
MIN_CLOSED = 20
"""Fewer closed deals than this say nothing about the lag (a convention of the house)."""
_WEIGHT = 20.0  # deals' worth of the whole client's rate lent to each channel


@dataclass(frozen=True)
class Lag:
    """``closed_by[n]`` is the share of all deals that have closed by age n days; it never falls."""

    closed_by: Floats
    sample: int

    def closed_share(self, age_days: npt.ArrayLike) -> Floats:
        """The share closed by each age; 1.0 beyond the oldest age seen."""
        ages = np.clip(np.asarray(age_days, dtype=np.int64), 0, len(self.closed_by) - 1)
        found: Floats = self.closed_by[ages]
        return found

    def expected_won(self, age_days: npt.ArrayLike, win_rate: npt.ArrayLike) -> Floats:
        """Chance that a deal still open at each age is won within the ages seen so far; falls with age.

        ``w (F_end - F(age)) / (1 - F(age))`` by Bayes, with won and lost deals closing at one pace.
        """
        closed = self.closed_share(age_days)
        left = np.maximum(self.closed_by[-1] - closed, 0.0)
        still = 1.0 - closed
        chance = np.divide(left, still, out=np.zeros_like(left), where=still > 0)
        expected: Floats = np.asarray(win_rate, dtype=np.float64) * chance
        return expected

    def expected_realised(self, age_days: npt.ArrayLike, win_rate: npt.ArrayLike) -> Floats:
        """Chance that a deal has been won by each age; grows with age."""
        realised: Floats = np.asarray(win_rate, dtype=np.float64) * self.closed_share(age_days)
        return realised


def fit(deals: pa.Table, today: date) -> Lag | None:
    """The empirical days-to-close curve (Kaplan-Meier: open deals are censored, not dropped).

    Returns None with fewer than ``MIN_CLOSED`` closed deals.
    """
    age, closed = ages(deals, today)
    events = int(closed.sum())
    if events < MIN_CLOSED:
        return None
    most = int(age.max()) + 1
    ended = np.bincount(age[closed], minlength=most).astype(np.float64)
    left = np.bincount(age, minlength=most).astype(np.float64)
    at_risk = np.cumsum(left[::-1])[::-1]
    hazard = np.divide(ended, at_risk, out=np.zeros(most), where=at_risk > 0)
    closed_by: Floats = (1.0 - np.cumprod(1.0 - hazard)).astype(np.float64)
    return Lag(closed_by, events)


def ages(deals: pa.Table, today: date) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Age in days of each deal at closing, or at ``today`` while open, and whether it has closed."""
    created = _days(deals["created_on"])
    closed_on = pc.fill_null(deals["closed_on"].cast(pa.int32()), -1).to_numpy()
    number = (today - date(1970, 1, 1)).days
    closed = (closed_on >= 0) & (closed_on <= number)
    end = np.where(closed, closed_on, number)
    return np.maximum(end - created, 0).astype(np.int64), closed


def _days(column: Any) -> npt.NDArray[np.int64]:
    days: npt.NDArray[np.int64] = column.cast(pa.int32()).to_numpy().astype(np.int64)
    return days


def shrunk_rates(won: Floats, settled: Floats) -> Floats:
    """Win rate per group, drawn to the rate of all groups by ``20`` deals' worth of it."""
    whole = float(won.sum() / settled.sum()) if settled.sum() else 0.0
    rates: Floats = (won + _WEIGHT * whole) / (settled + _WEIGHT)
    return rates
