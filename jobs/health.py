"""Is everything well? Answers for a supervisor (`state`) and for a person (`problems`)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from engine.commands import control, demo, gone, jobs, post
from engine.commands.clients import clients
from engine.commands.house import House
from engine.model.people import Scope
from engine.model.time import Clock, SystemClock
from jobs.market import Market
from jobs.ticking import unknown_flags

GRACE = timedelta(minutes=3)
"""A run this much overdue (wall time) means that the timetable stands still."""

OLD_TICK = timedelta(hours=6)
"""Business time without a tick after which a person should know."""


def state(house: House, wall: Clock | None = None) -> dict[str, Any]:
    """{ok, store, scheduler, sandbox, tick_age_seconds}: ``ok`` needs store and scheduler.

    ``tick_age_seconds`` is business time by client, None before the first tick; ``sandbox`` is None
    for a real store, which has none. Anything the store raises is the caller's 503.
    """
    runs = jobs.runs(house)
    now = (wall or SystemClock()).now()
    due = [run.next_at for run in runs if run.next_at is not None]
    scheduler = any(at + GRACE > now for at in due)
    return {
        "ok": scheduler,
        "store": True,
        "scheduler": scheduler,
        "sandbox": _market_runs(house),
        "tick_age_seconds": _ages(house),
        "failed_jobs": sorted(run.name for run in runs if run.state == "failed"),
    }


def problems(house: House) -> list[str]:
    """Everything a person should look at, one sentence each; empty: all is well."""
    found = []
    if demo.is_demo(house) and demo.fact(house, "state") != "built":
        found.append("The demo store is half built; `python -m jobs demo` builds it anew.")
    found += [
        f"The ledger of {broken.client} {broken.why}." for broken in jobs.broken_ledgers(house)
    ]
    found += [
        f"The job {run.name} is {run.state}: {run.sentence}"
        for run in jobs.runs(house)
        if run.state in {"failed", "late"}
    ]
    ages = _ages(house)
    for client in clients(house.store, Scope.operator()):
        if client.paused:
            found.append(f"{client.name} is paused until a senior strategist resumes it.")
        elif ages.get(client.client) is None:
            found.append(f"{client.name} has never had a tick.")
        elif ages[client.client] > OLD_TICK.total_seconds():
            hours = ages[client.client] / 3600
            found.append(f"{client.name} had its last tick {hours:.0f} hours ago.")
    if control.held_by_operator(house):
        found.append(
            "The operator holds the whole house; `python -m jobs resume --all --reason TEXT` lifts it."
        )
    found += [*unknown_flags(house), *gone.gone(house), *post.locked(house)]
    return [*found, *post.undelivered(house, house.clock.now())]


def _ages(house: House) -> dict[str, Any]:
    now = house.clock.now()
    return {
        client: None if tick is None else max(0.0, (now - tick.started_at).total_seconds())
        for client, tick in jobs.last_ticks(house).items()
    }


def _market_runs(house: House) -> bool | None:
    if not demo.is_demo(house):
        return None
    return Market(house.settings.sandbox).facts() is not None
