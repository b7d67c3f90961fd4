"""CRM leads by the channel of their last click, and what the platforms claim beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Floats = npt.NDArray[np.float64]


def leads(deals: pa.Table, places: Sequence[str], by: str = "channel") -> Floats:
    """Leads per place (channels, or campaigns with ``by="campaign"``), in the order of ``places``.

    Leads of no known place are counted nowhere.
    """
    return sums(deals, places, by, None)


def sums(table: pa.Table, places: Sequence[str], by: str, column: str | None) -> Floats:
    """The sum of a column per place (None: the number of rows)."""
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
