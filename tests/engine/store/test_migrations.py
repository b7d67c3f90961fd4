import duckdb_sqlalchemy.alembic_impl  # noqa: F401
from alembic import command, config
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from engine.store import Store, imports
from engine.store.connect import connect
from engine.store.migrations.upgrade import HERE, known, upgrade, version
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


def test_files_taken_in_before_keep_their_rows_and_repeats_are_told_apart(tmp_path):
    path = tmp_path / "older.duckdb"
    engine = create_engine(f"duckdb:///{path}")
    row = (
        "INSERT INTO imports (client_id, import_id, file, sha256, format, source, kind, read, kept, already, "
        "refused, refused_json, totals_json, notes_json, \"at\") VALUES ('northgate', '{}', 'a.csv', '{}', 'f', "
        "'meta_ads', 'web', 1, {}, 0, 0, '[]', '{{}}', '[]', '2026-11-09 06:00:00+00')"
    )
    with engine.begin() as conn:
        settings = config.Config()
        settings.set_main_option("script_location", str(HERE))
        settings.attributes["connection"] = conn
        command.upgrade(settings, "0006")
        for import_id, sha256, kept in (
            ("file-00001", "x", 1),
            ("file-00002", "x", 0),
            ("file-00003", "y", 1),
        ):
            conn.execute(text(row.format(import_id, sha256, kept)))
    engine.dispose()
    store = Store(connect(f"duckdb:///{path}"))
    with store.read() as conn:
        found = {
            i.import_id: (i.repeats, i.answers_json) for i in imports.imports(conn, "northgate")
        }
        assert imports.taken_in(conn, "northgate", "a.csv", "x") == "file-00001"
    store.close()
    assert found == {
        "file-00001": (None, "{}"),
        "file-00002": ("file-00001", "{}"),
        "file-00003": (None, "{}"),
    }
