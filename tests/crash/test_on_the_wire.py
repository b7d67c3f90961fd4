"""The same over the wire: a sample of places in this process, then real kills of a real process."""

import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine import loop
from engine.store.connect import connect
from tests.crash.killing import DyingPlatform, DyingStore, Killed, Places
from tests.crash.rounds import give_orders, live, settled

pytestmark = pytest.mark.timeout(280)
SAMPLE = (3, 9, 14, 19, 24, 29, 34, 39, 44, 52)
KILLS = 30


def whole(found, turn):
    """Everything that was ordered is there, once, and nothing is left open."""
    assert found["open"] == []
    assert found["different"] == []
    assert found["doubled"] == []
    assert found["orders"] == {f"{turn:02d}-{n}": "applied" for n in "abc"}
    assert found["launched"]
    assert found["shipped"] == 1


@pytest.mark.xdist_group("crash-wire")
def test_places_on_the_wire_end_where_they_should(small):
    small.tick()
    deaths = []
    for turn, at in enumerate(SAMPLE):
        small.days(1)
        give_orders(small, turn)
        places = Places(at)
        dying = DyingStore(small.house.store._engine, places)
        platforms = {"google_ads": DyingPlatform(small.house.platforms["google_ads"], places)}
        try:
            loop.tick(dying, platforms, small.house.deals, small.client, small.now())
        except Killed as where:
            deaths.append(str(where))
        whole(settled(small, turn), turn)
    assert len(deaths) == len(SAMPLE)


@pytest.mark.xdist_group("crash-kills")
def test_thirty_kills_of_the_process_leave_nothing_doubled_open_or_different(
    small, running, tmp_path
):
    small.tick()
    small.house.store.close()
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["tests.crash.rounds"])
    place = (str(tmp_path), running.ready, small.data.customer)
    chance = random.Random(11)
    lasts, killed = 0.8, 0
    for turn in range(KILLS + 1):
        here, there = server.Pipe()
        child = server.Process(target=live, args=(*place, turn, there))
        child.start()
        assert here.poll(60), "the process did not recover"
        report = here.recv()
        if turn:
            whole(report, turn - 1)
        assert here.poll(60), "the process never began its tick"
        pid = here.recv()
        began = time.monotonic()
        if here.poll(chance.uniform(0, lasts)):
            lasts = max(0.1, 0.9 * (time.monotonic() - began))  # done before the kill: aim sooner
        os.kill(pid, signal.SIGKILL)
        child.join(20)
        killed += child.exitcode == -signal.SIGKILL
    assert killed >= KILLS * 2 // 3


@pytest.mark.xdist_group("crash-wire")
def test_a_kill_of_the_command_line_tick_is_caught_up_with_by_the_next(small, tmp_path):
    small.tick()
    small.days(1)
    give_orders(small, 1)
    small.house.store.close()
    before = len(small.writes())
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "jobs", "tick", "--client", small.client, "--json"]
    here = {
        **os.environ,
        "CC_STORE": str(tmp_path / "store.duckdb"),
        "CC_SANDBOX": str(small.house.settings.sandbox),
    }
    child = subprocess.Popen(command, cwd=root, env=here, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while len(small.writes()) == before and time.monotonic() < deadline:
        time.sleep(0.01)
    child.kill()
    child.wait()
    done = subprocess.run(command, cwd=root, env=here, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["client"] == small.client
    small.house.store = type(small.house.store)(connect(small.house.settings.url))
    small.house.__dict__.pop("ways", None)
    small.house.clock._store = small.house.store
    whole(settled(small, 1), 1)
