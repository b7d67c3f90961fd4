"""Reading accounts and what is in them."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from engine.model.accounts import Account, AdGroupState, AdState, CampaignState, Snapshot
from engine.model.errors import AskPerson
from engine.platforms.google_ads import queries
from engine.platforms.google_ads.mapping import channel_of, enum_name, key_of, variant_of
from engine.platforms.google_ads.session import Session
from policies.actions import AdText


def accounts(session: Session) -> list[Account]:
    """Open client accounts, by id.

    Through a manager the whole tree under it, else the accounts the user may open directly; one
    that is closed among several does not hide the others.
    """
    found = _under(session) if session.connection.login_customer_id else _direct(session)
    return sorted(found, key=lambda account: account.account)


def _under(session: Session) -> list[Account]:
    manager = str(session.connection.login_customer_id)
    rows = [row.customer_client for row in session.rows(manager, queries.CLIENTS)]
    return [_account(row) for row in rows if _open(row)]


def _direct(session: Session) -> list[Account]:
    found: list[Account] = []
    refused: list[AskPerson] = []
    for customer in session.customers():
        try:
            rows = [row.customer for row in session.rows(customer, queries.CUSTOMER)]
        except AskPerson as fault:
            refused.append(fault)
            continue
        found += [_account(row) for row in rows if _open(row)]
    if refused and not found:
        raise refused[0]
    return found


def _open(row: Any) -> bool:
    return not row.manager and enum_name(row, "status") == "ENABLED"


def _account(row: Any) -> Account:
    return Account(
        platform="google_ads",
        account=str(row.id),
        name=row.descriptive_name,
        currency=row.currency_code,
        time_zone=row.time_zone,
    )


def snapshot(session: Session, client: str, account: Account, now: datetime) -> Snapshot:
    """Four queries, joined here; anything added between two of them shows at the next snapshot."""
    customer = account.account
    keywords: dict[str, list[str]] = defaultdict(list)
    for row in session.rows(customer, queries.KEYWORDS):
        criterion = row.ad_group_criterion
        if not criterion.negative:
            keywords[criterion.ad_group].append(criterion.keyword.text)
    ads: dict[str, list[AdState]] = defaultdict(list)
    for row in session.rows(customer, queries.ADS):
        ads[row.ad_group_ad.ad_group].append(_ad(row.ad_group_ad))
    groups: dict[str, list[AdGroupState]] = defaultdict(list)
    for row in session.rows(customer, queries.AD_GROUPS):
        group = row.ad_group
        name = group.resource_name
        state = _group(group, client, tuple(keywords[name]), tuple(ads[name]))
        groups[group.campaign].append(state)
    campaigns = [
        _campaign(row, client, tuple(groups[row.campaign.resource_name]))
        for row in session.rows(customer, queries.CAMPAIGNS)
    ]
    return Snapshot(account=account, taken_at=now, campaigns=tuple(campaigns))


def _campaign(row: Any, client: str, groups: tuple[AdGroupState, ...]) -> CampaignState:
    campaign = row.campaign
    return CampaignState(
        resource=campaign.resource_name,
        id=str(campaign.id),
        campaign=key_of(campaign.name, client),
        name=campaign.name,
        channel=channel_of(enum_name(campaign, "advertising_channel_type")),
        enabled=enum_name(campaign, "status") == "ENABLED",
        daily_micros=row.campaign_budget.amount_micros,
        budget_resource=campaign.campaign_budget,
        budget_shared=row.campaign_budget.explicitly_shared,
        ad_groups=groups,
    )


def _group(
    group: Any, client: str, keywords: tuple[str, ...], ads: tuple[AdState, ...]
) -> AdGroupState:
    return AdGroupState(
        resource=group.resource_name,
        ad_group=key_of(group.name, client),
        name=group.name,
        enabled=enum_name(group, "status") == "ENABLED",
        keywords=keywords,
        ads=ads,
    )


def _ad(row: Any) -> AdState:
    return AdState(
        resource=row.resource_name,
        variant=variant_of(row.ad),
        enabled=enum_name(row, "status") == "ENABLED",
        text=_text(row.ad),
        review=_review(row.policy_summary),
    )


def _text(ad: Any) -> AdText:
    kind = ad.WhichOneof("ad_data")
    url = ad.final_urls[0] if ad.final_urls else ""
    if kind == "responsive_search_ad":
        body = ad.responsive_search_ad
        path = tuple(part for part in (body.path1, body.path2) if part)
        return AdText(
            headlines=_lines(body.headlines),
            descriptions=_lines(body.descriptions),
            path=path,
            final_url=url,
        )
    if kind == "demand_gen_multi_asset_ad":
        body = ad.demand_gen_multi_asset_ad
        return AdText(
            headlines=_lines(body.headlines),
            descriptions=_lines(body.descriptions),
            final_url=url,
            business_name=body.business_name,
        )
    return AdText(headlines=(), descriptions=(), final_url=url)


def _lines(assets: Any) -> tuple[str, ...]:
    return tuple(asset.text for asset in assets)


def _review(summary: Any) -> str:
    """Google's verdict once it has one, else how far the review is; empty when it says nothing."""
    stage = enum_name(summary, "review_status")
    word = enum_name(summary, "approval_status") if stage == "REVIEWED" else stage
    return "" if word == "UNSPECIFIED" else word
