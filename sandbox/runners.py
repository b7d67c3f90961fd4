"""Which campaigns can serve now, with what market and which ads."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sandbox.google.wire import enum_name
from sandbox.market.demand import Serving
from sandbox.market.params import Channel, Market, changed, varied
from sandbox.market.quality import quality
from sandbox.spec import Shock
from sandbox.state import Account


@dataclass(frozen=True, slots=True)
class Runner:
    """A campaign that can serve now, with the ads it serves and their weights."""

    campaign_id: int
    meter: str
    serving: Serving
    ads: list[str]
    weights: list[float]


def runners(account: Account, day: date, seed: int, shocks: list[Shock]) -> list[Runner]:
    """Campaigns that are enabled, inside their dates, and have an ad (and for search a keyword)."""
    ads, keyworded = _ads_by_campaign(account)
    found = []
    for campaign in account.of("campaigns"):
        if enum_name(campaign, "status") != "ENABLED" or not ads[campaign.resource_name]:
            continue
        channel = enum_name(campaign, "advertising_channel_type")
        if channel == "SEARCH" and campaign.resource_name not in keyworded:
            continue
        if _within_dates(campaign, day):
            hits = [each for each in shocks if _hits(each, account, campaign, day)]
            found.append(_runner(account, campaign, ads[campaign.resource_name], seed, hits))
    return found


def meter_key(entities: dict[str, Any], campaign: Any) -> str:
    """Whose meter a campaign bills on: its own, or that of its shared budget."""
    budget = entities[campaign.campaign_budget]
    return str(budget.resource_name if budget.explicitly_shared else campaign.resource_name)


def ad_text(message: Any) -> str:
    """The words of an ad, in order: what its quality depends on."""
    body = getattr(message.ad, message.ad.WhichOneof("ad_data"))
    parts = [each.text for each in body.headlines] + [each.text for each in body.descriptions]
    return "\n".join(parts)


def _runner(
    account: Account, campaign: Any, ads: list[Any], seed: int, shocks: list[Shock]
) -> Runner:
    key = account.keys[campaign.id]
    channel: Channel = (
        "SEARCH" if enum_name(campaign, "advertising_channel_type") == "SEARCH" else "DEMAND_GEN"
    )
    market, own_pool = _market(account, channel, key, seed)
    for shock in shocks:
        market = _shocked(market, shock)
    good = [quality(seed, ad_text(each)) for each in ads]
    weights = [each.click for each in good]
    total = sum(weights)
    convert = sum(w * each.convert for w, each in zip(weights, good, strict=True)) / total
    budget = account.entities[campaign.campaign_budget]
    serving = Serving(
        key=key,
        pool=f"own:{key}" if own_pool else channel,
        daily_micros=budget.amount_micros // max(1, budget.reference_count),
        market=market,
        click_factor=total / len(ads),
        convert_factor=convert,
    )
    names = [each.resource_name for each in ads]
    return Runner(campaign.id, meter_key(account.entities, campaign), serving, names, weights)


def _market(account: Account, channel: Channel, key: str, seed: int) -> tuple[Market, bool]:
    """A campaign's market before shocks, and whether it has a demand of its own."""
    if key not in account.markets:
        given: dict[str, Any] = {}
        for campaign in account.spec.campaigns:
            if campaign.name == key:
                given = campaign.market
        base = changed(account.channel(channel), given)
        luck = varied(base, set(given), seed, account.customer_id, key)
        account.markets[key] = (luck, "daily_clicks" in given)
    return account.markets[key]


def _serves(ad: Any) -> bool:
    refused = enum_name(ad.policy_summary, "approval_status") == "DISAPPROVED"
    return enum_name(ad, "status") == "ENABLED" and not refused


def _ads_by_campaign(account: Account) -> tuple[dict[str, list[Any]], set[str]]:
    groups = {
        each.resource_name: each.campaign
        for each in account.of("adGroups")
        if enum_name(each, "status") == "ENABLED"
    }
    ads: dict[str, list[Any]] = defaultdict(list)
    for each in account.of("adGroupAds"):
        if each.ad_group in groups and _serves(each):
            ads[groups[each.ad_group]].append(each)
    keyworded = {
        groups[each.ad_group]
        for each in account.of("adGroupCriteria")
        if each.ad_group in groups and not each.negative and enum_name(each, "status") == "ENABLED"
    }
    return ads, keyworded


def _within_dates(campaign: Any, day: date) -> bool:
    first, last = campaign.start_date_time[:10], campaign.end_date_time[:10]
    text = day.isoformat()
    return (not first or first <= text) and (not last or text <= last)


def _hits(shock: Shock, account: Account, campaign: Any, day: date) -> bool:
    if shock.customer_id != account.customer_id or not shock.first_day <= day <= shock.last_day:
        return False
    if shock.campaign_name:
        return bool(shock.campaign_name in {campaign.name, account.keys[campaign.id]})
    channel = enum_name(campaign, "advertising_channel_type")
    return not shock.channel_type or shock.channel_type == channel


def _shocked(market: Market, shock: Shock) -> Market:
    factor = shock.factor
    if shock.field == "cpc":
        return changed(market, {"cpc_micros": max(1, int(market.cpc_micros * factor))})
    if shock.field == "demand":
        return changed(market, {"daily_clicks": market.daily_clicks * factor})
    return changed(market, {shock.field: min(1.0, getattr(market, shock.field) * factor)})
