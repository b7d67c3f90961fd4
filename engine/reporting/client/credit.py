"""Whose claim counts: closed-won truth, last-click, or what each platform reports for itself. Pure.

Closed-won truth counts every primary action the CRM knows once, whichever ad or none led to it. Last-click counts
those with a click on record, by the channel of the last one. What platforms report is shown channel by channel and
never added up: two platforms may claim the same customer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa

from engine.model import closed_won, credit
from engine.reporting.client.kpis import Claim, Daily, Kpi, Kpis, Totals
from engine.reporting.client.material import ChannelCredit, Credited, Material
from engine.reporting.client.periods import Period
from engine.reporting.client.series import ratio
from engine.reporting.words import channel as channel_name
from engine.reporting.words import count, percent
from policies.money import MICROS

Credit = Literal["closed_won", "last_click", "platform"]
NAMES: dict[Credit, str] = {
    "closed_won": "Closed-won truth",
    "last_click": "Last-click",
    "platform": "Platform-reported",
}


@dataclass(frozen=True)
class Comparison:
    """Two views side by side over one period, and how far they split credit apart over the settled days.

    ``points`` are hundredths of all credit, None when one view has nothing to say; ``sentence`` says it.
    """

    truth: Totals
    last_click: Totals
    unclicked: float
    first: date
    last: date
    points: int | None
    sentence: str
    channels: tuple[ChannelCredit, ...]


def clicked(material: Material) -> Material:
    """The same material with the deals of a known last click alone."""
    kept = material.copy()
    for name in ("actions", "won"):
        frame = material[name]
        kept[name] = frame[frame["channel"] != ""]
    return kept


def split(spend: pd.DataFrame, claims: pd.DataFrame, deals: pa.Table, today: date) -> Credited:
    """What each channel gets of the settled days' credit by either view, with the loop's own arithmetic.

    ``deals`` are those begun on the settled days, in the columns ``closed_won.by`` reads.
    """
    first, last = credit.settled(today)
    cost, claimed = _sum(spend, "cost_micros", first, last), _sum(claims, "claimed", first, last)
    channels = sorted({c for c in (*cost, *deals["channel"].to_pylist()) if c})
    truth = closed_won.by(deals, channels, today)
    leads = credit.sums(deals, channels, "channel", None)
    worth = credit.worth(
        [t.revenue_micros for t in truth], [t.expected_revenue_micros for t in truth]
    )
    by_click, by_worth = credit.shares(leads), credit.shares(worth)
    rows = [
        ChannelCredit(
            channel=channel,
            cost_micros=round(cost.get(channel, 0.0)),
            claimed=claimed.get(channel, 0.0),
            leads=int(leads[n]),
            last_click_share=float(by_click[n]),
            won=truth[n].won,
            revenue_micros=truth[n].revenue_micros,
            expected_won=truth[n].expected_won,
            expected_revenue_micros=truth[n].expected_revenue_micros,
            closed_won_share=float(by_worth[n]),
        )
        for n, channel in enumerate(channels)
    ]
    speaks = bool(np.any(by_click)) and bool(np.any(by_worth))
    gap = credit.disagreement(by_click, by_worth) if speaks else None
    return Credited(first=first, last=last, channels=rows, disagreement=gap)


def compare(found: Credited, every: Daily, by_click: Daily, span: Period) -> Comparison:
    """Both totals of the period's days, and the disagreement over the settled days.

    ``every`` are the daily sums of all deals, ``by_click`` those of deals with a known click.
    """
    truth = every.totals(span.first, span.last)
    last_click = by_click.totals(span.first, span.last)
    gap = found["disagreement"]
    return Comparison(
        truth=truth,
        last_click=last_click,
        unclicked=truth.actions - last_click.actions,
        first=found["first"],
        last=found["last"],
        points=None if gap is None else round(100 * gap),
        sentence=_sentence(found),
        channels=tuple(found["channels"]),
    )


def _sentence(found: Credited) -> str:
    if found["disagreement"] is None:
        return "There is too little settled yet to set last-click and closed-won beside each other."
    points = round(100 * found["disagreement"])
    if not points:
        return "Last-click and closed-won split credit alike."
    most = max(found["channels"], key=lambda c: c["last_click_share"] - c["closed_won_share"])
    return (
        f"Last-click and closed-won split credit differently: {count(points, 'point')} apart. "
        f"{channel_name(most['channel'])} gets {percent(most['last_click_share'])} of the leads by last click "
        f"and {percent(most['closed_won_share'])} of what the deals are worth."
    )


def reported(found: Kpis, material: Material, span: Period) -> Kpis:
    """The four figures with the platforms' own claims: by channel, and without any total of them."""
    spend, actions, cost, roas = found.figures
    media = _sum(material["spend"], "cost_micros", span.first, span.last)
    claimed = _sum(material["claims"], "claimed", span.first, span.last)
    value = _sum(material["claims"], "value_micros", span.first, span.last)
    value = {c: v for c, v in value.items() if valued(claimed.get(c, 0.0), v)}
    channels = sorted({*media, *claimed}, key=lambda c: (-media.get(c, 0.0), c))
    return replace(
        found,
        figures=(
            spend,
            _no_total(actions, [(c, claimed.get(c, 0.0)) for c in channels]),
            _no_total(cost, [(c, ratio(media.get(c, 0.0), claimed.get(c, 0.0))) for c in channels]),
            _no_total(roas, [(c, worth_of(value.get(c), media.get(c, 0.0))) for c in channels]),
        ),
    )


def valued(claimed: float, value_micros: float) -> bool:
    """False when a channel's platform claims no value, or every conversion counts one unit of money: its default.

    Google Ads gives each conversion the value 1 unless told another (Google Ads Help, "About conversion values").
    """
    return bool(value_micros) and abs(value_micros - claimed * MICROS) > MICROS / 2


def worth_of(value_micros: float | None, media_micros: float) -> float | None:
    """Claimed value over media; None where no value is claimed or nothing was spent."""
    return None if value_micros is None else ratio(value_micros, media_micros)


def _no_total(kpi: Kpi, claims: list[tuple[str, float | None]]) -> Kpi:
    told = tuple(Claim(channel, value) for channel, value in claims)
    return replace(
        kpi, value=None, change=None, better=None, series=(), target=None, maturing=0, claims=told
    )


def _sum(frame: pd.DataFrame, column: str, first: date, last: date) -> dict[str, float]:
    """The sum of one column by channel from ``first`` to ``last``; rows of no known channel are left out."""
    if frame.empty:
        return {}
    kept = frame[(frame["day"] >= first) & (frame["day"] <= last)]
    sums = kept.groupby("channel")[column].sum()
    return {str(c): float(v) for c, v in zip(sums.index, sums, strict=True) if c}
