import stat
import subprocess
import sys
import threading
import time
from datetime import timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from engine.model.errors import GiveUp, TryLater
from engine.store import Store, StoreBusy, meta, retry, rows, ticks
from engine.store.connect import connect
from engine.store.migrations.upgrade import known
from engine.store.tables import counters

from .values import NOW


def test_a_new_store_is_made_with_its_folder_and_only_its_owner_may_read_it(tmp_path):
    path = tmp_path / "var" / "demo" / "store.duckdb"
    store = Store(connect(f"duckdb:///{path}"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert store.path == path
    store.close()


def test_an_existing_store_opens_quickly_and_keeps_its_rows(path):
    store = Store(connect(f"duckdb:///{path}"))
    store.write(lambda conn: meta.put(conn, "demo", "1"))
    store.close()
    begun = time.perf_counter()
    store = Store(connect(f"duckdb:///{path}"))
    assert time.perf_counter() - begun < 0.5
    with store.read() as conn:
        assert meta.get(conn, "demo") == "1"
    store.close()


def test_a_store_of_a_newer_version_is_refused_with_both_versions_named(path):
    store = Store(connect(f"duckdb:///{path}"))
    store.write(lambda conn: conn.execute(text("UPDATE alembic_version SET version_num = '9001'")))
    store.close()
    newest = known()[-1]
    with pytest.raises(GiveUp, match=f"version 9001.*newer than {newest}. Update the program"):
        connect(f"duckdb:///{path}")


def test_a_file_that_is_no_store_is_refused_with_a_sentence(tmp_path):
    other = tmp_path / "notes.txt"
    other.write_text("hello " * 4000)
    with pytest.raises(GiveUp, match=r"notes.txt is not a store"):
        connect(f"duckdb:///{other}")


def test_a_store_open_in_another_process_is_busy_and_says_which(path):
    hold = "import duckdb,sys; c=duckdb.connect(sys.argv[1]); print('open',flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StoreBusy, match=f"open in process {other.pid}") as busy:
            connect(f"duckdb:///{path}")
        assert busy.value.pid == other.pid
        other.communicate("\n")
    connect(f"duckdb:///{path}").dispose()


def test_instants_come_back_in_utc_whatever_zone_they_went_in(store):
    there = NOW.astimezone(timezone(timedelta(hours=-5)))
    tick = store.write(lambda conn: ticks.start(conn, "northgate", there))
    with store.read() as conn:
        found = ticks.last(conn, "northgate")
    assert (found.tick_id, found.started_at) == (tick, NOW)
    assert found.started_at.utcoffset() == timedelta(0)


def test_every_session_is_in_utc_and_fetches_no_extension(store):
    wanted = ("TimeZone", "autoinstall_known_extensions", "autoload_known_extensions")
    settings = ", ".join(f"current_setting('{name}')" for name in wanted)
    with store.read() as one, store.read() as other:
        for conn in (one, other):
            assert conn.execute(text(f"SELECT {settings}")).one() == ("UTC", False, False)


def test_an_instant_without_a_zone_is_refused(store):
    with pytest.raises(Exception, match="no time zone"):
        store.write(lambda conn: ticks.start(conn, "northgate", NOW.replace(tzinfo=None)))


def test_an_exception_undoes_everything_the_function_wrote(store):
    def fails(conn):
        meta.put(conn, "demo", "1")
        raise GiveUp("no")

    with pytest.raises(GiveUp):
        store.write(fails)
    with store.read() as conn:
        assert meta.get(conn, "demo") is None


def test_nothing_written_through_read_stays(store):
    with store.read() as conn:
        meta.put(conn, "demo", "1")
    with store.read() as conn:
        assert meta.get(conn, "demo") is None


def test_numbers_taken_by_many_threads_have_no_double_and_no_gap(store):
    taken = []

    def take():
        for _ in range(5):
            number = store.write(lambda conn: rows.next_number(conn, "", "escalation", 101))
            taken.append(number)

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(101, 141))


def test_a_conflict_that_never_ends_is_handed_back_to_try_later(store, monkeypatch):
    monkeypatch.setattr(retry, "wait_seconds", lambda attempt, rng: 0.0)
    store.write(lambda conn: rows.next_number(conn, "", "n"))
    held = store._engine.connect()
    held.execute(counters.update().values(value=50))
    tries = []

    def write(conn):
        tries.append(1)
        conn.execute(counters.update().values(value=60))

    with pytest.raises(TryLater, match="Nothing was written"):
        store.write(write)
    assert len(tries) == retry.ATTEMPTS
    held.close()
    store.write(write)


def test_a_doubled_key_is_told_as_what_it_is(store):
    def twice(conn):
        conn.execute(counters.insert().values(client_id="", name="n", value=1))

    store.write(twice)
    with pytest.raises(IntegrityError):
        store.write(twice)


def test_an_error_that_is_no_conflict_is_not_tried_again(store):
    tries = []

    def wrong(conn):
        tries.append(1)
        conn.execute(text("SELECT * FROM nowhere"))

    with pytest.raises(ProgrammingError):
        store.write(wrong)
    assert len(tries) == 1


def test_threads_read_whole_states_while_another_writes(store):
    store.write(lambda conn: (meta.put(conn, "a", "0"), meta.put(conn, "b", "0")))
    done = threading.Event()
    torn = []

    def read():
        while not done.is_set():
            with store.read() as conn:
                if meta.get(conn, "a") != meta.get(conn, "b"):
                    torn.append(1)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for n in range(30):
        store.write(lambda conn, n=n: (meta.put(conn, "a", str(n)), meta.put(conn, "b", str(n))))
    done.set()
    for reader in readers:
        reader.join()
    assert not torn
