"""What the CRM says was won, and what its open deals still promise at their age: two figures, never one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from engine.model import lag

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ClosedWon:
    """One place's results. Revenue in micros of the client's currency.

    ``expected_*`` are of the deals still open, on top of nothing: add them to nothing on a screen.
    None: too few deals have closed to know how long they take.
    """

    place: str
    leads: int
    open_deals: int
    won: int
    revenue_micros: int
    expected_won: float | None
    expected_revenue_micros: int | None


def by(
    deals: pa.Table, places: Sequence[str], today: date, column: str = "channel"
) -> tuple[ClosedWon, ...]:
    """Results per place, in the order of ``places``; win rates are drawn to the client's own."""
    index = pc.fill_null(
        pc.index_in(deals[column], pa.array(places, pa.string())), len(places)
    ).to_numpy()
    age, closed = lag.ages(deals, today)
    won = pc.fill_null(deals["won"], fill_value=False).to_numpy() & closed
    amount = pc.fill_null(deals["amount_micros"], 0).to_numpy().astype(np.float64)

    def count(rows: npt.NDArray[np.bool_], weights: Floats | None = None) -> Floats:
        kept = None if weights is None else weights[rows]
        found = np.bincount(index[rows], kept, len(places) + 1)[: len(places)]
        result: Floats = found.astype(np.float64)
        return result

    wins, revenue, settled = count(won), count(won, amount), count(closed)
    curve = lag.fit(deals, today)
    promise = worth = None
    if curve is not None:
        rates = np.append(lag.shrunk_rates(wins, settled), 0.0)
        chance = curve.expected_won(age, rates[index])
        average = amount[won].mean() if won.any() else 0.0
        priced = np.where(amount > 0, amount, average)
        promise, worth = count(~closed, chance), count(~closed, chance * priced)
    every = np.ones(len(index), dtype=np.bool_)
    return tuple(
        ClosedWon(
            place=place,
            leads=int(count(every)[n]),
            open_deals=int(count(~closed)[n]),
            won=int(wins[n]),
            revenue_micros=round(revenue[n]),
            expected_won=None if promise is None else float(promise[n]),
            expected_revenue_micros=None if worth is None else round(worth[n]),
        )
        for n, place in enumerate(places)
    )
