"""Plans per client and month, and what people said to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Connection, update

from engine.model.errors import GiveUp
from engine.store import rows
from engine.store.tables import plans as t

PlanStatus = Literal["draft", "waiting", "approved", "rejected", "superseded"]


@dataclass(frozen=True)
class StoredPlan:
    """One plan for the month beginning on ``month``; ``decided_by`` is None until then."""

    client: str
    plan_id: str
    month: date
    body_json: str
    status: PlanStatus
    created_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str = ""


def save(
    conn: Connection,
    client: str,
    plan_id: str,
    *,
    month: date,
    body_json: str,
    status: PlanStatus,
    now: datetime,
) -> None:
    """Keep a plan in place of the same id; one that waits supersedes the one that waited before."""
    month = month.replace(day=1)
    if status == "waiting":
        _supersede(conn, client, month, plan_id, "waiting")
    plan = StoredPlan(client, plan_id, month, body_json, status, now)
    rows.put(conn, t, [rows.values(plan)])


def set_status(
    conn: Connection,
    client: str,
    plan_id: str,
    status: PlanStatus,
    *,
    person: str,
    reason: str,
    now: datetime,
) -> None:
    """Record a decision on a plan; an approved one supersedes the month's earlier approval.

    Raises:
        GiveUp: there is no such plan.
    """
    found = get(conn, client, plan_id)
    if found is None:
        raise GiveUp(f"There is no plan {plan_id}; reload the page.")
    if status == "approved":
        _supersede(conn, client, found.month, plan_id, "approved")
    conn.execute(
        update(t)
        .where(t.c.client_id == client, t.c.plan_id == plan_id)
        .values(status=status, decided_by=person, decided_at=now, reason=reason)
    )


def get(conn: Connection, client: str, plan_id: str) -> StoredPlan | None:
    """One plan, or None."""
    return rows.first(conn, _of(client).where(t.c.plan_id == plan_id), StoredPlan)


def current(conn: Connection, client: str, month: date) -> StoredPlan | None:
    """The approved plan of the month ``month`` lies in, None when there is none."""
    wanted = _of(client).where(t.c.status == "approved", t.c.month == month.replace(day=1))
    return rows.first(conn, wanted, StoredPlan)


def waiting(conn: Connection, client: str) -> list[StoredPlan]:
    """The plans that wait for a person, oldest first."""
    mine = _of(client).where(t.c.status == "waiting")
    return rows.load(conn, mine.order_by(t.c.created_at, t.c.plan_id), StoredPlan)


def plans(conn: Connection, client: str) -> list[StoredPlan]:
    """Every plan of a client, newest first."""
    newest_first = _of(client).order_by(t.c.created_at.desc(), t.c.plan_id.desc())
    return rows.load(conn, newest_first, StoredPlan)


def supersede_other_months(conn: Connection, client: str, month: date) -> list[StoredPlan]:
    """Let go of plans that wait for another month than the one ``month`` lies in; returns them as they were."""
    old = [p for p in waiting(conn, client) if p.month != month.replace(day=1)]
    for plan in old:
        one = update(t).where(t.c.client_id == client, t.c.plan_id == plan.plan_id)
        conn.execute(one.values(status="superseded"))
    return old


def _of(client: str) -> rows.Query:
    return rows.pick(t, StoredPlan).where(t.c.client_id == client)


def _supersede(conn: Connection, client: str, month: date, but: str, status: str) -> None:
    others = update(t).where(
        t.c.client_id == client, t.c.month == month, t.c.plan_id != but, t.c.status == status
    )
    conn.execute(others.values(status="superseded"))
