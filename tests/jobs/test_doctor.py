"""``doctor`` names the client and the line of a ledger that was changed, cut off, or restored from an older backup."""

import json
import shutil

import pytest
from sqlalchemy import delete, select, update

from engine.store import Store, ledger
from engine.store.connect import connect
from engine.store.tables import ledger as t
from engine.store.tables import ledger_heads
from tests.engine.store.values import an_entry
from tests.jobs.conftest import add_client


@pytest.fixture
def store(settings, monkeypatch):
    """``store(fn)``: open the store, write with ``fn``, close it again."""
    monkeypatch.setenv("CC_STORE", str(settings.store))

    def write(fn):
        opened = Store(connect(f"duckdb:///{settings.store}"))
        try:
            return opened.write(fn)
        finally:
            opened.close()

    write(lambda conn: add_client(conn, "northgate", name="Northgate"))
    for client in ("alder", "northgate"):
        write(lambda conn, c=client: ledger.append(conn, c, [an_entry(f"{n}") for n in range(4)]))
    return write


def problems(said):
    return [p for p in json.loads(said("doctor", "--json")[1])["problems"] if "ledger" in p]


def test_a_whole_ledger_is_no_problem(said, store):
    assert problems(said) == []


def test_a_changed_row_is_named_with_client_and_line(said, store):
    mine = (t.c.client_id == "northgate") & (t.c.seq == 3)
    store(lambda conn: conn.execute(update(t).where(mine).values(sentence="forged")))
    assert problems(said) == [
        "The ledger of northgate was changed by hand at line 3; restore a backup."
    ]


def test_a_cut_off_end_with_its_head_edited_is_found_by_the_heads_outside(said, store):
    def cut(conn):
        mine = (t.c.client_id == "alder") & (t.c.seq == 2)
        kept = {"seq": 2, "hash": conn.execute(select(t.c.hash).where(mine)).scalar()}
        conn.execute(delete(t).where(t.c.client_id == "alder", t.c.seq > 2))
        conn.execute(update(ledger_heads).where(ledger_heads.c.client_id == "alder").values(kept))

    store(cut)
    told = [
        "The ledger of alder was cut off after line 2: lines 3 to 4 were sealed; restore a backup."
    ]
    assert problems(said) == told
    store(lambda conn: ledger.append(conn, "alder", [an_entry("and on") for _ in range(9)]))
    assert problems(said) == told  # going on does not hide it


def test_an_older_backup_says_so(said, store, settings, tmp_path):
    younger = an_entry("later", at=an_entry().at.replace(hour=23))
    shutil.copy(settings.store, tmp_path / "backup")
    store(lambda conn: ledger.append(conn, "alder", [younger]))
    shutil.copy(tmp_path / "backup", settings.store)
    (told,) = problems(said)
    assert "The ledger of alder ends at line 4" in told
    assert "older backup was restored" in told
