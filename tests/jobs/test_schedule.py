import threading
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from engine.commands import demo
from engine.commands.house import House
from engine.commands.jobs import runs
from engine.model.errors import TryLater
from engine.model.time import SystemClock
from jobs import demo_hour as hour
from jobs.schedule import DEMO_HOUR_SECONDS, Row, Timetable, rows
from tests.jobs.conftest import add_client

WALL = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def house(temp_store, clock):
    return House(
        store=temp_store,
        clock=clock,
        settings=SimpleNamespace(),
        read_export=lambda name, data, answers: (),
        open_ways=lambda: SimpleNamespace(platforms={}, deals={}),
    )


def _kept(house):
    return {run.name: run for run in runs(house)}


def test_a_demo_store_has_the_one_row_that_moves_its_time(house):
    table = rows(house, SimpleNamespace())
    assert [row.name for row in table] == ["demo-hour"]
    assert table[0].every == timedelta(seconds=DEMO_HOUR_SECONDS)


def test_a_real_store_has_an_hourly_pull_for_each_client(house):
    house.store.write(lambda conn: [add_client(conn, key) for key in ("alder", "birch")])
    table = rows(house, None)
    assert [row.name for row in table] == ["pull alder", "pull birch"]
    assert {row.every for row in table} == {timedelta(hours=1)}


def test_a_run_leaves_its_time_and_its_sentence_as_a_row(house):
    row = Row("count", timedelta(minutes=1), lambda: "Counted three.")
    Timetable(house, [row], clock=SimpleNamespace(now=lambda: WALL)).run(row)
    kept = _kept(house)["count"]
    assert (kept.state, kept.sentence) == ("ok", "Counted three.")
    assert (kept.last_at, kept.next_at) == (WALL, WALL + timedelta(minutes=1))


def _fails(error):
    def run():
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "state", "words"),
    [
        (TryLater("The market does not answer."), "late", "The market does not answer."),
        (ZeroDivisionError("division by zero"), "failed", "ZeroDivisionError"),
    ],
)
def test_a_failing_run_is_a_row_and_not_the_end_of_the_clock(house, error, state, words):
    row = Row("fall", timedelta(minutes=1), _fails(error))
    Timetable(house, [row]).run(row)
    kept = _kept(house)["fall"]
    assert kept.state == state
    assert words in kept.sentence
    assert kept.next_at is not None


def test_a_run_that_outlasts_its_turn_is_never_doubled_and_what_was_missed_is_counted(house):
    together, most, done = [0], [0], threading.Event()

    def slow():
        together[0] += 1
        most[0] = max(most[0], together[0])
        done.wait(3)
        together[0] -= 1
        return "Done."

    row = Row("slow", timedelta(seconds=1), slow)
    table = Timetable(house, [row])
    table.start()
    waited = threading.Event()
    for _ in range(100):
        if table.missed["slow"]:
            break
        waited.wait(0.1)
    done.set()
    table.stop()
    assert most[0] == 1
    assert table.missed["slow"] >= 1
    table.run(row)
    assert "Missed so far" in _kept(house)["slow"].sentence


def test_the_demo_halts_fourteen_days_after_it_opened(house, clock, monkeypatch):
    demo.begin(house, clock.at, {"opened_at": clock.at.isoformat()})
    moved = []
    monkeypatch.setattr(hour, "advance_and_tick", lambda *given: moved.append(given[2]) or "")
    clock.at += timedelta(days=14, hours=-1)
    hour.demo_hour(house, SimpleNamespace())
    assert moved == [clock.at + timedelta(hours=1)]
    clock.at += timedelta(hours=1)
    assert hour.demo_hour(house, SimpleNamespace()).startswith("Halted")
    assert len(moved) == 1


def test_the_market_moves_before_the_clock_and_the_clock_before_any_tick(house, clock, monkeypatch):
    house.store.write(add_client)
    demo.begin(house, clock.at, {})
    order = []
    market = SimpleNamespace(advance=lambda to: order.append("market"))
    monkeypatch.setattr(hour.demo, "set_clock", lambda house, at: order.append("clock"))

    def tick(house, client, now):
        order.append(client)
        raise TryLater("The platform is away.")

    monkeypatch.setattr(hour, "tick_client", tick)
    said = hour.advance_and_tick(house, market, clock.at)
    assert order == ["market", "clock", "alder"]
    assert said == "Alder & Finch: The platform is away."


def test_the_system_clock_is_what_the_timetable_runs_by(house):
    before = SystemClock().now()
    row = Row("now", timedelta(minutes=1), lambda: "")
    Timetable(house, [row]).run(row)
    assert before <= _kept(house)["now"].last_at <= SystemClock().now()
