"""What is peculiar to Google Ads, as data: each fact with its source and the day it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Quirks:
    """Facts of one platform that the engine may want to show or to plan by."""

    read_on: date
    money_unit: str
    budget_day_zone: str
    overdelivery_day: float
    overdelivery_month: float
    same_day_cut: str
    unique_names: bool
    atomic_writes: bool
    validate_only: bool
    create_state: str
    ownership_mark: str
    previous_day_whole_at_hour: int
    conversion_lag: timedelta
    restatement_days: int
    final_after_days: int
    budget_writes_a_day: int
    billable_unit_micros: dict[str, int]
    most_operations: int
    sources: dict[str, str]


_DELIVERY = "support.google.com/google-ads/answer/10487143"
_FRESHNESS = "support.google.com/google-ads/answer/2544985"
_SDK = "google-ads 34.0.0, API v26"

QUIRKS = Quirks(
    read_on=date(2026, 11, 22),
    money_unit="micros of the account's currency, int64",
    budget_day_zone="account",
    overdelivery_day=2.0,
    overdelivery_month=30.4,
    same_day_cut="the day's limit follows the highest budget set that day",
    unique_names=True,
    atomic_writes=True,
    validate_only=True,
    create_state="PAUSED",
    ownership_mark="end of the name; ads by the custom URL parameter ccv",
    previous_day_whole_at_hour=3,
    conversion_lag=timedelta(hours=15),
    restatement_days=30,
    final_after_days=7,
    budget_writes_a_day=1,
    billable_unit_micros={"GBP": 10_000, "USD": 10_000, "EUR": 10_000, "JPY": 1_000_000},
    most_operations=10_000,
    sources={
        "money_unit": f"{_SDK}: resources/campaign_budget.py",
        "budget_day_zone": _DELIVERY,
        "overdelivery_day": _DELIVERY,
        "overdelivery_month": f"{_SDK}: resources/campaign_budget.py",
        "same_day_cut": _DELIVERY,
        "unique_names": f"{_SDK}: campaign_error, ad_group_error; not ads, not own budgets",
        "atomic_writes": f"{_SDK}: GoogleAdsService.Mutate with partial_failure false",
        "validate_only": f"{_SDK}: google_ads_service.py; does not see races for a name",
        "create_state": f"{_SDK}: resources/campaign.py; left out, a campaign is created ENABLED",
        "ownership_mark": f"{_SDK}: resources/ad.py; a responsive search ad has no name",
        "previous_day_whole_at_hour": _FRESHNESS,
        "conversion_lag": _FRESHNESS,
        "restatement_days": "guessed from Google's note on invalid clicks (2011): up to a month",
        "final_after_days": "guessed: cost has settled and most conversions have arrived",
        "budget_writes_a_day": f"our own rule; each may raise the day's cap: {_DELIVERY}",
        "billable_unit_micros": "currency_constant.billable_unit_micros; guessed for JPY",
        "most_operations": "developers.google.com/google-ads/api/docs/best-practices/quotas",
    },
)
