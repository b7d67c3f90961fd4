"""Actions of every kind on drawn accounts, to try two policies on. Seeded."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from policies.actions import (
    AdSpec,
    AdText,
    BudgetChange,
    PauseVariant,
    SetBudgets,
    SetCampaignStatus,
    ShipVariant,
)
from policies.policy import Policy
from policies.standing import AccountStanding, CampaignStanding, Movement, Standing

UNIT = 1_000_000
PHASES: Any = ("launch", "closed_loop", "continuous")
CHANNELS = ("google_search", "youtube")
HEADLINES = ("Plain facts", "Guaranteed results", "The No.1 choice", "Buy it now", "Free delivery")
AGENTS = ("channel_mix", "pacing", "pause_losers")


def tries(dice: random.Random, policy: Policy, count: int) -> list[tuple[Any, Standing]]:
    """So many actions, each with the standing it meets."""
    return [_one(dice, policy) for _ in range(count)]


def _one(dice: random.Random, policy: Policy) -> tuple[Any, Standing]:
    world = _standing(dice, policy)
    found = dice.choice(world.campaigns)
    who: dict[str, Any] = {
        "client": policy.client,
        "currency": policy.currency,
        "agent": dice.choice(AGENTS),
        "reason": "a try",
    }
    place: dict[str, Any] = {
        "campaign": found.campaign,
        "account": "acc",
        "channel": found.channel,
    }
    kind = dice.randrange(5)
    if kind == 0:
        return PauseVariant(**who, **place, ad_group="g", variant="v"), world
    if kind == 1:
        off: dict[str, Any] = {"enabled": False, "daily_micros": found.daily_micros}
        return SetCampaignStatus(**who, **place, **off), world
    if kind == 2:
        text = AdText(
            headlines=(dice.choice(HEADLINES),),
            descriptions=("Book a free consultation.",),
            final_url="https://example.com/",
        )
        ad = AdSpec(variant="v2", concept="c", text=text)
        return ShipVariant(**who, **place, ad_group="g", ad=ad), world
    before = found.daily_micros
    after = round(before * dice.uniform(0.5, 1.7))
    change = BudgetChange(**place, before_micros=before, after_micros=after)
    return SetBudgets(**who, changes=(change,)), world


def _standing(dice: random.Random, policy: Policy) -> Standing:
    today = date(2026, 11, dice.randint(1, 30))
    now = datetime(2026, 11, today.day, 6, tzinfo=UTC)
    account = AccountStanding(
        account="acc",
        platform="google_ads",
        currency=policy.currency,
        today=today,
        days_in_month=30,
    )
    moves = tuple(
        Movement(
            at=now - timedelta(days=dice.randint(1, 20)),
            channel=dice.choice(CHANNELS),
            delta_micros=dice.randint(-60, 60) * UNIT,
        )
        for _ in range(dice.randint(0, 3))
    )
    return Standing(
        client=policy.client,
        currency=policy.currency,
        now=now,
        phase=dice.choice(PHASES),
        accounts=(account,),
        campaigns=tuple(_campaign(n, today.day, dice) for n in range(4)),
        movements=moves,
        paused_today=tuple(f"p{n}" for n in range(dice.randint(0, 7))),
    )


def _campaign(number: int, day: int, dice: random.Random) -> CampaignStanding:
    daily = dice.randint(20, 380) * UNIT
    return CampaignStanding(
        campaign=f"c{number}",
        account="acc",
        platform="google_ads",
        channel=CHANNELS[number % 2],
        enabled=True,
        daily_micros=daily,
        highest_today_micros=daily,
        spent_before_today_micros=round(daily * (day - 1) * dice.uniform(0.6, 1.1)),
        spent_today_micros=0,
    )
