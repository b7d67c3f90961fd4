"""What the client's page needs beyond the small store: ads, ad groups, and deals of no known click."""

from __future__ import annotations

from datetime import timedelta

import pyarrow as pa

from engine.model.desired import DesiredAd, DesiredAdGroup, DesiredCampaign
from engine.model.outcomes import DEALS, FACTS, Pull
from engine.store import creative, deals, desired, facts
from policies.actions import AdText
from policies.money import MICROS
from tests.pages.small import ACCOUNTS, NASTY, NOW

TODAY = NOW.date()


def more(conn):
    """Ads in two groups under one campaign, an approved concept, and deals that no click led to."""
    rows = [
        dict.fromkeys(FACTS.names)
        | {"day": TODAY - timedelta(days=1), "level": "ad", "channel": "google_search"}
        | {"campaign": "search-core", "ad": ad, "impressions": 10, "clicks": 2}
        | {"cost_micros": 50 * MICROS, "conversions": 1.0, "value_micros": 0}
        for ad in ("ad-one", "ad-two")
    ]
    pull = Pull(
        "google_ads",
        pa.Table.from_pylist(rows, schema=FACTS),
        TODAY - timedelta(days=1),
        TODAY - timedelta(days=1),
        NOW,
    )
    facts.replace_window(conn, "northgate", "google_ads", "ads alone", pull, currency="GBP")
    desired.save(conn, "northgate", [campaign()])
    creative.save_concept(
        conn,
        "northgate",
        concept="plain",
        channel="google_search",
        campaign="search-core",
        ad_group="one",
        body_json="{}",
    )
    creative.approve_concept(conn, "northgate", "plain", "priya", NOW)
    unclicked = [
        dict.fromkeys(DEALS.names)
        | {"deal_id": f"N{n}", "created_on": TODAY - timedelta(days=2), "stage": "open"}
        | {"channel": "", "campaign": "", "currency": "GBP", "modified_at": NOW}
        for n in range(4)
    ]
    deals.upsert_deals(conn, "northgate", "crm", pa.Table.from_pylist(unclicked, schema=DEALS))


def campaign():
    """The campaign with its two groups of one ad."""

    def group(key, ad):
        text = AdText(
            headlines=(f"Headline {NASTY}",), descriptions=("Said.",), final_url="https://x.y/"
        )
        made = DesiredAd(variant=ad, concept="plain", text=text, enabled=ad == "ad-one")
        return DesiredAdGroup(ad_group=key, name=f"Group {key} | mark", ads=(made,))

    return DesiredCampaign(
        client="northgate",
        campaign="search-core",
        account=ACCOUNTS["northgate"].account,
        channel="google_search",
        name="Core services | mark",
        daily_micros=430 * MICROS,
        enabled=True,
        ad_groups=(group("one", "ad-one"), group("two", "ad-two")),
    )


def table(at):
    """The drill-down: the only table with a column of spend."""
    return next(t.value for t in at.table if "Spend" in t.value.columns)


def metric(at):
    return {m.label: m.value for m in at.metric}
