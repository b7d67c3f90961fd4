"""The claims about each channel side by side, and how far they disagree as one number."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from engine.attribution import closed_won, last_click
from engine.model.world import ChannelView

Floats = npt.NDArray[np.float64]


def views(
    facts: pa.Table,
    deals: pa.Table,
    today: date,
    *,
    final_after_days: int = 7,
    window_days: int = 90,
) -> tuple[ChannelView, ...]:
    """One view per channel over the final days of the window, sorted by channel.

    Spend, platform claims and leads are of the same days (leads by the day the deal was created).
    The shares of closed-won take realised and expected revenue together, so that they compare at
    equal lead age.
    """
    first = today - timedelta(days=window_days)
    last = today - timedelta(days=final_after_days + 1)
    facts = facts.filter(_between(facts["day"], first, last))
    facts = facts.filter(pc.equal(facts["level"], "campaign"))
    deals = deals.filter(_between(deals["created_on"], first, last))
    channels = sorted(
        {c for c in (*facts["channel"].to_pylist(), *deals["channel"].to_pylist()) if c}
    )
    cost = last_click.sums(facts, channels, "channel", "cost_micros")
    claimed = last_click.sums(facts, channels, "channel", "conversions")
    clicked = last_click.leads(deals, channels)
    truth = closed_won.by(deals, channels, today)
    worth = np.array([t.revenue_micros + (t.expected_revenue_micros or 0) for t in truth], float)
    lead_share, won_share = last_click.shares(clicked), last_click.shares(worth)
    gap = disagreement(lead_share, won_share)
    return tuple(
        ChannelView(
            channel=channel,
            cost_micros=round(cost[n]),
            platform_conversions=float(claimed[n]),
            last_click_leads=int(clicked[n]),
            last_click_share=float(lead_share[n]),
            won=truth[n].won,
            revenue_micros=truth[n].revenue_micros,
            expected_won=truth[n].expected_won,
            expected_revenue_micros=truth[n].expected_revenue_micros,
            closed_won_share=float(won_share[n]),
            disagreement=gap,
        )
        for n, channel in enumerate(channels)
    )


def disagreement(one: Floats, other: Floats) -> float:
    """Half the sum of absolute share differences: 0 when two views agree, 1 when they share nothing.

    0 when either view has nothing to say.
    """
    if not one.any() or not other.any():
        return 0.0
    return float(min(0.5 * np.abs(one - other).sum(), 1.0))


def _between(column: pa.ChunkedArray, first: date, last: date) -> pa.ChunkedArray:
    return pc.and_(pc.greater_equal(column, first), pc.less_equal(column, last))
