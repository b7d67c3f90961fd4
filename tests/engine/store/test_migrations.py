import duckdb_sqlalchemy.alembic_impl  # noqa: F401
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from engine.store.migrations.upgrade import known, upgrade, version
from engine.store.tables import metadata


def test_an_empty_database_becomes_exactly_the_tables_the_program_describes(store):
    with store.read() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert version(conn) == known()[-1]


def test_upgrading_again_changes_nothing(store):
    store.write(lambda conn: upgrade(conn, "here"))
    with store.read() as conn:
        assert version(conn) == known()[-1]


def test_the_client_comes_first_in_every_table_of_client_rows():
    whole_store = {"meta", "people"}
    first = {t.name: next(iter(t.c)).name for t in metadata.sorted_tables}
    assert {t for t, c in first.items() if c != "client_id"} == whole_store


def test_another_database_gets_the_same_tables(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'other.db'}")
    with engine.begin() as conn:
        upgrade(conn, "other.db")
        assert set(metadata.tables) <= set(inspect(conn).get_table_names())
    engine.dispose()
