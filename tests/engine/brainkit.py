"""A small client made by formula: two campaigns with known response curves, deals with a known lag."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from engine.model.accounts import Account, AdGroupState, AdState, CampaignState, Snapshot
from engine.model.desired import DesiredAd, DesiredAdGroup, DesiredCampaign
from engine.model.outcomes import DEALS, FACTS, SourceState
from engine.model.world import World
from policies.actions import AdText
from tests import strategies

UNIT = 1_000_000
TODAY = date(2026, 11, 9)
NOW = datetime(2026, 11, 9, 6, 30, tzinfo=UTC)
ACCOUNT = Account("google_ads", "acc", "Acme", "GBP", "Europe/London")
CHANNELS = {"search": "google_search", "video": "youtube"}


def facts(rows: list[dict[str, Any]]) -> pa.Table:
    """Rows of FACTS; what a row leaves out is campaign level and zero."""
    blank = {"level": "campaign", "ad": "", "impressions": 0, "clicks": 0, "cost_micros": 0}
    blank |= {"conversions": 0.0, "value_micros": 0, "channel": "google_search"}
    return pa.Table.from_pylist([{**blank, **row} for row in rows], schema=FACTS)


def deals(rows: list[dict[str, Any]]) -> pa.Table:
    """Rows of DEALS; what a row leaves out is an open deal of nobody."""
    blank: dict[str, Any] = {"closed_on": None, "stage": "", "won": None, "amount_micros": 0}
    blank |= {"currency": "GBP", "campaign": "", "channel": "", "click_id": ""}
    blank |= {"modified_at": NOW, "created_on": TODAY}
    return pa.Table.from_pylist(
        [{"deal_id": f"d{n}", **blank, **row} for n, row in enumerate(rows)], schema=DEALS
    )


def market(
    spend: dict[str, int],
    scale: dict[str, float],
    lead_rate: dict[str, float],
    *,
    days: int = 100,
    seed: int = 1,
    win: float = 0.2,
    last: date = TODAY,
) -> tuple[pa.Table, pa.Table]:
    """Facts and deals of ``days`` days up to ``last``: clicks 2,000 (1 - exp(-spend / scale)) a day."""
    draw = np.random.default_rng(seed)
    rows, sold = [], []
    for campaign, daily in spend.items():
        for ago in range(days, -1, -1):
            day = last - timedelta(days=ago)
            cost = daily * float(np.exp(draw.normal(0, 0.22)))
            clicks = int(draw.poisson(2000 * -np.expm1(-cost / scale[campaign])))
            leads = int(draw.binomial(clicks, lead_rate[campaign]))
            rows.append(
                {
                    "day": day,
                    "campaign": campaign,
                    "channel": CHANNELS[campaign],
                    "impressions": clicks * 20,
                    "clicks": clicks,
                    "cost_micros": round(cost * UNIT),
                    "conversions": float(leads),
                }
            )
            for _ in range(leads):
                closed = day + timedelta(days=int(draw.integers(5, 40)))
                done = closed <= last
                sold.append(
                    {
                        "created_on": day,
                        "closed_on": closed if done else None,
                        "won": bool(draw.random() < win) if done else None,
                        "amount_micros": 1000 * UNIT,
                        "campaign": campaign,
                        "channel": CHANNELS[campaign],
                    }
                )
    return facts(rows), deals(sold)


def desired(campaign: str, daily: int, ads: tuple[str, ...] = ()) -> DesiredCampaign:
    """One of our campaigns with one ad group ``main``."""
    group = DesiredAdGroup(
        ad_group="main",
        name="Main",
        ads=tuple(DesiredAd(variant=v, concept="plain", text=text(v)) for v in ads),
    )
    return DesiredCampaign(
        client=strategies.CLIENT,
        campaign=campaign,
        account="acc",
        channel=CHANNELS[campaign],
        name=campaign,
        daily_micros=daily * UNIT,
        enabled=True,
        ad_groups=(group,),
    )


def text(word: str) -> AdText:
    """A small search ad."""
    return AdText(
        headlines=(f"{word} one", "Two", "Three"),
        descriptions=("Plain answers.", "Ask us."),
        final_url="https://acme.example/",
    )


def snapshot(ads: dict[str, bool], campaign: str = "search") -> Snapshot:
    """The account as read, with the ads of one ad group; True: enabled."""
    states = tuple(AdState(f"ads/{v}", v, on, text(v)) for v, on in ads.items())
    group = AdGroupState("groups/1", "main", "Main", True, (), states)
    state = CampaignState(
        "campaigns/1",
        "1",
        campaign,
        f"{campaign} cc-00000000",
        CHANNELS[campaign],
        True,
        400 * UNIT,
        "budgets/1",
        False,
        (group,),
    )
    return Snapshot(ACCOUNT, NOW, (state,))


def world(**fields: Any) -> World:
    """Search at 400 a day and video at 200, everything fresh, nothing spent yet this month."""
    campaigns = fields.pop(
        "campaigns",
        (
            strategies.campaign("search", "google_search", 400),
            strategies.campaign("video", "youtube", 200),
        ),
    )
    state = strategies.standing(*campaigns, **fields.pop("standing", {}))
    whole: dict[str, Any] = {
        "client": strategies.CLIENT,
        "currency": "GBP",
        "time_zone": "Europe/London",
        "today": TODAY,
        "now": NOW,
        "policy": strategies.policy(),
        "standing": state,
        "desired": {"search": desired("search", 400), "video": desired("video", 200)},
        "sources": (SourceState("google_ads", NOW, "fresh", "google_ads is up to date."),),
    }
    return World(**{**whole, **fields})
