"""How long a real tick takes: the official SDK, the store, and a simulated market in its own process.

A small demo house is opened for one client and another for two, with the market's 120 days of
history behind them. Then days pass: one tick per client at 06:30 of its account's day, when money
may move (a *daily* tick; the strategist signs what waits, so that later days carry something out),
and after the last day one tick an hour, which only reads and watches (an *hourly* tick). The
market's own time and the first pull of the whole history are not counted; the latter is told apart.
"""

from __future__ import annotations

import statistics
import tempfile
import time as wall
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from engine import wiring
from engine.commands import demo
from engine.commands.house import House
from engine.wiring import Settings
from jobs import demo_opening
from jobs.certificates import trust
from jobs.demo_clients.reading import ClientData, account_spec, load
from jobs.demo_opening import FIRST_DAY, HISTORY, begins
from jobs.demo_strategist import sit_down
from jobs.market import Market, standing
from jobs.ticking import tick_client

CLIENTS = ("northgate", "alder")
SEED = 7
TICK_AT = time(6, 30)
SITS_DOWN = timedelta(minutes=25)
HOUR = timedelta(hours=1)


@dataclass
class Seconds:
    """Wall seconds of every tick of a house, by what it was."""

    first: list[float] = field(default_factory=list)
    daily: list[float] = field(default_factory=list)
    hourly: list[float] = field(default_factory=list)
    changes: int = 0
    late: list[str] = field(default_factory=list)


def run(short: bool, say: Callable[[str], None]) -> dict[str, Any]:  # noqa: FBT001  one signature for every bench
    """Measure over 3 days and 4 hours, or 28 days and 48 hours, in each house."""
    return measure((3, 4) if short else (28, 48), say)


def measure(
    lengths: tuple[int, int], say: Callable[[str], None], houses: Sequence[int] = (1, 2)
) -> dict[str, Any]:
    """``lengths``: days after the first pull, and hours. {clients, seconds, …} of the last house.

    Raises:
        TryLater: the simulated market did not start.
    """
    days, hours = lengths
    found = [_house(CLIENTS[:many], days, hours, say) for many in houses]
    return {
        "short": days < 28,
        "sizes": {
            "houses": list(houses),
            "days": days,
            "hours": hours,
            "history_days": HISTORY.days,
            "daily_ticks": [h["daily"]["ticks"] for h in found],
            "hourly_ticks": [h["hourly"]["ticks"] for h in found],
        },
        "clients": found[-1]["clients"],
        "seconds": found[-1]["daily"]["median_s"],
        "seconds_hourly": found[-1]["hourly"]["median_s"],
        "houses": found,
    }


def line(answer: Mapping[str, Any]) -> str:
    """The answer as a sentence."""
    said = "; ".join(
        f"{h['clients']} client(s): daily {h['daily']['median_s']} s, "
        f"hourly {h['hourly']['median_s']} s, first pull {h['first_pull_s']} s"
        for h in answer["houses"]
    )
    return f"tick: median of one client's tick, {said}."


def _house(
    names: Sequence[str], days: int, hours: int, say: Callable[[str], None]
) -> dict[str, Any]:
    say(f"tick: opening a house of {len(names)} client(s).")
    everyone = [load(name) for name in names]
    with _opened(everyone) as (house, market):
        seconds = Seconds()
        for number in range(days + 1):
            _day(house, market, everyone, FIRST_DAY + timedelta(days=number), seconds)
            say(f"tick: day {number + 1} of {days + 1}, {len(names)} client(s).")
        for _ in range(hours):
            _hour(house, market, everyone, seconds)
    return {
        "clients": len(names),
        "first_pull_s": round(statistics.median(seconds.first), 3),
        "daily": _spread(seconds.daily),
        "hourly": _spread(seconds.hourly),
        "changes": seconds.changes,
        "late": list(dict.fromkeys(seconds.late)),
    }


def _spread(seconds: Sequence[float]) -> dict[str, Any]:
    return {
        "ticks": len(seconds),
        "median_s": round(statistics.median(seconds), 4),
        "slowest_s": round(max(seconds), 4),
    }


@contextmanager
def _opened(everyone: list[ClientData]) -> Iterator[tuple[House, Market]]:
    """A demo house and its market in a folder of their own, gone afterwards."""
    trust(demo=True)
    with tempfile.TemporaryDirectory(prefix="bench-tick-") as folder:
        root = Path(folder)
        chosen = Settings.model_validate(
            {"store": root / "store.duckdb", "CC_SANDBOX": root / "sandbox"}
        )
        with standing(chosen) as market:
            _history(market, everyone)
            engine = wiring.connect(chosen.url)
            try:
                demo_opening.begin(wiring.house(engine, chosen), SEED, 0)
                house = wiring.house(engine, chosen)  # again: it is a demo store only now
                demo_opening.open_house(house, everyone)
                yield house, market
            finally:
                engine.dispose()


def _history(market: Market, everyone: list[ClientData]) -> None:
    market.call("/now", {"now": (begins() - HISTORY).isoformat(), "seed": SEED})
    for each in everyone:
        market.call("/accounts", account_spec(each))
    market.advance(begins())
    for each in everyone:
        demo_opening.weekly_only(market.state / "exports" / each.customer)


def _day(
    house: House, market: Market, everyone: list[ClientData], day: date, seconds: Seconds
) -> None:
    kept = seconds.first if day == FIRST_DAY else seconds.daily
    for at, client in sorted(((_tick_time(day, c), c) for c in everyone), key=lambda pair: pair[0]):
        _to(house, market, at)
        kept.append(_ticked(house, client, at, seconds))
        sit_down(house, at + SITS_DOWN, client.client, client.time_zone, date.max)


def _hour(house: House, market: Market, everyone: list[ClientData], seconds: Seconds) -> None:
    at = house.clock.now() + HOUR
    _to(house, market, at)
    for client in everyone:
        seconds.hourly.append(_ticked(house, client, at, seconds))


def _to(house: House, market: Market, at: datetime) -> None:
    market.advance(at)
    demo.set_clock(house, at)


def _ticked(house: House, client: ClientData, at: datetime, seconds: Seconds) -> float:
    began = wall.perf_counter()
    result = tick_client(house, client.client, at)
    spent = wall.perf_counter() - began
    changes = result.changes
    seconds.changes += changes if isinstance(changes, int) else len(changes)
    if result.state == "late":
        seconds.late.append(result.sentence)
    return spent


def _tick_time(day: date, client: ClientData) -> datetime:
    return datetime.combine(day, TICK_AT, ZoneInfo(client.time_zone)).astimezone(ZoneInfo("UTC"))
