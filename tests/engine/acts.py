"""Actions on the small house's campaigns, as agents and people make them."""

from __future__ import annotations

from typing import Any

from policies.actions import (
    AdGroupSpec,
    AdSpec,
    AdText,
    BudgetChange,
    LaunchCampaign,
    SetBudgets,
    ShipVariant,
)


def budget(desired: dict[str, Any], key: str, percent: int) -> SetBudgets:
    """A raise (or cut) by a share, in whole hundredths."""
    now = desired[key]
    after = round(now.daily_micros * (100 + percent) / 1_000_000) * 10_000
    row = BudgetChange(
        campaign=key,
        account=now.account,
        channel=now.channel,
        before_micros=now.daily_micros,
        after_micros=after,
    )
    return SetBudgets(**_who(now), changes=(row,))


def launch(desired: dict[str, Any], key: str = "search-new", daily: int = 20) -> LaunchCampaign:
    now = next(iter(desired.values()))
    group = AdGroupSpec(
        ad_group=f"{key}-main", name="Main", keywords=("new advice",), ads=(ad(f"{key}-ad"),)
    )
    return LaunchCampaign(
        **_who(now),
        campaign=key,
        account=now.account,
        channel="google_search",
        name="New advice",
        daily_micros=daily * 1_000_000,
        locations=("2826",),  # the United Kingdom
        ad_groups=(group,),
    )


def variant(desired: dict[str, Any], key: str, name: str = "hand-made-000001") -> ShipVariant:
    now = desired[key]
    return ShipVariant(
        **_who(now),
        campaign=key,
        account=now.account,
        channel=now.channel,
        ad_group=now.ad_groups[0].ad_group,
        ad=ad(name),
    )


def ad(variant_key: str) -> AdSpec:
    words = AdText(
        headlines=(f"Advice {variant_key}"[:30], "Northgate Advisory", "Book A Consultation"),
        descriptions=("Book a free consultation.", "Book a free consultation with an adviser."),
        final_url="https://www.northgate.example/",
    )
    return AdSpec(variant=variant_key, concept="hand-made", text=words)


def _who(now: Any) -> dict[str, Any]:
    return {"client": now.client, "currency": "GBP", "agent": "test", "reason": "Because."}
