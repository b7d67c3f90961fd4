"""Hypothesis strategies and builders for actions, standings and policies (GBP, Google Ads)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from policies.actions import (
    AdGroupSpec,
    AdSpec,
    AdText,
    BudgetChange,
    LaunchCampaign,
    PauseVariant,
    SetBudgets,
    SetCampaignStatus,
    ShiftBudget,
    ShipVariant,
)
from policies.policy import Policy
from policies.presets import text
from policies.reading import read_policy
from policies.standing import AccountStanding, CampaignStanding, Movement, Standing
from tests.levers import CLIENT, UNIT, WHO, lever_acts, targetings

NOW = datetime(2026, 11, 9, 6, tzinfo=UTC)


@cache
def policy(name: str = CLIENT) -> Policy:
    """A preset as a policy."""
    return read_policy(text(name), suffix=".toml")


def with_rule(rule: str, base: Policy | None = None, **bounds: Any) -> Policy:
    """A policy with some bounds of one rule replaced (values as kept inside.

    Micros, millionths).
    """
    base = base or policy()
    rails = base.guardrails
    changed = getattr(rails, rule).model_copy(update=bounds)
    return base.model_copy(update={"guardrails": rails.model_copy(update={rule: changed})})


def campaign(key: str, channel: str, daily: int, **more: Any) -> CampaignStanding:
    """A running Google campaign with a daily budget in whole units and nothing spent."""
    fields: dict[str, Any] = {
        "campaign": key,
        "account": "acc",
        "platform": "google_ads",
        "channel": channel,
        "enabled": True,
        "daily_micros": daily * UNIT,
        "highest_today_micros": daily * UNIT,
        "spent_before_today_micros": 0,
        "spent_today_micros": 0,
    }
    return CampaignStanding(**{**fields, **more})


def account(**more: Any) -> AccountStanding:
    """A Google account in GBP on 9 November."""
    fields: dict[str, Any] = {
        "account": "acc",
        "platform": "google_ads",
        "currency": "GBP",
        "today": date(2026, 11, 9),
        "days_in_month": 30,
    }
    return AccountStanding(**{**fields, **more})


def standing(*campaigns: CampaignStanding, **more: Any) -> Standing:
    """A closed-loop standing; two Search and two YouTube campaigns unless others are given."""
    fields: dict[str, Any] = {
        "client": CLIENT,
        "currency": "GBP",
        "now": NOW,
        "phase": "closed_loop",
        "accounts": (account(),),
        "campaigns": campaigns
        or (
            campaign("s1", "google_search", 300),
            campaign("s2", "google_search", 120),
            campaign("y1", "youtube", 150),
            campaign("y2", "youtube", 100),
        ),
    }
    return Standing(**{**fields, **more})


def change(key: str, channel: str, before: int, after: int) -> BudgetChange:
    """A budget change in whole units."""
    return BudgetChange(
        campaign=key,
        account="acc",
        channel=channel,
        before_micros=before * UNIT,
        after_micros=after * UNIT,
    )


def set_budgets(*changes: BudgetChange, **more: Any) -> SetBudgets:
    """A budget action."""
    return SetBudgets(**{**WHO, "changes": changes, **more})


def shift(amount: int) -> ShiftBudget:
    """Whole units a day moved from y1 to s1 of the default standing."""
    changes = (
        change("y1", "youtube", 150, 150 - amount),
        change("s1", "google_search", 300, 300 + amount),
    )
    return ShiftBudget(**WHO, changes=changes)


def status(key: str, channel: str, daily: int, *, enabled: bool) -> SetCampaignStatus:
    """A pause or resume."""
    place = {"campaign": key, "account": "acc", "channel": channel}
    return SetCampaignStatus(**WHO, **place, enabled=enabled, daily_micros=daily * UNIT)


def ad(*headlines: str, descriptions: tuple[str, ...] = ("Book a free consultation.",)) -> AdSpec:
    """An ad that says what the B2B preset wants said."""
    words = AdText(
        headlines=headlines or ("Plain facts",),
        descriptions=descriptions,
        final_url="https://example.com/",
    )
    return AdSpec(variant="v1", concept="c1", text=words)


def ship(spec: AdSpec, channel: str = "google_search") -> ShipVariant:
    """A new variant for s1."""
    return ShipVariant(**WHO, campaign="s1", account="acc", channel=channel, ad_group="g1", ad=spec)


def pause_variant() -> PauseVariant:
    """A pause of one ad of s1."""
    place = {"campaign": "s1", "account": "acc", "channel": "google_search"}
    return PauseVariant(**WHO, **place, ad_group="g1", variant="v1")


def launch(daily: int = 50, channel: str = "google_search") -> LaunchCampaign:
    """A new campaign."""
    return LaunchCampaign(
        **WHO,
        campaign="new",
        account="acc",
        channel=channel,
        name="New",
        daily_micros=daily * UNIT,
        locations=("GB",),
        ad_groups=(AdGroupSpec(ad_group="g", name="G", ads=(ad(),)),),
    )


amounts = st.integers(0, 600 * UNIT)


@st.composite
def campaigns(draw: st.DrawFn, key: str, channel: str) -> CampaignStanding:
    """A campaign in any state a standing can hold."""
    daily = draw(amounts)
    pending = tuple(draw(st.lists(amounts, max_size=2)))
    on = draw(st.booleans())
    return campaign(
        key,
        channel,
        0,
        enabled=on,
        daily_micros=daily,
        highest_today_micros=max(draw(amounts), daily if on else 0, *pending, 0),
        spent_before_today_micros=draw(st.integers(0, 9000 * UNIT)),
        spent_today_micros=draw(amounts),
        pending_micros=pending,
        month_limit_micros=draw(st.none() | st.integers(0, 20_000 * UNIT)),
        changed_this_month=draw(st.booleans()),
        written_today=draw(st.booleans()),
        targeting=draw(targetings()),
    )


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    """Two Search and two YouTube campaigns in any state, on any day of the month."""
    keys = (("s1", "google_search"), ("s2", "google_search"), ("y1", "youtube"), ("y2", "youtube"))
    moves = draw(st.lists(st.tuples(st.integers(0, 20), st.integers(-90, 90)), max_size=4))
    return standing(
        *(draw(campaigns(key, channel)) for key, channel in keys),
        accounts=(account(today=date(2026, 11, draw(st.integers(1, 30))), stale=draw(rarely)),),
        phase=draw(st.sampled_from(["configure", "launch", "closed_loop", "continuous"])),
        paused=draw(rarely),
        movements=tuple(
            Movement(at=NOW - timedelta(days=d), channel="youtube", delta_micros=m * UNIT)
            for d, m in moves
        ),
        paused_today=tuple(draw(st.lists(st.sampled_from(["a", "b", "c"]), max_size=8))),
    )


rarely = st.sampled_from([False] * 9 + [True])


@st.composite
def actions(draw: st.DrawFn, world: Standing) -> Any:
    """An action of any kind that mostly fits a standing."""
    every = ["set", "set", "shift", "status", "launch", "ship", "pause", "lever", "lever"]
    kind = draw(st.sampled_from(every))
    if kind == "lever":
        return draw(lever_acts())
    if kind == "launch":
        return launch(draw(st.integers(0, 300)), draw(st.sampled_from(["google_search", "meta"])))
    if kind == "ship":
        return ship(ad(draw(st.sampled_from(["Plain facts", "Guaranteed results", "No.1"]))))
    if kind == "pause":
        return pause_variant()
    first, second = draw(st.permutations(world.campaigns))[:2]
    if kind == "status":
        on = draw(st.booleans())
        action = status(first.campaign, first.channel, 0, enabled=on)
        return action.model_copy(update={"daily_micros": first.daily_micros})
    if kind == "shift":
        moved = draw(st.integers(0, first.daily_micros))
        rows = (_to(first, first.daily_micros - moved), _to(second, second.daily_micros + moved))
        return ShiftBudget(**WHO, changes=rows)
    rows = (_to(first, draw(amounts)), _to(second, draw(amounts)))
    return set_budgets(*rows[: draw(st.integers(1, 2))])


def _to(found: CampaignStanding, after_micros: int) -> BudgetChange:
    row = change(found.campaign, found.channel, 0, 0)
    return row.model_copy(
        update={"before_micros": found.daily_micros, "after_micros": after_micros}
    )
