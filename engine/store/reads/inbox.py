"""Questions and waiting plans over every client in reach, for the inbox."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select

from engine.model.people import Scope
from engine.store import rows
from engine.store.tables import clients, escalations, plans

OPEN = ("open", "deferred")
_e, _p, _c = escalations.c, plans.c, clients.c


def open_count(conn: Connection, scope: Scope) -> int:
    """Questions open now and plans waiting, in reach."""
    asked = select(func.count()).where(_e.status == "open", rows.within(escalations, scope))
    plan = select(func.count()).where(_p.status == "waiting", rows.within(plans, scope))
    row: Any = conn.execute(select(asked.scalar_subquery(), plan.scalar_subquery())).one()
    return int(row[0]) + int(row[1])


def questions(conn: Connection, scope: Scope, *, done: bool, limit: int) -> list[dict[str, Any]]:
    """Escalations without their evidence: unanswered ones by due time, or answered ones, latest first."""
    columns = (
        _e.client_id.label("client"),
        _c.name.label("client_name"),
        _c.time_zone,
        _e.escalation_id.label("ref"),
        _e.kind,
        _e.title,
        _e.owner,
        _e.backup,
        _e.opened_at,
        _e.due_at,
        _e.status,
        _e.deferred_until,
        _e.decided_at,
    )
    answered = _e.status.not_in(OPEN) if done else _e.status.in_(OPEN)
    order = _e.decided_at.desc().nulls_last() if done else _e.due_at
    statement = (
        select(*columns)
        .join(clients, _c.client_id == _e.client_id)
        .where(answered, rows.within(escalations, scope))
        .order_by(order)
        .limit(limit)
    )
    return [dict(row) for row in conn.execute(statement).mappings()]


def question(conn: Connection, client: str, ref: str) -> dict[str, Any] | None:
    """One escalation whole, with its client's name, zone and currency; None when there is none."""
    statement = (
        select(escalations, _c.name.label("client_name"), _c.time_zone, _c.currency)
        .join(clients, _c.client_id == _e.client_id)
        .where(_e.client_id == client, _e.escalation_id == ref)
    )
    found = conn.execute(statement).mappings().first()
    return None if found is None else dict(found)


def plan_rows(conn: Connection, scope: Scope, *, done: bool, limit: int) -> list[dict[str, Any]]:
    """Plans waiting for a person, or decided ones, latest first."""
    wanted = _p.status.in_(("approved", "rejected")) if done else _p.status == "waiting"
    statement = (
        select(plans, _c.name.label("client_name"), _c.time_zone, _c.currency)
        .join(clients, _c.client_id == _p.client_id)
        .where(wanted, rows.within(plans, scope))
        .order_by(_p.created_at.desc())
        .limit(limit)
    )
    return [dict(row) for row in conn.execute(statement).mappings()]


def plan_row(conn: Connection, client: str, ref: str) -> dict[str, Any] | None:
    """One plan whole, with its client's name, zone and currency; None when there is none."""
    statement = (
        select(plans, _c.name.label("client_name"), _c.time_zone, _c.currency)
        .join(clients, _c.client_id == _p.client_id)
        .where(_p.client_id == client, _p.plan_id == ref)
    )
    found = conn.execute(statement).mappings().first()
    return None if found is None else dict(found)


def where_is(conn: Connection, scope: Scope, ref: str) -> str | None:
    """The client a question or plan of that id belongs to; None when none in reach has it."""
    asked = select(_e.client_id).where(_e.escalation_id == ref, rows.within(escalations, scope))
    plan = select(_p.client_id).where(_p.plan_id == ref, rows.within(plans, scope))
    found: str | None = conn.execute(asked.union_all(plan).limit(1)).scalar()
    return found
