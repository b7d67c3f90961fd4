"""Passes of the loop per client, and when each periodic job last ran."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, func, select, update

from engine.model.people import Scope
from engine.store import rows
from engine.store.tables import jobs
from engine.store.tables import ticks as t

TickState = Literal["running", "ok", "late", "failed"]


@dataclass(frozen=True)
class Tick:
    """One pass, in business time (UTC); ``finished_at`` and ``seconds`` are None while it runs."""

    client: str
    tick_id: str
    started_at: datetime
    finished_at: datetime | None
    state: TickState
    sentence: str
    changes: int
    decisions: int
    escalations: int
    seconds: float | None


@dataclass(frozen=True)
class JobRun:
    """One row of the schedule; ``client`` is "" for a job of the whole store."""

    client: str
    name: str
    last_at: datetime | None
    next_at: datetime | None
    state: str
    sentence: str


def start(conn: Connection, client: str, now: datetime) -> str:
    """Begin a pass and say its id (counted per client)."""
    tick_id = f"{client}-{rows.next_number(conn, client, 'tick'):06d}"
    begun = Tick(client, tick_id, now, None, "running", "", 0, 0, 0, None)
    conn.execute(t.insert().values(**rows.values(begun)))
    return tick_id


def finish(
    conn: Connection,
    client: str,
    tick_id: str,
    *,
    state: Literal["ok", "late", "failed"],
    sentence: str,
    changes: int,
    decisions: int,
    escalations: int,
    seconds: float,
    now: datetime | None = None,
) -> None:
    """End a pass; ``seconds`` is wall time, ``now`` (None: when it began) business time."""
    one = update(t).where(t.c.client_id == client, t.c.tick_id == tick_id)
    conn.execute(
        one.values(
            finished_at=t.c.started_at if now is None else now,
            state=state,
            sentence=sentence,
            changes=changes,
            decisions=decisions,
            escalations=escalations,
            seconds=seconds,
        )
    )


def last(conn: Connection, client: str) -> Tick | None:
    """The latest pass of a client, None before the first."""
    mine = rows.pick(t, Tick).where(t.c.client_id == client)
    return rows.first(conn, mine.order_by(t.c.tick_id.desc()), Tick)


def recent(conn: Connection, scope: Scope, limit: int = 50) -> list[Tick]:
    """The latest passes of the clients in reach, newest first."""
    mine = rows.pick(t, Tick).where(rows.within(t, scope))
    newest_first = mine.order_by(t.c.started_at.desc(), t.c.tick_id.desc())
    return rows.load(conn, newest_first.limit(limit), Tick)


def job_run(
    conn: Connection,
    name: str,
    *,
    client: str = "",
    last_at: datetime | None,
    next_at: datetime | None,
    state: str,
    sentence: str = "",
) -> None:
    """Keep when a job last ran and runs next, in place of what was known of it."""
    run = JobRun(client, name, last_at, next_at, state, sentence)
    rows.put(conn, jobs, [rows.values(run)])


def job_runs(conn: Connection, scope: Scope) -> list[JobRun]:
    """The jobs of the clients in reach, by name; ``Scope.operator()`` also sees the store's own."""
    mine = rows.pick(jobs, JobRun).where(rows.within(jobs, scope))
    return rows.load(conn, mine.order_by(jobs.c.name, jobs.c.client_id), JobRun)


def count(conn: Connection, scope: Scope) -> int:
    """How many passes the clients in reach had."""
    return int(conn.execute(select(func.count()).where(rows.within(t, scope))).scalar_one())
