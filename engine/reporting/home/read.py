"""Reads the strategist's first page from the store, in one view of it; only clients in the scope's reach."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from engine.model.errors import GiveUp
from engine.model.people import Scope
from engine.model.plans import Plan
from engine.reporting.home.facts import Draft, Facts, Happened, Pass, WaitingPlan
from engine.reporting.inbox.queue import queue
from engine.store import Store, codec, meta, sources, ticks
from engine.store.reads import home, inbox, moves
from engine.store.ticks import JobRun

AWAY = timedelta(hours=24)
LIMIT = 200


def facts(store: Store, scope: Scope, now: datetime) -> Facts:
    """Everything the page is composed from."""
    with store.read() as conn:
        passes = tuple(_pass(row) for row in home.passes(conn, scope))
        known = {p.client for p in passes}
        since = away_since(home.last_said(conn, scope), now)
        names = moves.names(conn)
        return Facts(
            passes=passes,
            jobs=tuple(j for j in ticks.job_runs(conn, Scope.operator()) if _ours(j, known)),
            demo=meta.get(conn, "demo") == "1",
            paused_all=meta.get(conn, "paused_all") == "1",
            since=since,
            happened=tuple(Happened(*row) for row in home.since(conn, scope, since)),
            moved=_acts(home.moved(conn, scope, since)),
            queue=queue(store, scope, now, "all"),
            plans=tuple(_plan(r) for r in inbox.plan_rows(conn, scope, done=False, limit=LIMIT)),
            concepts=tuple(home.concepts_waiting(conn, scope)),
            drafts=tuple(
                Draft(client, version, names.get(author, author), author == scope.person)
                for client, version, author, _ in home.drafts(conn, scope)
            ),
            sources=tuple((p.client, s) for p in passes for s in sources.states(conn, p.client)),
        )


def away_since(said: datetime | None, now: datetime) -> datetime:
    """The reader's last decision, or 24 hours ago where that is longer.

    A first answer in the morning must not wipe out what the night brought.
    """
    yesterday = now - AWAY
    return yesterday if said is None else min(said, yesterday)


def _acts(rows: list[tuple[str, str]]) -> tuple[tuple[str, Any], ...]:
    """The acts that this version can read."""
    found = []
    for client, text in rows:
        with contextlib.suppress(GiveUp):
            found.append((client, codec.action(text)))
    return tuple(found)


def _ours(job: JobRun, known: set[str]) -> bool:
    """The demo's clock, or the pull of a client in reach: what its name ends with."""
    return job.name == "demo-hour" or job.name.rpartition(" ")[2] in known


def _pass(row: dict[str, Any]) -> Pass:
    return Pass(
        client=row["client_id"],
        name=row["name"],
        zone=row["time_zone"],
        currency=row["currency"],
        paused=row["paused"],
        at=row["at"],
        state=row["state"],
        sentence=row["sentence"],
    )


def _plan(row: dict[str, Any]) -> WaitingPlan:
    try:
        plan = Plan.model_validate_json(row["body_json"])
    except ValidationError:
        plan = None
    return WaitingPlan(row["client_id"], row["plan_id"], row["month"], plan)
