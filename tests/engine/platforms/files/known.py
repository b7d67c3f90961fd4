"""What is known of the real exports, worked out from the files by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


def days(first, last):
    return date.fromisoformat(first), date.fromisoformat(last)


@dataclass(frozen=True)
class Expected:
    """What is known of a real file: ``sums`` are (column, sum of rows, the file's own total)."""

    file: str
    format: str
    period: tuple[date, date] | None
    currency: str | None
    kept: int
    sums: tuple[tuple[str, str, str | None], ...]
    level: str | None = None
    refused: int = 0


REPORTS = (
    Expected(
        "google_ads/campaign_report_gbp_utf16_tab.csv",
        "google_ads_report",
        days("2026-01-27", "2026-02-23"),
        "GBP",
        1,
        (
            ("Cost", "365.22", "365.22"),
            ("Impr.", "9380", "9380"),
            ("Conv. value", "841.23", "841.23"),
        ),
        "campaign",
    ),
    Expected(
        "google_ads/campaign_report_gbp_utf8.csv",
        "google_ads_report",
        days("2026-01-27", "2026-02-23"),
        "GBP",
        2,
        (("Cost", "1164.10", "1164.09"), ("Impr.", "40585", "40585"), ("Clicks", "867", "867")),
        "campaign",
    ),
    Expected(
        "google_ads/campaign_report_eur_zero.csv",
        "google_ads_report",
        days("2026-03-27", "2026-04-23"),
        "EUR",
        3,
        (("Cost", "0.00", "0.00"), ("Clicks", "0", "0")),
        "campaign",
    ),
    Expected(
        "google_ads/search_terms_gbp_eur_converted.csv",
        "google_ads_report",
        days("2026-02-10", "2026-02-23"),
        "GBP",
        8869,
        (("Cost", "2235.33", "2235.27"), ("Clicks", "3958", "3958"), ("Impr.", "42698", "42698")),
        "search_term",
    ),
    Expected(
        "google_ads/search_keyword_device_usd_2020.csv",
        "google_ads_report",
        days("2020-08-08", "2020-08-14"),
        "USD",
        675,
        (("Cost", "18950.07", "18950.07"), ("Clicks", "1643", "1643")),
        "keyword",
    ),
    Expected(
        "google_ads/search_keyword_usd_utf16_alltime.csv",
        "google_ads_report",
        None,
        "USD",
        230,
        (("Cost", "45493.64", "45493.63"), ("Conversions", "1009.00", "1009.00")),
        "keyword",
    ),
    Expected(
        "google_ads/ad_group_usd_utf16_alltime.csv",
        "google_ads_report",
        None,
        "USD",
        8,
        (("Cost", "46250.96", "46250.96"), ("Conversions", "1030.00", "1030.00")),
        "ad_group",
    ),
    Expected(
        "google_ads/search_terms_cad_utf16.csv",
        "google_ads_report",
        days("2026-05-01", "2026-05-08"),
        "CAD",
        18,
        (("Cost", "0.12", "0.12"), ("Impr.", "21", "21")),
        "search_term",
    ),
    Expected(
        "google_ads/ad_report_rsa_usd.csv",
        "google_ads_report",
        days("2026-01-20", "2026-01-21"),
        "USD",
        15,
        (("Cost", "117.06", "117.06"), ("Interactions", "17", "17")),
        "ad",
    ),
    Expected(
        "google_ads/ad_group_usd_decimal_comma_snippet.csv",
        "google_ads_report",
        days("2025-01-01", "2025-01-23"),
        "USD",
        4,
        (("Cost", "41.87", None), ("Clicks", "172", None)),
        "ad_group",
    ),
)

CARDS = (
    Expected(
        "google_ads/overview_time_series_daily_usd.csv",
        "google_ads_overview",
        days("2026-02-05", "2026-02-10"),
        "USD",
        6,
        (("Cost", "139.67", None), ("Clicks", "91", None)),
        "account",
    ),
    Expected(
        "google_ads/overview_search_keywords_usd.csv",
        "google_ads_overview",
        None,
        "USD",
        44,
        (("Cost", "139.67", None),),
        "keyword",
    ),
    Expected(
        "google_ads/overview_networks_usd.csv",
        "google_ads_overview",
        None,
        "USD",
        2,
        (("Cost", "139.67", None),),
        "network",
    ),
)

CRM = (
    Expected(
        "crm/olist_marketing_qualified_leads.csv",
        "olist_leads",
        days("2017-06-14", "2018-05-31"),
        None,
        8000,
        (),
    ),
    Expected(
        "crm/olist_closed_deals.csv",
        "olist_closed_deals",
        days("2017-12-05", "2018-11-14"),
        None,
        842,
        (),
    ),
    Expected(
        "crm/maven_sales_pipeline.csv",
        "maven_sales_pipeline",
        days("2016-10-20", "2017-12-31"),
        None,
        8800,
        (("close_value", "10005534", None),),
    ),
    Expected("crm/maven_accounts.csv", "maven_accounts", None, None, 85, ()),
    Expected("crm/maven_products.csv", "maven_products", None, None, 7, ()),
    Expected("crm/maven_sales_teams.csv", "maven_sales_teams", None, None, 35, ()),
    Expected("crm/maven_data_dictionary.csv", "maven_data_dictionary", None, None, 7, ()),
)
