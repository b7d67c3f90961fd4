"""Questions whose deadline has passed, and what their safe states ask for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from engine.model.desired import Desired
from engine.model.errors import GiveUp
from engine.model.safe_states import (
    NOTHING_BACK,
    PAUSED_ALREADY,
    Overdue,
    speaks_of,
    to_stop,
    wishes,
)
from engine.store import budgets, codec, escalations
from engine.store import desired as desired_table
from engine.store.escalations import Escalation

_LOOKS_BACK = timedelta(days=92)


def overdue(conn: Connection, client: str, desired: Desired | None = None) -> list[Overdue]:
    """Every undecided question whose deadline has passed; ``desired`` spares reading it again."""
    found = escalations.breached(conn, client)
    if not found:
        return []
    known = desired_table.load(conn, client) if desired is None else desired
    return [_overdue(one, known) for one in found]


def stops(conn: Connection, client: str, desired: Desired | None = None) -> tuple[str, ...]:
    """Campaigns whose pause the policy orders now."""
    return to_stop(overdue(conn, client, desired))


def owed(conn: Connection, client: str, currency: str, now: datetime) -> tuple[Any, ...]:
    """What safe states still ask for; one that has nothing to do is told as such and asks no more."""
    waiting = [e for e in escalations.breached(conn, client) if e.safe_note is None]
    if not waiting:
        return ()
    desired = desired_table.load(conn, client)
    last = {w.campaign: w for w in budgets.since(conn, client, now - _LOOKS_BACK)}
    found: list[Any] = []
    for one in waiting:
        asked = wishes(_overdue(one, desired), desired, last, client, currency)
        found += asked
        if not asked:
            told = PAUSED_ALREADY if one.safe == "pause" else NOTHING_BACK
            escalations.note_safe(conn, client, one.escalation_id, told)
    return tuple(found)


def _overdue(one: Escalation, desired: Desired) -> Overdue:
    try:
        action = codec.action(one.action_json) if one.action_json else None
    except GiveUp:
        action = None
    return Overdue(one.escalation_id, one.safe or "hold", speaks_of(one.cause, action, desired))
