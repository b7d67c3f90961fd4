import pyarrow as pa
import pytest
from sqlalchemy import create_engine

from engine.model.errors import BadInput
from engine.store import bulk, facts
from engine.store.tables import metadata

from .values import DAY, NASTY, a_fact, a_pull


def test_facts_go_in_and_out_of_a_database_that_knows_no_arrow(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'other.db'}")
    rows = [a_fact(), a_fact(campaign=NASTY, cost=None)]
    with engine.begin() as conn:
        for name in ("facts", "campaign_days", "channel_days"):
            metadata.tables[name].create(conn)
        for pulled in ([a_fact(cost=99)], rows):
            facts.replace_window(conn, "n", "g", "1", a_pull(pulled), currency="GBP")
        found = facts.daily(conn, "n", DAY, DAY)
    engine.dispose()
    assert found.schema == facts.DAILY
    expected = [r | {"currency": "GBP"} for r in rows]
    assert sorted(found.to_pylist(), key=str) == sorted(expected, key=str)


def test_a_column_of_another_kind_is_refused_with_a_sentence():
    schema = pa.schema([("clicks", pa.int64())])
    with pytest.raises(BadInput, match="nothing was stored"):
        bulk.conform(pa.table({"clicks": ["many"]}), schema)


def test_a_key_several_rows_have_is_named_whatever_the_columns_hold():
    rows = pa.table({"day": [1, 1, 2], "ad": [NASTY, NASTY, NASTY], "cost": [1, 2, 3]})
    assert bulk.doubled(rows, ["day", "ad", "cost"]) is None
    for given in (rows, bulk.encoded(rows), pa.concat_tables([rows[:1], rows[1:]])):
        found = bulk.doubled(given, ["day", "ad"])
        assert (found["day"], found["ad"]) == (1, NASTY)
    assert bulk.doubled(rows[:0], ["day", "ad"]) is None


def test_keys_too_many_for_one_number_are_told_apart_all_the_same():
    numbers = list(range(300_000))
    rows = pa.table(dict.fromkeys("abcd", numbers))  # 300,000 ** 4 is more than 2 ** 63
    assert bulk.doubled(rows, list("abcd")) is None
    twice = pa.concat_tables([rows, rows[7:8]])
    assert bulk.doubled(twice, list("abcd"))["c"] == 7


def test_encoding_changes_no_value():
    rows = a_pull([a_fact(), a_fact(campaign=NASTY, cost=None)]).table
    assert bulk.encoded(rows).to_pylist() == rows.to_pylist()
