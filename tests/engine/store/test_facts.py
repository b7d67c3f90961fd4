import shutil
from datetime import timedelta

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.model.errors import BadInput
from engine.store import Store, facts
from engine.store.connect import connect

from .values import DAY, NASTY, a_fact, a_pull


def put(
    store, facts_rows, first=DAY, last=DAY, client="northgate", account="1", source="google_ads"
):
    pull = a_pull(facts_rows, first, last)
    store.write(
        lambda conn: facts.replace_window(conn, client, source, account, pull, currency="GBP")
    )


def stored(store, client="northgate", level="campaign", first=DAY, last=DAY + timedelta(days=40)):
    with store.read() as conn:
        return facts.daily(conn, client, first, last, level=level).to_pylist()


def test_what_was_pulled_comes_back_with_its_currency(store):
    put(store, [a_fact()])
    assert stored(store) == [a_fact() | {"currency": "GBP"}]
    with store.read() as conn:
        assert facts.daily(conn, "northgate", DAY, DAY).schema == facts.DAILY
        assert facts.span(conn, "northgate") == (DAY, DAY)
        assert facts.span(conn, "alder") is None


def test_a_day_the_source_no_longer_speaks_of_becomes_empty(store):
    put(store, [a_fact()])
    put(store, [])
    assert stored(store) == []


def test_other_days_sources_accounts_and_clients_are_left_alone(store):
    before = DAY - timedelta(days=1)
    put(store, [a_fact(before)], before, before)
    put(store, [a_fact()], account="2")
    put(store, [a_fact()], source="meta")
    put(store, [a_fact()], client="alder")
    put(store, [])
    assert len(stored(store, first=before)) == 3
    assert len(stored(store, "alder")) == 1


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([a_fact(), a_fact(cost=11)], "search-core.*more than once"),
        ([a_fact(DAY + timedelta(days=1))], "has rows from 2026-11-10"),
        ([a_fact(None)], "without day"),
    ],
)
def test_a_pull_that_cannot_be_right_is_refused_and_nothing_changes(store, rows, says):
    put(store, [a_fact(cost=1)])
    with pytest.raises(BadInput, match=says):
        put(store, rows)
    assert [r["cost_micros"] for r in stored(store)] == [1]


def test_a_table_without_a_column_is_refused_by_the_name_of_the_column(store):
    pull = a_pull([a_fact()])
    short = type(pull)(pull.source, pull.table.drop_columns(["clicks"]), DAY, DAY, pull.as_of)
    with pytest.raises(BadInput, match="clicks"):
        store.write(
            lambda conn: facts.replace_window(conn, "northgate", "g", "1", short, currency="GBP")
        )


def test_names_with_sql_and_html_in_them_are_only_text(store):
    put(store, [a_fact(campaign=NASTY)], account=NASTY, client=NASTY, source=NASTY)
    assert [r["campaign"] for r in stored(store, NASTY)] == [NASTY]


pulls = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.integers(0, 3),
        st.dictionaries(
            st.tuples(st.integers(0, 9), st.sampled_from(["a", "b", NASTY])), st.integers(0, 9)
        ),
    ),
    max_size=6,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pulls)
def test_pulls_in_any_order_and_repeated_equal_the_last_pull_of_each_day(
    empty_store, tmp_path_factory, given_pulls
):
    copy = shutil.copy(empty_store, tmp_path_factory.mktemp("h") / "s.duckdb")
    store = Store(connect(f"duckdb:///{copy}"))
    expected = {}
    for start, length, costs in given_pulls:
        first, last = DAY + timedelta(days=start), DAY + timedelta(days=start + length)
        rows = {
            (DAY + timedelta(days=d), c): cost
            for (d, c), cost in costs.items()
            if start <= d <= start + length
        }
        for _ in range(2):
            put(store, [a_fact(d, c, cost) for (d, c), cost in rows.items()], first, last)
        expected = {k: v for k, v in expected.items() if not first <= k[0] <= last} | rows
    found = [(r["day"], r["campaign"], r["cost_micros"]) for r in stored(store)]
    store.close()
    assert sorted(found) == sorted((d, c, cost) for (d, c), cost in expected.items())


def test_a_hundred_thousand_rows_are_replaced_in_seconds(store):
    many = a_pull([a_fact()]).table.take(pa.array([0] * 100_000))
    names = pa.array([f"c{n}" for n in range(100_000)])
    many = many.set_column(3, "campaign", names)
    pull = type(a_pull([]))("google_ads", many, DAY, DAY, a_pull([]).as_of)
    for _ in range(2):
        store.write(
            lambda conn: facts.replace_window(conn, "northgate", "g", "1", pull, currency="GBP")
        )
    with store.read() as conn:
        assert facts.daily(conn, "northgate", DAY, DAY).num_rows == 100_000
