"""An account's first campaigns, built as the same Mutate a client would send."""

from __future__ import annotations

from typing import Any

from sandbox.google.wire import MutateRequest, set_enum
from sandbox.spec import AccountSpec, Ad, AdGroup, CampaignSpec

DEFAULT_LOCATION, DEFAULT_LANGUAGE = "geoTargetConstants/2826", "languageConstants/1000"


def request_for(spec: AccountSpec) -> Any:
    """A Mutate that creates all campaigns of a specification."""
    request = MutateRequest()
    request.customer_id = spec.customer_id
    temp = -1
    for campaign in spec.campaigns:
        temp = _campaign(request, spec.customer_id, campaign, temp)
    return request


def _campaign(request: Any, customer: str, spec: CampaignSpec, temp: int) -> int:
    budget = request.mutate_operations.add().campaign_budget_operation.create
    budget.resource_name = f"customers/{customer}/campaignBudgets/{temp}"
    budget.amount_micros = spec.daily_micros
    budget.explicitly_shared = False
    made = request.mutate_operations.add().campaign_operation.create
    made.resource_name = f"customers/{customer}/campaigns/{temp - 1}"
    made.name = spec.name
    made.campaign_budget = budget.resource_name
    set_enum(made, "advertising_channel_type", spec.channel_type)
    set_enum(made, "status", spec.status)
    set_enum(made, "contains_eu_political_advertising", "DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING")
    made.maximize_conversions.SetInParent()
    for field, value in (("location", DEFAULT_LOCATION), ("language", DEFAULT_LANGUAGE)):
        criterion = request.mutate_operations.add().campaign_criterion_operation.create
        criterion.campaign = made.resource_name
        inner = "geo_target_constant" if field == "location" else "language_constant"
        setattr(getattr(criterion, field), inner, value)
    temp -= 2
    for group in spec.ad_groups:
        made_group = request.mutate_operations.add().ad_group_operation.create
        made_group.resource_name = f"customers/{customer}/adGroups/{temp}"
        made_group.campaign, made_group.name = made.resource_name, group.name
        set_enum(made_group, "status", "ENABLED")
        _fill_group(request, made_group.resource_name, spec.channel_type, group)
        temp -= 1
    return temp


def _fill_group(request: Any, name: str, channel: str, spec: AdGroup) -> None:
    for ad in spec.ads:
        message = request.mutate_operations.add().ad_group_ad_operation.create
        message.ad_group = name
        _ad(message, channel, ad)
    for keyword in spec.keywords if channel == "SEARCH" else []:
        criterion = request.mutate_operations.add().ad_group_criterion_operation.create
        criterion.ad_group = name
        criterion.keyword.text = keyword.text
        set_enum(criterion.keyword, "match_type", keyword.match_type)


def _ad(message: Any, channel: str, spec: Ad) -> None:
    set_enum(message, "status", spec.status)
    message.ad.final_urls.append(spec.final_url)
    for key, value in spec.custom_parameters.items():
        parameter = message.ad.url_custom_parameters.add()
        parameter.key, parameter.value = key, value
    body: Any
    if channel == "SEARCH":
        body = message.ad.responsive_search_ad
        body.path1 = spec.path1
        if not spec.path1:
            body.ClearField("path1")
    else:
        body = message.ad.demand_gen_multi_asset_ad
        body.business_name = spec.business_name
    for text in spec.headlines:
        body.headlines.add().text = text
    for text in spec.descriptions:
        body.descriptions.add().text = text
