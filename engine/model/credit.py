"""The arithmetic of credit: whom a count belongs to, how a view splits it, how far two views disagree.

The loop's attribution and the client's screens stand on these same functions, so that the number a person reads is
the number the optimiser was given.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Floats = npt.NDArray[np.float64]
WINDOW_DAYS = 90
FINAL_AFTER_DAYS = 7
"""The days over which views are compared, and how many of the latest are left out because they may still change
(conventions of the house)."""


def settled(
    today: date, window_days: int = WINDOW_DAYS, final_after_days: int = FINAL_AFTER_DAYS
) -> tuple[date, date]:
    """The first and last account day over which views are compared; both are final."""
    return today - timedelta(days=window_days), today - timedelta(days=final_after_days + 1)


def sums(table: pa.Table, places: Sequence[str], by: str, column: str | None) -> Floats:
    """The sum of a column per place (None: the number of rows), in the order of ``places``.

    Rows of no known place are counted nowhere.
    """
    index = pc.fill_null(pc.index_in(table[by], pa.array(places, pa.string())), len(places))
    weights = None if column is None else pc.fill_null(table[column], 0).to_numpy()
    found = np.bincount(index.to_numpy(), weights, len(places) + 1)[: len(places)]
    result: Floats = found.astype(np.float64)
    return result


def shares(amounts: Floats) -> Floats:
    """Each amount over their sum; all zero when there is nothing."""
    total = amounts.sum()
    result: Floats = amounts / total if total > 0 else np.zeros_like(amounts)
    return result


def worth(revenue: Sequence[int], expected: Sequence[int | None]) -> Floats:
    """What each place's deals are worth at equal lead age: realised and still expected, in micros.

    For shares only. On a screen the two are never one figure.
    """
    return np.array([r + (e or 0) for r, e in zip(revenue, expected, strict=True)], np.float64)


def disagreement(one: Floats, other: Floats) -> float:
    """Half the sum of absolute share differences: 0 when two views agree, 1 when they share nothing.

    0 when either view has nothing to say. The total variation distance of two distributions.
    """
    if not one.any() or not other.any():
        return 0.0
    return float(min(0.5 * np.abs(one - other).sum(), 1.0))
