"""Any order of taking files in and taking them back: what is in force is what the files left would give."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from engine.model.errors import AskPerson, GiveUp
from engine.model.exports import SCHEMAS
from engine.store import file_rows, imports, judging, tables
from engine.store.tables import counters

from .values import DAY, NOW, an_export

C, SOURCE = "northgate", "google_ads"
KEYS = st.sampled_from(["a", "b", "c"])
MAYBE = st.none() | st.integers(0, 2)


def performance(key, clicks, cost, value, currency):
    row = {"row_key": key, "day": DAY, "campaign": "search", "extra": "{}", "currency": currency}
    return row | {"clicks": clicks, "cost_micros": cost, "conversion_value_micros": value}


def deal(key, amount, minute):
    at = None if minute is None else datetime(2026, 11, 9, tzinfo=UTC) + timedelta(minutes=minute)
    return {"row_key": key, "deal_id": key, "amount_micros": amount, "modified_at": at}


def visit(key, sessions):
    return {"row_key": key, "report": "channels", "day": DAY, "sessions": sessions}


ROWS = {
    "performance": st.builds(
        performance, KEYS, MAYBE, MAYBE, MAYBE, st.none() | st.sampled_from(["GBP", "USD"])
    ),
    "deals": st.builds(deal, KEYS, MAYBE, MAYBE),
    "web": st.builds(visit, KEYS, MAYBE),
}


@st.composite
def sequences(draw):
    """A kind, a few files of it, and steps: take file n in, or take back the nth import made so far."""
    kind = draw(st.sampled_from(sorted(ROWS)))
    unlike = {"unique_by": lambda row: row["row_key"]}
    files = draw(
        st.lists(st.lists(ROWS[kind], min_size=1, max_size=3, **unlike), min_size=1, max_size=4)
    )
    steps = st.tuples(st.sampled_from(["take", "take", "undo"]), st.integers(0, 5))
    return kind, files, draw(st.lists(steps, min_size=1, max_size=9))


def take(conn, rows, kind):
    export = an_export(rows, kind)
    digest = hashlib.sha256(repr(rows).encode()).hexdigest()
    return imports.record(conn, C, export, digest, NOW, by="maya").import_id


def values(conn, kind):
    """In force, without the import each row is credited to: numbers differ between two histories."""
    found = file_rows.in_force(C, SOURCE, kind)
    columns = [found.c[name] for name in SCHEMAS[kind].names]
    return conn.execute(select(*columns).order_by(found.c.row_key)).all()


def emptied(conn):
    for table in (tables.imports, *dict.fromkeys(file_rows.TABLES.values()), counters):
        conn.execute(delete(table))


@settings(max_examples=120)
@given(sequences())
def test_after_any_undo_the_rows_are_what_the_files_left_would_have_given(shared, sequence):
    kind, files, steps = sequence

    def lived(conn):
        emptied(conn)
        made = []
        for what, n in steps:
            if what == "take":
                rows = files[n % len(files)]
                made.append([take(conn, rows, kind), rows, True])
            elif made:
                chosen = made[n % len(made)]
                if chosen[2]:
                    imports.undo(conn, C, chosen[0], "maya", NOW)
                    chosen[2] = False
        # a file taken in again unchanged rests on the first: it brought nothing, so it leaves nothing
        brought = {i.import_id for i in imports.imports(conn, C) if i.repeats is None}
        left = [rows for import_id, rows, there in made if there and import_id in brought]
        after = values(conn, kind)
        table = file_rows.TABLES[kind]
        layers = conn.execute(select(func.count()).select_from(table)).scalar()
        emptied(conn)
        for rows in left:
            take(conn, rows, kind)
        assert after == values(conn, kind)
        assert layers == conn.execute(select(func.count()).select_from(table)).scalar()

    shared.write(lived)


@settings(max_examples=60)
@given(sequences())
def test_exactly_one_row_of_each_key_stands_and_every_other_names_an_import_in_force(
    shared, sequence
):
    kind, files, steps = sequence

    def lived(conn):
        emptied(conn)
        made = []
        for what, n in steps:
            if what == "take":
                made.append(take(conn, files[n % len(files)], kind))
            elif made:
                imports.undo(conn, C, made.pop(n % len(made)), "maya", NOW)
        t = file_rows.TABLES[kind]
        standing = func.count().filter(t.c.replaced_by.is_(None))
        by_key = conn.execute(select(t.c.row_key, standing).group_by(t.c.row_key)).all()
        assert all(number == 1 for _, number in by_key)
        named = conn.execute(select(t.c.replaced_by).where(t.c.replaced_by.is_not(None))).scalars()
        assert set(named) <= set(made)

    shared.write(lived)


one_row = st.builds(
    performance, st.just("a"), MAYBE, MAYBE, MAYBE, st.none() | st.sampled_from(["GBP", "USD"])
)


@settings(max_examples=80)
@given(st.lists(one_row, min_size=2, max_size=5, unique_by=repr))
def test_what_a_preview_says_of_money_and_its_currency_is_what_is_in_force_once_kept(shared, rows):
    def lived(conn):
        emptied(conn)
        before = None
        for row in rows:
            judged = judging.judge(conn, C, an_export([row], "performance"))
            take(conn, [row], "performance")
            (after,) = values(conn, "performance")
            if before is not None:
                assert judged.changed == (before != after)
                said = {
                    m.figure: (m.currency, m.before, m.currency_after, m.after)
                    for m in judged.moved
                }
                for name in ("cost_micros", "conversion_value_micros"):
                    was, becomes = getattr(before, name), getattr(after, name)
                    if name in said:
                        assert (said[name][1], said[name][3]) == (was, becomes)
                        assert was is None or said[name][0] == before.currency
                        assert becomes is None or said[name][2] == after.currency
                    else:
                        assert was == becomes
                        assert was is None or before.currency == after.currency
            before = after

    shared.write(lived)


def test_money_told_anew_borrows_no_currency_and_no_money_of_another_one(store):
    first = [performance("a", 1, 5, 2, "GBP"), performance("b", 1, 5, None, "GBP")]
    second = [performance("a", None, 7, None, None), performance("b", None, None, 3, "GBP")]

    def force():
        with store.read() as conn:
            return [
                (r.clicks, r.cost_micros, r.conversion_value_micros, r.currency)
                for r in values(conn, "performance")
            ]

    store.write(lambda conn: take(conn, first, "performance"))
    made = store.write(lambda conn: take(conn, second, "performance"))
    assert force() == [(1, 7, None, None), (1, 5, 3, "GBP")]
    store.write(lambda conn: imports.undo(conn, C, made, "maya", NOW))
    assert force() == [(1, 5, 2, "GBP"), (1, 5, None, "GBP")]


@pytest.fixture(scope="module")
def shared(empty_store, tmp_path_factory):
    import shutil

    from engine.store import Store
    from engine.store.connect import connect

    path = shutil.copy(empty_store, tmp_path_factory.mktemp("undoing") / "store.duckdb")
    store = Store(connect(f"duckdb:///{path}"), seed=1)
    yield store
    store.close()


def test_an_undone_file_may_be_taken_in_again_and_counts_as_the_latest(store):
    rows, other = [visit("a", 1)], [visit("a", 2)]
    first = store.write(lambda conn: take(conn, rows, "web"))
    store.write(lambda conn: take(conn, other, "web"))
    store.write(lambda conn: imports.undo(conn, C, first, "maya", NOW))
    again = store.write(lambda conn: take(conn, rows, "web"))
    with store.read() as conn:
        assert values(conn, "web")[0].sessions == 1
        assert imports.one(conn, C, again).kept == 1


def test_an_import_is_undone_once_and_only_where_it_belongs(store):
    made = store.write(lambda conn: take(conn, [visit("a", 1)], "web"))
    with pytest.raises(GiveUp, match="no import"):
        store.write(lambda conn: imports.undo(conn, "alder", made, "maya", NOW))
    assert store.write(lambda conn: imports.undo(conn, C, made, "maya", NOW)) == 1
    with pytest.raises(AskPerson, match="undone already"):
        store.write(lambda conn: imports.undo(conn, C, made, "tom", NOW))
    with store.read() as conn:
        found = imports.one(conn, C, made)
    assert (found.undone_by, found.undone_at) == ("maya", NOW)


def test_a_repeat_undone_takes_nothing_away(store):
    rows = [visit("a", 1)]
    store.write(lambda conn: take(conn, rows, "web"))
    repeat = store.write(lambda conn: take(conn, rows, "web"))
    assert store.write(lambda conn: imports.undo(conn, C, repeat, "maya", NOW)) == 0
    with store.read() as conn:
        assert values(conn, "web")[0].sessions == 1


def test_another_database_is_asked_in_words_it_knows():
    from sqlalchemy.dialects import postgresql

    found = str(
        select(file_rows.in_force(C, SOURCE, "performance")).compile(dialect=postgresql.dialect())
    )
    assert "array_agg(file_rows_performance.clicks ORDER BY" in found
    assert "arg_max" not in found
