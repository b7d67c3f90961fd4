"""The GAQL texts.

Removed things are left out of structure, never out of performance: their spend was real.
"""

from __future__ import annotations

from datetime import date


def _select(resource: str, fields: str, *where: str) -> str:
    text = " ".join(("SELECT", ", ".join(fields.split()), "FROM", resource))
    return " ".join((text, "WHERE", " AND ".join(where))) if where else text


_CAMPAIGN_THERE = "campaign.status != 'REMOVED'"
_GROUP_THERE = "ad_group.status != 'REMOVED'"
_AD_THERE = "ad_group_ad.status != 'REMOVED'"

CUSTOMER = _select(
    "customer",
    """customer.id customer.descriptive_name customer.currency_code customer.time_zone
    customer.manager customer.status""",
)
"""One account, asked of itself."""

CLIENTS = _select(
    "customer_client",
    """customer_client.id customer_client.descriptive_name customer_client.currency_code
    customer_client.time_zone customer_client.manager customer_client.status""",
)
"""Everything under a manager account, itself included."""

CAMPAIGNS = _select(
    "campaign",
    """campaign.id campaign.name campaign.status campaign.advertising_channel_type
    campaign.campaign_budget campaign_budget.amount_micros campaign_budget.explicitly_shared""",
    _CAMPAIGN_THERE,
)

AD_GROUPS = _select(
    "ad_group",
    "ad_group.name ad_group.status ad_group.campaign",
    _GROUP_THERE,
    _CAMPAIGN_THERE,
)

ADS = _select(
    "ad_group_ad",
    """ad_group_ad.ad_group ad_group_ad.status
    ad_group_ad.policy_summary.approval_status ad_group_ad.policy_summary.review_status
    ad_group_ad.ad.final_urls ad_group_ad.ad.url_custom_parameters
    ad_group_ad.ad.responsive_search_ad.headlines
    ad_group_ad.ad.responsive_search_ad.descriptions
    ad_group_ad.ad.responsive_search_ad.path1 ad_group_ad.ad.responsive_search_ad.path2
    ad_group_ad.ad.demand_gen_multi_asset_ad.headlines
    ad_group_ad.ad.demand_gen_multi_asset_ad.descriptions
    ad_group_ad.ad.demand_gen_multi_asset_ad.business_name""",
    _AD_THERE,
    _GROUP_THERE,
    _CAMPAIGN_THERE,
)

KEYWORDS = _select(
    "ad_group_criterion",
    "ad_group_criterion.ad_group ad_group_criterion.keyword.text ad_group_criterion.negative",
    "ad_group_criterion.type = 'KEYWORD'",
    "ad_group_criterion.status != 'REMOVED'",
    _GROUP_THERE,
    _CAMPAIGN_THERE,
)

_DAY = """segments.date campaign.id campaign.name campaign.advertising_channel_type
    metrics.impressions metrics.clicks metrics.cost_micros metrics.conversions
    metrics.conversions_value"""


def campaign_days(first: date, last: date) -> str:
    """Campaigns by account-day, both days included."""
    return _select("campaign", _DAY, _window(first, last))


def ad_days(first: date, last: date) -> str:
    """Ads by account-day, both days included."""
    fields = f"{_DAY} ad_group_ad.ad.url_custom_parameters"
    return _select("ad_group_ad", fields, _window(first, last))


def campaign_named(name: str) -> str:
    """The campaign of exactly that name."""
    fields = "campaign.name campaign.advertising_channel_type"
    return _select("campaign", fields, f"campaign.name = {_quoted(name)}", _CAMPAIGN_THERE)


def ads_of(ad_group_resource: str) -> str:
    """The custom parameters of the ads of one ad group."""
    fields = "ad_group_ad.ad.url_custom_parameters"
    group = f"ad_group_ad.ad_group = {_quoted(ad_group_resource)}"
    return _select("ad_group_ad", fields, group, _AD_THERE)


def _window(first: date, last: date) -> str:
    return f"segments.date BETWEEN '{first.isoformat()}' AND '{last.isoformat()}'"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
