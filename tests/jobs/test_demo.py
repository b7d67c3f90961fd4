"""The demo as somebody meets it: real processes, the real loop, the real wire; two simulated days."""

import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest

from engine.model.people import Scope
from engine.store import Store, ledger, meta
from engine.store.connect import connect
from engine.wiring import Settings
from jobs.road import run
from tests.jobs.conftest import ROOT

KEYS = {"store", "clients", "days", "last_day", "ticks", "decisions", "seconds"}

pytestmark = [pytest.mark.xdist_group("small_demo"), pytest.mark.timeout(600)]


def _command(store, *words):
    return subprocess.Popen(
        [sys.executable, "-m", "jobs", *words],
        cwd=ROOT,
        env={**os.environ, "CC_STORE": str(store)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _said(store, *words):
    child = _command(store, *words)
    out, err = child.communicate(timeout=300)
    return child.returncode, out, err


@pytest.fixture(scope="module")
def half_built(tmp_path_factory):
    """A store whose building was killed, and what a command on it was told."""
    store = tmp_path_factory.mktemp("demo") / "store.duckdb"
    child = _command(store, "demo", "--days", "2", "--json")
    deadline = time.monotonic() + 120
    while not store.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.5)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    return store, _said(store, "plan", "--client", "alder")


@pytest.fixture(scope="module")
def demo(half_built):
    """A demo store of two days built over the killed one, and what its building printed."""
    store, _ = half_built
    code, out, err = _said(store, "demo", "--days", "2", "--json")
    assert code == 0, err
    return store, json.loads(out), err


def test_a_build_that_was_killed_is_never_served_and_is_built_anew(half_built, demo):
    _, (code, _, err) = half_built
    assert code in {1, 2}
    assert re.search("half built|no store|no client", err)
    assert "building it anew" in demo[2]


def test_the_answer_is_one_json_document_and_progress_is_told_beside_it(demo):
    store, answer, err = demo
    assert set(answer) >= KEYS
    assert answer["store"] == str(store)
    assert answer["clients"] == ["alder", "northgate"]
    assert (answer["days"], answer["last_day"], answer["ticks"]) == (2, "2026-09-11", 6)
    assert answer["decisions"] >= 1
    assert "day 2 of 2" in err


def test_a_second_run_starts_from_the_store_that_is_there(demo):
    store, answer, _ = demo
    code, out, _ = _said(store, "demo", "--json")
    again = json.loads(out)
    assert code == 0
    assert {k: again[k] for k in KEYS - {"seconds"}} == {k: answer[k] for k in KEYS - {"seconds"}}


def test_a_store_built_otherwise_is_not_passed_off_as_what_was_asked_for(demo):
    code, _, err = _said(demo[0], "demo", "--days", "3", "--json")
    assert code == 1
    assert "2 days and seed 7" in err
    assert "--fresh" in err


def test_the_accounts_are_as_decided_so_the_plan_has_nothing_to_write(demo):
    settings = Settings(store=demo[0])
    for client in ("alder", "northgate"):
        assert run(settings, "plan", {"client": client}) == {"client": client, "changes": []}


def test_an_hour_passes_on_market_and_clock_and_the_tick_says_so(demo):
    code, out, err = _said(demo[0], "tick", "--client", "alder", "--advance", "1h", "--json")
    assert code == 0, err
    answer = json.loads(out)
    assert answer["client"] == "alder"
    assert answer["now"] == "2026-09-12T05:30:00+00:00"
    assert answer["state"] == "ok"


def test_the_same_seed_gives_the_same_ledger_to_the_last_hash(demo, tmp_path):
    store = tmp_path / "store.duckdb"
    code, _, err = _said(store, "demo", "--days", "2", "--seed", "7", "--no-serve")
    assert code == 0, err
    first, second = (_fingerprints(path) for path in (demo[0], store))
    assert first == second


def _fingerprints(path):
    store = Store(connect(f"duckdb:///{path}"))
    try:
        with store.read() as conn:
            built = meta.get(conn, "demo_opened_at")
            return built, {
                client: [
                    entry.hash
                    for entry in ledger.entries(conn, Scope.operator(), client, limit=10_000)
                    if entry.at.isoformat() < built
                ]
                for client in ("alder", "northgate")
            }
    finally:
        store.close()
