"""What is summed up must never disagree with what it sums up."""

import re
import shutil
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from engine.model.errors import BadInput
from engine.store import Store, deals, facts, tables
from engine.store.connect import connect
from engine.store.migrations.versions import v0006_sums
from engine.store.reads import client_days

from .values import DAY, NASTY, a_deal, a_fact, a_pull, deal_table

WHOSE = ("client_id", "source", "account", "currency")
SUMS = {
    tables.campaign_days: (*WHOSE, "day", "level", "channel", "campaign"),
    tables.channel_days: (*WHOSE, "day", "level", "channel"),
}
WHOLE = ("impressions", "clicks", "cost_micros", "value_micros")


def put(store, rows, first=DAY, last=DAY, *, whose=("northgate", "google_ads", "1", "GBP")):
    client, source, account, currency = whose
    pull = a_pull(rows, first, last)
    store.write(
        lambda conn: facts.replace_window(conn, client, source, account, pull, currency=currency)
    )


def kept(store):
    """The sums as they are kept, by their key; each key once."""
    return {table.name: of_table(store, table, by) for table, by in SUMS.items()}


def of_table(store, table, by):
    with store.read() as conn:
        rows = [dict(r) for r in conn.execute(select(table)).mappings()]
    found = {tuple(r[n] for n in by): r for r in rows}
    assert len(found) == len(rows)
    return {key: ([r[n] for n in WHOLE], r["conversions"]) for key, r in found.items()}


def counted(store):
    """The same from the facts, added up here and not by the database."""
    with store.read() as conn:
        rows = [dict(r) for r in conn.execute(select(tables.facts)).mappings()]
    return {table.name: grouped(rows, by) for table, by in SUMS.items()}


def grouped(rows, by):
    groups = defaultdict(list)
    for row in rows:
        groups[tuple(row[n] for n in by)].append(row)
    return {
        key: ([added(rows, n) for n in WHOLE], pytest.approx(added(rows, "conversions")))
        for key, rows in groups.items()
    }


def added(rows, name):
    values = [r[name] for r in rows if r[name] is not None]
    return sum(values) if values else None


ads = st.builds(
    lambda day, campaign, ad, cost, channel: (
        a_fact(DAY + timedelta(days=day), campaign, cost, level="ad" if ad else "campaign", ad=ad)
        | {"channel": channel, "conversions": None if cost is None else cost / 7}
    ),
    st.integers(0, 9),
    st.sampled_from(["a", "b", NASTY]),
    st.sampled_from(["", "v1", "v2"]),
    st.none() | st.integers(-5, 2**55),
    st.sampled_from(["google_search", "youtube", None]),
)
owners = st.tuples(
    st.sampled_from(["northgate", NASTY]),
    st.sampled_from(["google_ads", "meta"]),
    st.sampled_from(["1", "2"]),
    st.sampled_from(["GBP", "USD"]),
)
windows = st.tuples(st.integers(0, 9), st.integers(0, 5), st.lists(ads, max_size=9), owners)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(windows, max_size=8))
def test_after_any_pulls_the_sums_are_those_of_the_facts(empty_store, tmp_path_factory, pulled):
    copy = shutil.copy(empty_store, tmp_path_factory.mktemp("h") / "s.duckdb")
    store = Store(connect(f"duckdb:///{copy}"))
    try:
        for start, length, rows, whose in pulled:
            first, last = DAY + timedelta(days=start), DAY + timedelta(days=start + length)
            unique = {(r["day"], r["level"], r["campaign"], r["ad"]): r for r in rows}
            inside = [r for r in unique.values() if first <= r["day"] <= last]
            put(store, inside, first, last, whose=whose)
            assert kept(store) == counted(store)
    finally:
        store.close()


def test_a_pull_that_is_refused_leaves_the_sums_as_they_were(store):
    put(store, [a_fact(cost=5), a_fact(level="ad", ad="v1", cost=3)])
    before = kept(store)
    with pytest.raises(BadInput):
        put(store, [a_fact(cost=9), a_fact(cost=9)])
    assert kept(store) == before == counted(store)


def test_a_transaction_that_breaks_off_later_leaves_the_sums_as_they_were(store):
    put(store, [a_fact(cost=5)])
    before = kept(store)

    def breaks(conn):
        pull = a_pull([a_fact(cost=9)])
        facts.replace_window(conn, "northgate", "google_ads", "1", pull, currency="GBP")
        raise RuntimeError("The power went.")

    with pytest.raises(RuntimeError):
        store.write(breaks)
    assert kept(store) == before == counted(store)


def test_a_sum_with_no_room_in_64_bits_is_refused_with_everything_else(store):
    rows = [a_fact(level="ad", ad=ad, cost=2**62) for ad in ("v1", "v2", "v3")]
    with pytest.raises(BadInput, match="too large"):
        put(store, rows)
    assert kept(store) == counted(store) == {"campaign_days": {}, "channel_days": {}}


def test_a_store_that_held_facts_before_gets_their_sums(store):
    put(store, [a_fact(), a_fact(level="ad", ad="v1"), a_fact(level="ad", ad="v2")])
    put(store, [a_fact(campaign=NASTY)], whose=(NASTY, "meta", "2", "USD"))
    before = kept(store)

    def again(conn):
        for table in SUMS:
            conn.execute(text(f"DROP TABLE {table.name}"))
        for statement in v0006_sums.STATEMENTS:
            conn.execute(text(statement))

    store.write(again)
    assert kept(store) == before == counted(store)


def test_spend_by_channel_is_that_of_the_campaign_rows(store):
    next_day = DAY + timedelta(days=1)
    video = a_fact(next_day, "video", 7) | {"channel": "youtube"}
    put(
        store,
        [a_fact(cost=5), a_fact(campaign="b", cost=4), a_fact(level="ad", ad="v"), video],
        DAY,
        next_day,
    )
    put(store, [a_fact(cost=2)], whose=("northgate", "google_ads", "2", "GBP"))
    put(store, [a_fact(cost=99)], whose=("alder", "google_ads", "3", "GBP"))
    with store.read() as conn:
        assert client_days.spend(conn, "northgate", DAY, next_day) == [
            (DAY, "google_search", 11),
            (next_day, "youtube", 7),
        ]
        assert client_days.spend(conn, "northgate", DAY, DAY) == [(DAY, "google_search", 11)]
        facts_cost = conn.execute(select(func.sum(tables.facts.c.cost_micros))).scalar_one()
    assert facts_cost == 10 + 5 + 4 + 7 + 2 + 99


def test_only_one_file_writes_facts_and_their_sums():
    writes = re.compile(
        r"(?:insert|update|delete)\(\s*(?:\w+\.)?(?:facts|campaign_days|channel_days)\b"
        r"|(?:facts|campaign_days|channel_days)\.(?:insert|update|delete)\("
    )
    store_room = Path(facts.__file__).parent
    found = [p.name for p in store_room.rglob("*.py") if writes.search(p.read_text("utf-8"))]
    assert found == ["facts.py"]


def test_spend_of_no_known_channel_or_amount_is_read_as_such(store):
    put(store, [a_fact(cost=None) | {"channel": None}, a_fact(campaign="b", cost=7)])
    with store.read() as conn:
        found = client_days.spend(conn, "northgate", DAY, DAY)
    assert sorted(found) == [(DAY, "", 0), (DAY, "google_search", 7)]


def test_deals_of_another_currency_are_left_out_of_credit(store):
    rows = [a_deal("d1"), a_deal("d2") | {"currency": "JPY"}, a_deal("d3") | {"currency": None}]
    store.write(lambda conn: deals.upsert_deals(conn, "northgate", "crm", deal_table(rows)))
    with store.read() as conn:
        assert client_days.credited(conn, "northgate", "GBP", DAY, DAY).num_rows == 2
