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
        metadata.tables["facts"].create(conn)
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
