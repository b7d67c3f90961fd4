"""The claims about each channel side by side, and how far they disagree as one number."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from engine.attribution import last_click
from engine.model import closed_won, credit
from engine.model.world import ChannelView


def views(
    facts: pa.Table,
    deals: pa.Table,
    today: date,
    *,
    final_after_days: int = credit.FINAL_AFTER_DAYS,
    window_days: int = credit.WINDOW_DAYS,
) -> tuple[ChannelView, ...]:
    """One view per channel over the final days of the window, sorted by channel.

    Spend, platform claims and leads are of the same days (leads by the day the deal was created).
    The shares of closed-won take realised and expected revenue together, so that they compare at
    equal lead age.
    """
    first, last = credit.settled(today, window_days, final_after_days)
    facts = facts.filter(_between(facts["day"], first, last))
    facts = facts.filter(pc.equal(facts["level"], "campaign"))
    deals = deals.filter(_between(deals["created_on"], first, last))
    channels = sorted(
        {c for c in (*facts["channel"].to_pylist(), *deals["channel"].to_pylist()) if c}
    )
    cost = credit.sums(facts, channels, "channel", "cost_micros")
    claimed = credit.sums(facts, channels, "channel", "conversions")
    clicked = last_click.leads(deals, channels)
    truth = closed_won.by(deals, channels, today)
    worth = credit.worth(
        [t.revenue_micros for t in truth], [t.expected_revenue_micros for t in truth]
    )
    lead_share, won_share = credit.shares(clicked), credit.shares(worth)
    gap = credit.disagreement(lead_share, won_share)
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


def _between(column: pa.ChunkedArray, first: date, last: date) -> pa.ChunkedArray:
    return pc.and_(pc.greater_equal(column, first), pc.less_equal(column, last))
