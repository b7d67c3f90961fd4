import shutil
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.model.errors import BadInput
from engine.store import Store, deals
from engine.store.connect import connect

from .values import DAY, a_deal, deal_table


def put(store, rows, client="northgate", source="hubspot"):
    return store.write(lambda conn: deals.upsert_deals(conn, client, source, deal_table(rows)))


def amounts(store, client="northgate", since=None):
    with store.read() as conn:
        found = deals.deals(conn, client, since).to_pylist()
    return {d["deal_id"]: d["amount_micros"] for d in found}


def test_the_same_file_twice_keeps_nothing_more(store):
    rows = [a_deal("d1"), a_deal("d2", modified=None)]
    assert put(store, rows) == (2, 0)
    assert put(store, rows) == (0, 0)
    assert amounts(store) == {"d1": 1, "d2": 1}


def test_a_later_state_replaces_and_an_earlier_one_does_not(store):
    put(store, [a_deal(amount=2, modified=5)])
    assert put(store, [a_deal(amount=1, modified=4)]) == (0, 0)
    assert put(store, [a_deal(amount=0, modified=None)]) == (0, 0)
    assert put(store, [a_deal(amount=3, modified=6), a_deal("d2")]) == (1, 1)
    assert amounts(store) == {"d1": 3, "d2": 1}


def test_of_a_deal_told_twice_in_one_file_the_latest_stands(store):
    assert put(store, [a_deal(amount=9, modified=9), a_deal(amount=1), a_deal(modified=None)]) == (
        1,
        0,
    )
    assert amounts(store) == {"d1": 9}


def test_clients_and_sources_do_not_touch_each_other(store):
    put(store, [a_deal(amount=1)])
    put(store, [a_deal(amount=2, modified=9)], client="alder")
    put(store, [a_deal(amount=3, modified=9)], source="crm")
    assert amounts(store, "alder") == {"d1": 2}
    with store.read() as conn:
        assert deals.deals(conn, "northgate")["amount_micros"].to_pylist() == [3, 1]


def test_since_leaves_out_what_began_before(store):
    put(store, [a_deal("old", created=DAY - timedelta(days=1)), a_deal("new")])
    assert set(amounts(store, since=DAY)) == {"new"}


def test_a_deal_without_an_id_is_refused_and_nothing_is_stored(store):
    with pytest.raises(BadInput, match="1 rows have no deal_id"):
        put(store, [a_deal(None), a_deal("d1")])
    assert amounts(store) == {}


states = st.tuples(st.sampled_from("abc"), st.none() | st.integers(0, 5))
files = st.lists(st.lists(states, max_size=5), max_size=5)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(files, st.randoms(use_true_random=False))
def test_files_in_any_order_end_in_the_latest_state_of_each_deal(
    empty_store, tmp_path_factory, given_files, rng
):
    def deal(key, modified):  # what a CRM says of one instant is always the same
        return a_deal(key, amount=-1 if modified is None else modified, modified=modified)

    shuffled = rng.sample(given_files, len(given_files))
    expected = {}
    for key, modified in (state for file in given_files for state in file):
        expected[key] = max(expected.get(key, -1), -1 if modified is None else modified)
    copy = shutil.copy(empty_store, tmp_path_factory.mktemp("h") / "s.duckdb")
    store = Store(connect(f"duckdb:///{copy}"))
    for file in [*shuffled, *given_files]:
        put(store, [deal(*state) for state in file])
    found = amounts(store)
    store.close()
    assert found == expected
