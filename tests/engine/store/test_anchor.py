"""Every ledger row changed, removed, swapped, doubled or renumbered is found, with client and line."""

import json
import shutil
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from engine.store import Store, ledger
from engine.store.connect import connect
from engine.store.tables import ledger as t
from engine.store.tables import ledger_heads

from .values import NOW, an_entry

NAMES = ("alder", "birch", "northgate")
LINES = 5
TEXTS = ("sentence", "ref", "actor", "actor_role", "kind", "detail_json", "hash", "prev_hash")
HOW = ("change", "remove", "swap", "double", "renumber", "head", "cut")


@pytest.fixture
def written(store):
    for name in NAMES:
        for n in range(LINES):
            store.write(lambda conn, c=name, n=n: ledger.append(conn, c, [an_entry(f"{c} {n}")]))
    return store


def heads(path):
    return path.with_name(f"{path.name}.heads.json")


def tamper(conn, draw, client):
    """Tamper with one client's rows in one way; returns the first line that is wrong."""
    how = draw(st.sampled_from(HOW))
    seq = draw(st.integers(1, LINES))
    mine = (t.c.client_id == client) & (t.c.seq == seq)
    if how == "change":
        column = draw(st.sampled_from(TEXTS))
        conn.execute(update(t).where(mine).values({column: "forged"}))
        return seq
    if how == "remove":
        conn.execute(delete(t).where(mine))
        return seq
    if how == "head":
        conn.execute(
            update(ledger_heads).where(ledger_heads.c.client_id == client).values(hash="0" * 64)
        )
        return LINES + 1
    if how == "cut":
        rows = (
            conn.execute(select(t).where(t.c.client_id == client).order_by(t.c.seq))
            .mappings()
            .all()
        )
        conn.execute(delete(t).where(t.c.client_id == client, t.c.seq >= seq))
        last = rows[seq - 2]["hash"] if seq > 1 else ledger.GENESIS
        kept = {"seq": seq - 1, "hash": last}
        conn.execute(update(ledger_heads).where(ledger_heads.c.client_id == client).values(kept))
        return seq
    if how == "double":
        row = dict(conn.execute(select(t).where(mine)).mappings().one())
        conn.execute(insert(t).values(**{**row, "seq": LINES + 1}))
        return LINES + 1
    if how == "renumber":
        conn.execute(update(t).where(mine).values(seq=seq + 100))
        return seq
    other = draw(st.integers(1, LINES).filter(lambda n: n != seq))
    there = (t.c.client_id == client) & (t.c.seq == other)
    columns = [c for c in t.columns if c.name not in {"client_id", "seq"}]
    one, two = (
        dict(conn.execute(select(*columns).where(w)).mappings().one()) for w in (mine, there)
    )
    conn.execute(update(t).where(mine).values(**two))
    conn.execute(update(t).where(there).values(**one))
    return min(seq, other)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_tampering_is_found_in_its_client_and_at_its_line_and_nowhere_else(written, data):
    client = data.draw(st.sampled_from(NAMES))
    with written.read() as conn:  # a read is undone at its end
        line = tamper(conn, data.draw, client)
        found = {name: written.broken(conn, name) for name in NAMES}
    assert found[client].seq == line
    assert (
        str(line if line <= LINES else LINES + 1) in found[client].why
        or "cut off" in found[client].why
    )
    assert [name for name in NAMES if found[name]] == [client]


def test_untouched_chains_are_whole(written):
    with written.read() as conn:
        assert [written.broken(conn, name) for name in NAMES] == [None] * 3


def test_the_heads_lie_beside_the_store_for_its_owner_only(written, path):
    assert heads(path).stat().st_mode & 0o777 == 0o600
    kept = json.loads(heads(path).read_text())
    assert {name: kept[name]["seq"] for name in NAMES} == dict.fromkeys(NAMES, LINES)


def test_a_write_that_is_undone_leaves_the_heads_as_they_were(written, path):
    before = heads(path).read_text()

    def broken(conn):
        ledger.append(conn, "alder", [an_entry("never")])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        written.write(broken)
    assert heads(path).read_text() == before
    written.write(lambda conn: None)
    assert heads(path).read_text() == before


def test_an_older_backup_is_told_as_one_and_stays_told_when_the_house_goes_on(
    written, path, tmp_path
):
    written.close()
    shutil.copy(path, tmp_path / "backup")
    again = Store(connect(f"duckdb:///{path}"))
    late = an_entry("later", at=NOW + timedelta(hours=1))
    again.write(lambda conn: ledger.append(conn, "alder", [late]))
    again.close()
    shutil.copy(tmp_path / "backup", path)
    for _ in range(2):
        restored = Store(connect(f"duckdb:///{path}"))
        with restored.read() as conn:
            found = restored.broken(conn, "alder")
            assert restored.broken(conn, "birch") is None
        assert found.seq == LINES + 1
        assert "older backup" in found.why
        assert "cut off" not in found.why
        restored.write(lambda conn: ledger.append(conn, "alder", [an_entry("on"), an_entry("on")]))
        restored.close()


def test_a_tail_cut_off_while_the_rest_of_the_store_is_younger_is_no_older_backup(written):
    late = an_entry("later", at=NOW + timedelta(hours=1))
    written.write(lambda conn: ledger.append(conn, "alder", [late]))
    written.write(lambda conn: ledger.append(conn, "birch", [late]))
    with written.read() as conn:
        hash_ = ledger.sealed_at(conn, "alder", LINES)
        conn.execute(delete(t).where(t.c.client_id == "alder", t.c.seq > LINES))
        mine = ledger_heads.c.client_id == "alder"
        conn.execute(update(ledger_heads).where(mine).values(seq=LINES, hash=hash_))
        assert ledger.verify(conn, "alder") is None
        assert "cut off after line 5" in written.broken(conn, "alder").why


def test_a_store_without_a_file_of_heads_is_judged_by_its_seals_alone(written, path):
    heads(path).unlink()
    with written.read() as conn:
        assert written.broken(conn, "alder") is None
    written.write(lambda conn: ledger.append(conn, "alder", [an_entry("on")]))
    assert json.loads(heads(path).read_text())["alder"]["seq"] == LINES + 1
