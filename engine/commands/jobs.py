"""What the scheduler did, kept as rows: last run, next run, failure."""

from __future__ import annotations

from datetime import datetime

from engine.commands.house import House
from engine.model.people import Scope
from engine.store import clients, decisions, ticks
from engine.store.anchor import Break
from engine.store.policies import AGENCY
from engine.store.ticks import JobRun, Tick


def record_run(
    house: House,
    name: str,
    *,
    last_at: datetime | None,
    next_at: datetime | None,
    state: str,
    sentence: str = "",
) -> None:
    """Remember one run of a job; ``state`` is ok, late, failed or missed."""
    house.store.write(
        lambda conn: ticks.job_run(
            conn, name, last_at=last_at, next_at=next_at, state=state, sentence=sentence
        )
    )


def runs(house: House) -> list[JobRun]:
    """Every job's last known run, by name."""
    with house.store.read() as conn:
        return ticks.job_runs(conn, Scope.operator())


def last_ticks(house: House) -> dict[str, Tick | None]:
    """Every client's last pass, None before its first."""
    with house.store.read() as conn:
        known = clients.clients(conn, Scope.operator())
        return {c.client: ticks.last(conn, c.client) for c in known}


def broken_ledgers(house: House) -> list[Break]:
    """Whose ledger (a client's, the agency's) does not agree with its seals, from which line on, and why."""
    with house.store.read() as conn:
        known = [c.client for c in clients.clients(conn, Scope.operator())]
        found = [house.store.broken(conn, client) for client in (*known, AGENCY)]
    return [broken for broken in found if broken is not None]


def decisions_made(house: House) -> tuple[int, int]:
    """How many passes and how many decisions the store holds, over every client."""
    with house.store.read() as conn:
        return ticks.count(conn, Scope.operator()), decisions.count(conn, Scope.operator())
