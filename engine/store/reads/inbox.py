"""Questions and waiting plans over every client in reach, for the inbox."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select, true

from engine.model.escalation_life import UNDECIDED
from engine.model.people import Scope
from engine.store import rows
from engine.store.tables import clients, escalations, plans

OPEN = UNDECIDED
_e, _p, _c = escalations.c, plans.c, clients.c


def open_count(conn: Connection, scope: Scope) -> int:
    """Questions open now and plans waiting, in reach."""
    asked = select(func.count()).where(
        _e.status.in_(("open", "acknowledged")), rows.within(escalations, scope)
    )
    plan = select(func.count()).where(_p.status == "waiting", rows.within(plans, scope))
    row: Any = conn.execute(select(asked.scalar_subquery(), plan.scalar_subquery())).one()
    return int(row[0]) + int(row[1])


def questions(
    conn: Connection, scope: Scope, *, done: bool, limit: int, text: str = ""
) -> list[dict[str, Any]]:
    """Escalations without their evidence: unanswered ones by due time, or answered ones, latest first.

    ``text`` narrows to those with it in their title, id, what is said, or the reason somebody gave.
    """
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
        _e.asked,
        _e.status,
        _e.snoozed_until,
        _e.deferred_until,
        _e.decided_at,
    )
    answered = _e.status.not_in(OPEN) if done else _e.status.in_(OPEN)
    order = _e.decided_at.desc().nulls_last() if done else _e.due_at
    statement = (
        select(*columns)
        .join(clients, _c.client_id == _e.client_id)
        .where(answered, rows.within(escalations, scope), _said(text))
        .order_by(order)
        .limit(limit)
    )
    return [dict(row) for row in conn.execute(statement).mappings()]


def _said(text: str) -> ColumnElement[bool]:
    if not text:
        return true()
    places = (_e.title, _e.escalation_id, _e.what, _e.decision_reason)
    return or_(*(place.icontains(text, autoescape=True) for place in places))


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
