import duckdb_sqlalchemy.alembic_impl  # noqa: F401
import pytest
from alembic import command, config
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, select, text

from engine.model.errors import AskPerson
from engine.store import Store, file_rows, imports
from engine.store.connect import connect
from engine.store.migrations.upgrade import HERE, known, upgrade, version
from engine.store.tables import file_rows_performance, metadata
from tests.engine.store.values import DAY, NOW, an_export


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
    whole_store = {
        "meta",
        "people",
        "calendars",
        "ping_targets",
        "ping_wishes",
        "sign_ins",
    }  # of the house or of a person
    first = {t.name: next(iter(t.c)).name for t in metadata.sorted_tables}
    assert {t for t, c in first.items() if c != "client_id"} == whole_store


def test_another_database_gets_the_same_tables(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'other.db'}")
    with engine.begin() as conn:
        upgrade(conn, "other.db")
        assert set(metadata.tables) <= set(inspect(conn).get_table_names())
    engine.dispose()


def older(path, revision, statements):
    """A store as it was left at a revision, with what was written then."""
    engine = create_engine(f"duckdb:///{path}")
    with engine.begin() as conn:
        settings = config.Config()
        settings.set_main_option("script_location", str(HERE))
        settings.attributes["connection"] = conn
        command.upgrade(settings, revision)
        for statement in statements:
            conn.execute(text(statement))
    engine.dispose()


IMPORT = (
    "INSERT INTO imports (client_id, import_id, file, sha256, format, source, kind, read, kept, already, "
    "refused, refused_json, totals_json, notes_json, \"at\") VALUES ('northgate', '{}', '{}', '{}', 'f', "
    "'{}', '{}', 1, {}, 0, 0, '[]', '{{}}', '[]', '2026-11-09 06:00:00+00')"
)


def test_an_import_that_wrote_over_rows_is_never_undone_and_later_ones_are(tmp_path):
    """Of two overlapping files the older store kept the second's row alone: nothing is left to bring back."""
    path = tmp_path / "older.duckdb"
    about = ("google_ads", "performance", 1)
    row = (
        "INSERT INTO file_rows_performance (client_id, import_id, import_source, kind, row_key, day, cost_micros) "
        "VALUES ('northgate', '{}', 'google_ads', 'performance', '{}', '2026-11-09', {})"
    )
    kept = [row.format(*r) for r in (("file-00001", "a", 5), ("file-00002", "b", 7))]
    taken = [IMPORT.format(f"file-0000{n}", f"{n}.csv", n, *about) for n in (1, 2)]
    number = "INSERT INTO counters (client_id, name, value) VALUES ('northgate', 'import', 2)"
    older(path, "0004", [*taken, *kept, number])
    store = Store(connect(f"duckdb:///{path}"))
    t = file_rows_performance

    def rows():
        with store.read() as conn:
            columns = (t.c.import_id, t.c.row_key, t.c.cost_micros, t.c.replaced_by)
            return conn.execute(select(*columns).order_by(t.c.row_key)).all()

    there = rows()
    assert len(there) == 2
    for import_id in ("file-00001", "file-00002"):
        with pytest.raises(AskPerson, match=r"cannot be undone.*Download the same days anew"):
            store.write(
                lambda conn, which=import_id: imports.undo(conn, "northgate", which, "maya", NOW)
            )
    assert rows() == there
    newer = an_export([{"row_key": "b", "day": DAY, "cost_micros": 9}])
    made = store.write(lambda conn: imports.record(conn, "northgate", newer, "z", NOW, by="maya"))
    assert made.import_id == "file-00003"
    with store.read() as conn:
        found = file_rows.in_force("northgate", "google_ads", "performance")
        assert conn.execute(select(found.c.cost_micros).order_by(found.c.row_key)).all() == [
            (5,),
            (9,),
        ]
    store.write(lambda conn: imports.undo(conn, "northgate", made.import_id, "maya", NOW))
    assert rows() == there
    store.close()


def test_files_taken_in_before_keep_their_rows_and_repeats_are_told_apart(tmp_path):
    path = tmp_path / "older.duckdb"
    taken = (("file-00001", "x", 1), ("file-00002", "x", 0), ("file-00003", "y", 1))
    older(
        path, "0006", [IMPORT.format(i, "a.csv", sha, "meta_ads", "web", n) for i, sha, n in taken]
    )
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
