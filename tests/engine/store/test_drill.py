"""Sums by channel, campaign and ad over runs of days: those of the stored rows, and of one client alone."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from engine.model.outcomes import DEALS
from engine.store import deals, facts
from engine.store.reads import client_days, drill
from engine.store.reads.drill import Place

from .values import DAY, NASTY, a_fact, a_pull

NEXT = DAY + timedelta(days=1)
RUNS = [("whole", NEXT, NEXT), ("before", DAY, DAY)]


def a_deal(ref, campaign, channel, day, **other):
    made = dict.fromkeys(DEALS.names)
    made.update(deal_id=ref, created_on=day, campaign=campaign, channel=channel, click_id="")
    made.update(stage="open", currency="GBP", modified_at=datetime(2026, 1, 1, tzinfo=UTC))
    return made | other


@pytest.fixture
def told(store):
    rows = [
        a_fact(DAY, "core", 5),
        a_fact(NEXT, "core", 7),
        a_fact(NEXT, "core", 3, level="ad", ad="v1"),
        a_fact(NEXT, "core", 4, level="ad", ad="v2"),
        a_fact(NEXT, NASTY, 2) | {"channel": None, "conversions": None},
    ]
    sold = [
        a_deal("1", "core", "google_search", NEXT),
        a_deal("2", None, None, NEXT, closed_on=NEXT, won=True, amount_micros=9),
        a_deal("3", "core", "google_search", DAY, closed_on=NEXT, won=True, amount_micros=8),
        a_deal("4", "core", "google_search", DAY, closed_on=NEXT, won=True, currency="USD"),
    ]

    def write(conn):
        for client in ("northgate", "alder"):
            pull = a_pull(rows, DAY, NEXT)
            facts.replace_window(conn, client, "google_ads", client, pull, currency="GBP")
            deals.upsert_deals(conn, client, "crm", pa.Table.from_pylist(sold, schema=DEALS))

    store.write(write)
    return store


def costs(store, by, place=None):
    with store.read() as conn:
        found = drill.media(conn, "northgate", RUNS, by, place or Place())
    return {(key, run): cost for key, run, _, _, cost, _, _ in found}


def test_channels_campaigns_and_ads_are_summed_run_by_run(told):
    assert costs(told, "channel") == {
        ("google_search", "before"): 5,
        ("google_search", "whole"): 7,
        ("", "whole"): 2,
    }
    assert costs(told, "campaign", Place("google_search")) == {
        ("core", "before"): 5,
        ("core", "whole"): 7,
    }
    assert costs(told, "campaign", Place("")) == {(NASTY, "whole"): 2}
    assert costs(told, "ad", Place("google_search", "core")) == {
        ("v1", "whole"): 3,
        ("v2", "whole"): 4,
    }
    assert costs(told, "ad", Place("google_search", "no such campaign")) == {}


def test_deals_are_counted_where_their_click_is_known_and_money_in_one_currency(told):
    with told.read() as conn:
        begun = drill.begun(conn, "northgate", RUNS, "channel", Place())
        won = drill.won(conn, "northgate", "GBP", RUNS, "campaign", Place("google_search", "core"))
    assert sorted(begun) == [
        ("", "whole", 1),
        ("google_search", "before", 2),
        ("google_search", "whole", 1),
    ]
    assert won == [("core", "whole", 1, 8)]


def test_daily_claims_and_clicks_hold_what_is_not_told_as_nothing(told):
    with told.read() as conn:
        claims = client_days.claims(conn, "northgate", DAY, NEXT)
        begun = client_days.begun(conn, "northgate", NEXT, NEXT)
        table = client_days.credited(conn, "northgate", "GBP", DAY, NEXT)
    assert {(d, c) for d, c, _, _ in claims} == {
        (DAY, "google_search"),
        (NEXT, "google_search"),
        (NEXT, ""),
    }
    assert sorted(begun) == [(NEXT, "", 1), (NEXT, "google_search", 1)]
    assert table.num_rows == 3  # one is in another currency
    assert table.schema.equals(client_days.CREDIT)
