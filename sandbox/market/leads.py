"""What becomes of a click that filled in the form: its delay, its deal, its repeat orders."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from sandbox.market.noise import generator
from sandbox.market.params import Market

STAGES = ("Appointment Scheduled", "Qualified To Buy", "Contract Sent")
WON, LOST = "Closed Won", "Closed Lost"


@dataclass(frozen=True, slots=True)
class Lead:
    """One deal of the CRM, known to its end at birth. Instants are UTC, money account micros."""

    campaign_id: int  # 0: came without an ad
    clicked: datetime
    created: datetime
    qualified: datetime
    contract: datetime
    closed: datetime
    won: bool
    amount_micros: int
    gclid: str  # empty: the click id was lost
    direct: bool  # the CRM files it under direct traffic
    ad: str  # resource name of the ad that was clicked, or empty
    owner: int
    number: int = 0

    def stage_at(self, now: datetime) -> str:
        """The stage the CRM shows at `now`; empty before the form fill."""
        if now >= self.closed:
            return WON if self.won else LOST
        if now >= self.contract:
            return STAGES[2]
        if now >= self.qualified:
            return STAGES[1]
        return STAGES[0] if now >= self.created else ""

    def modified_at(self, now: datetime) -> datetime:
        """The last change of the deal that had happened by `now`."""
        seen = (self.created, self.qualified, self.contract, self.closed)
        return max((at for at in seen if at <= now), default=self.created)


def born(
    market: Market, clicked_hour: datetime, campaign_id: int, ad: str, *key: object
) -> list[Lead]:
    """The lead of a click in `clicked_hour` and the repeat orders that follow it."""
    draw = generator("lead", *key)
    uniform, bell = draw.random(8), draw.standard_normal(4)
    clicked = clicked_hour + timedelta(seconds=int(uniform[0] * 3600))
    hours = market.conversion_delay_hours * math.exp(1.0 * float(bell[0]))
    created = clicked + timedelta(seconds=60 + int(min(hours, 24 * 60) * 3600))
    lost = bool(uniform[1] < market.tracking_loss)
    first = _deal(
        market,
        clicked=clicked,
        created=created,
        won=bool(uniform[2] < market.lead_to_won),
        bell=bell,
        campaign_id=campaign_id,
        gclid="" if lost else f"Cj0K{draw.bytes(18).hex()}",
        direct=lost and bool(uniform[3] < 0.4),
        ad=ad,
        owner=int(uniform[4] * 1000),
    )
    deals = [first]
    while first.won and len(deals) < 12 and draw.random() < market.repeat_rate:
        gap = market.repeat_days_median * math.exp(0.4 * float(draw.standard_normal()))
        again = deals[-1].closed + timedelta(seconds=int(gap * 86_400))
        deals.append(
            _deal(
                market,
                clicked=first.clicked,
                created=again,
                won=True,
                bell=draw.standard_normal(4),
                campaign_id=campaign_id,
                gclid="",
                direct=first.direct,
                ad=ad,
                owner=first.owner,
            )
        )
    return deals


def _deal(
    market: Market,
    *,
    clicked: datetime,
    created: datetime,
    won: bool,
    bell: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    campaign_id: int,
    gclid: str,
    direct: bool,
    ad: str,
    owner: int,
) -> Lead:
    days = market.days_to_close_median * math.exp(0.5 * float(bell[1]))
    span = max(60, int(days * 86_400))
    sigma = market.deal_value_sigma
    value = market.deal_value_micros * math.exp(sigma * float(bell[2]) - sigma * sigma / 2)
    whole = 10_000  # amounts are whole hundredths of a unit
    return Lead(
        campaign_id=campaign_id,
        clicked=clicked,
        created=created,
        qualified=created + timedelta(seconds=span // 5),
        contract=created + timedelta(seconds=span * 3 // 5),
        closed=created + timedelta(seconds=span),
        won=won,
        amount_micros=max(whole, round(value / whole) * whole),
        gclid=gclid,
        direct=direct,
        ad=ad,
        owner=owner,
    )
