"""What is known of the real exports of the other platforms, worked out from the files by hand.

Typed from the notes on the data (their figures to test against) and from counting the files with
``csv``, ``awk`` and ``Decimal`` alone; nothing here comes from our readers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.engine.platforms.files.known import days

CENT = "0.01"


@dataclass(frozen=True)
class Sum:
    """One column: its sum, how far ours may lie from it, the file's own total (None: it has none).

    ``own_within`` is how far the file's own total may lie from the sum of its own rows.
    """

    column: str
    sum: str
    within: str = "0"
    own: str | None = None
    own_within: str = "0"

    def holds(self, total):
        apart = abs(total.rows - Decimal(self.sum))
        if apart > Decimal(self.within):
            return False
        if self.own is None:
            return total.file is None
        return total.file == Decimal(self.own) and abs(total.rows - total.file) <= Decimal(
            self.own_within
        )


@dataclass(frozen=True)
class Known:
    """One real file: what it is, how many lines it has, what they add up to."""

    file: str
    format: str
    kind: str
    read: int
    kept: int
    refused: int
    period: tuple[date, date] | None
    currency: str | None
    sums: tuple[Sum, ...]
    asks: tuple[str, ...] = ()


AEF_WEEK = days("2025-08-12", "2025-08-18")
MONTH_IN_SPRING = days("2023-03-22", "2023-04-18")

META = (
    Known(
        "meta_ads/meta_ads_ad_day_age_gender_2024.csv",
        *("meta_ads", "performance", 637, 637, 0),
        days("2024-11-28", "2024-12-04"),
        "USD",
        (
            Sum("Amount spent (USD)", "268.15", CENT),
            Sum("Impressions", "23559"),
            Sum("Link clicks", "949"),
        ),
    ),
    Known(
        "meta_ads/meta_ads_creative_AEF_2025.csv",
        *("meta_ads", "performance", 992, 992, 0),
        AEF_WEEK,
        "USD",
        (
            Sum("Amount spent (USD)", "103255.29"),
            Sum("Results", "5996"),
            Sum("Purchases conversion value", "120175.58"),
            Sum("Impressions", "5332650"),
            Sum("Link clicks", "52116"),
        ),
    ),
    Known(
        "meta_ads/meta_ads_creative_FLA_2025.csv",
        *("meta_ads", "performance", 385, 385, 0),
        AEF_WEEK,
        "USD",
        (
            Sum("Amount spent (USD)", "96565.47"),
            Sum("Results", "4283"),
            Sum("Purchases conversion value", "94465.44"),
            Sum("Impressions", "3516439"),
            Sum("Link clicks", "53649"),
        ),
    ),
    Known(
        "meta_ads/meta_ads_empty_export.csv",
        *("meta_ads", "performance", 0, 0, 0),
        None,
        None,
        (Sum("Amount spent (USD)", "0"), Sum("Impressions", "0")),
    ),
    Known(
        "meta_ads/meta_ads_messaging_daily_2022.csv",
        *("meta_ads", "performance", 316, 316, 0),
        days("2022-09-22", "2022-10-10"),
        None,
        (
            Sum("Amount Spent", "2819.85"),
            Sum("Impressions", "74574"),
            Sum("Link Clicks", "463"),
            Sum("Messaging Conversations Started", "60"),
        ),
        ("currency",),
    ),
    Known(
        "meta_ads/facebook_ads_KAG_conversion.csv",
        *("meta_kag", "performance", 1143, 1143, 0),
        None,
        None,
        (
            Sum("Spent", "58705.23", CENT),
            Sum("Clicks", "38165"),
            Sum("Impressions", "213434828"),
            Sum("Total_Conversion", "3264"),
            Sum("Approved_Conversion", "1079"),
        ),
        ("currency",),
    ),
    Known(
        "meta_ads/meta_insights_api_daily_inr_2026.csv",
        *("meta_insights", "performance", 42, 42, 0),
        days("2026-01-14", "2026-01-20"),
        None,
        (
            Sum("Spend", "37781.65"),
            Sum("Impressions", "174721"),
            Sum("Link Clicks", "2781"),
            Sum("Purchases", "115"),
        ),
        ("currency",),
    ),
)

LINKEDIN = (
    Known(
        "linkedin_ads/linkedin_ad_performance_en_preamble.csv",
        *("linkedin_ads", "performance", 4, 4, 0),
        days("2024-10-01", "2024-10-29"),
        "USD",
        (Sum("Total Spent", "800"), Sum("Impressions", "200000"), Sum("Clicks", "260")),
    ),
    Known(
        "linkedin_ads/linkedin_campaign_performance_ptBR_utf16.csv",
        *("linkedin_ads", "performance", 5, 5, 0),
        None,
        "USD",
        (
            Sum("Total investido", "1917.15"),
            Sum("Impressões", "66778"),
            Sum("Cliques", "8262"),
            Sum("Leads", "8"),
        ),
    ),
)

MICROSOFT = (
    Known(
        "microsoft_ads/microsoft_ads_campaigns_2023_09.csv",
        *("microsoft_ads", "performance", 2, 2, 0),
        None,
        None,
        (
            Sum("Spend", "487.24", own="487.25", own_within=CENT),
            Sum("Impr.", "28514", own="28514"),
            Sum("Clicks", "389", own="389"),
        ),
        ("currency",),
    ),
)

GA4 = (
    Known(
        "ga4/ga4_channel_by_hour_2024.csv",
        *("ga4", "web", 3182, 3182, 0),
        days("2024-04-06", "2024-05-03"),
        None,
        (Sum("Sessions", "162895"), Sum("Users", "133440"), Sum("Event count", "770911")),
    ),
    Known(
        "ga4/ga4_daily_events_2023_2024.csv",
        *("ga4", "web", 241, 241, 0),
        days("2023-07-08", "2024-03-04"),
        None,
        (
            Sum("Event count", "1003468"),
            Sum("Total users", "283560"),
            Sum("New users", "242119"),
        ),
    ),
    # Five tables of 28 days, four of one row, two of six, three of none: 5 x 28 + 4 + 12.
    Known(
        "ga4/ga4_snapshot_multi_block.csv",
        *("ga4", "web", 156, 156, 0),
        days("2023-09-23", "2023-10-20"),
        None,
        (
            Sum("Users (Nth day: Users)", "6"),
            Sum("New users (Nth day: New users)", "3"),
            Sum("Sessions (Session default channel group: Sessions)", "7"),
            Sum("Views (Page title and screen class: Views)", "33"),
            Sum("Event count (Event name: Event count)", "85"),
            Sum("Conversions (What are your top conversions?)", "0"),
        ),
    ),
    Known(
        "ga4/ga4_traffic_acquisition_small.csv",
        *("ga4", "web", 1, 1, 0),
        MONTH_IN_SPRING,
        None,
        (Sum("Sessions", "10"), Sum("Event count", "41"), Sum("Total revenue", "0")),
    ),
    Known(
        "ga4/ga4_landing_page_small.csv",
        *("ga4", "web", 4, 4, 0),
        MONTH_IN_SPRING,
        None,
        (Sum("Sessions", "10"), Sum("Users", "7"), Sum("Conversions", "0")),
    ),
)


def _gsc(name, rows, clicks, impressions, period=None):
    return Known(
        f"search_console/gsc_{name}_2026-06-03.csv",
        *("search_console", "search", rows, rows, 0),
        period,
        None,
        (Sum("Clicks", clicks), Sum("Impressions", impressions)),
    )


SEARCH_CONSOLE = (
    _gsc("queries", 56, "6", "285"),
    _gsc("pages", 35, "30", "1320"),
    _gsc("chart", 49, "27", "832", days("2026-04-13", "2026-05-31")),
    _gsc("countries", 13, "27", "832"),
    _gsc("devices", 3, "27", "832"),
    Known(
        "search_console/gsc_filters_2026-06-03.csv",
        *("search_console", "reference", 2, 2, 0),
        *(None, None, ()),
    ),
)

MARKET = (
    Known(
        "market_data/google_trends_rising_queries_CA-BC.csv",
        *("google_trends", "reference", 50, 50, 0),
        *(None, None),
        (Sum("search interest", "199"),),
    ),
    Known(
        "market_data/google_trends_top_queries_CA-BC.csv",
        *("google_trends", "reference", 50, 50, 0),
        *(None, None),
        (Sum("search interest", "404"),),
    ),
    Known(
        "market_data/ahrefs_matching_terms_gb.csv",
        *("ahrefs", "reference", 13, 13, 0),
        *(None, None),
        (Sum("Volume", "450"),),
    ),
)

PLATFORMS = (*META, *LINKEDIN, *MICROSOFT, *GA4, *SEARCH_CONSOLE, *MARKET)
FOLDERS = ("meta_ads", "linkedin_ads", "microsoft_ads", "ga4", "search_console", "market_data")

KAG_CAMPAIGNS = {
    "916": ("149.71", 113, 58),
    "936": ("2893.37", 1984, 537),
    "1178": ("55662.15", 36068, 2669),
}
"""Spend, clicks and enquiries of the three campaigns, from the notes."""

SESSIONS_BY_CHANNEL = {
    "Organic Social": 60627,
    "Direct": 37203,
    "Organic Search": 33372,
    "Referral": 30990,
    "Unassigned": 559,
    "Organic Video": 141,
    "Email": 3,
}
