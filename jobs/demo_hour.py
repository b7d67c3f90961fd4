"""The one row of a demo's timetable: an hour passes, then every client gets its tick."""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.commands import demo
from engine.commands.clients import clients
from engine.commands.house import House
from engine.model.errors import Fault
from engine.model.people import Scope
from jobs.market import Market
from jobs.ticking import tick_client

RUNS_FOR = timedelta(days=14)
HOUR = timedelta(hours=1)


def demo_hour(house: House, market: Market) -> str:
    """Advance the market one hour, write the clock row, tick each client; say what came of it.

    The demo halts 14 simulated days after it opened, so that an open laptop does not walk it into
    next year.
    """
    target = house.clock.now() + HOUR
    opened = demo.fact(house, "opened_at")
    if opened and target > datetime.fromisoformat(opened) + RUNS_FOR:
        return "Halted: 14 simulated days have passed since the demo opened."
    return advance_and_tick(house, market, target)


def advance_and_tick(house: House, market: Market, target: datetime) -> str:
    """Move market and clock to ``target`` (UTC), tick everybody; one failing stops no other."""
    market.advance(target)
    demo.set_clock(house, target)
    said = []
    for client in clients(house.store, Scope.operator()):
        try:
            said.append(tick_client(house, client.client, target).sentence)
        except Fault as fault:
            said.append(f"{client.name}: {fault}")
    return " ".join(said)
