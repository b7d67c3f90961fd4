"""Decisions and questions as screens list them: few columns, latest first."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from engine.model.escalation_life import UNDECIDED
from engine.store.tables import decisions, escalations, people

_d, _e = decisions.c, escalations.c


def decided(conn: Connection, client: str, since: date) -> list[dict[str, Any]]:
    """Decisions from one account day on, with what the gate said of each and both JSON texts; latest first."""
    columns = (
        _d.at,
        _d.account_day,
        _d.decision_id,
        _d.kind,
        _d.agent,
        _d.verdict,
        _d.state,
        _d.sentence,
        _d.action_json,
        _d.reasons_json,
    )
    statement = select(*columns).where(_d.client_id == client, _d.account_day >= since)
    statement = statement.order_by(_d.at.desc(), _d.decision_id.desc())
    return [dict(row) for row in conn.execute(statement).mappings()]


def applied(conn: Connection, client: str, since: date) -> list[dict[str, Any]]:
    """What was carried out from one account day on: at, account_day, decision_id, kind, agent, verdict, sentence."""
    columns = (_d.at, _d.account_day, _d.decision_id, _d.kind, _d.agent, _d.verdict, _d.sentence)
    statement = (
        select(*columns)
        .where(_d.client_id == client, _d.account_day >= since, _d.state == "applied")
        .order_by(_d.at)
    )
    return [dict(row) for row in conn.execute(statement).mappings()]


def asked(conn: Connection, client: str, since: datetime) -> list[dict[str, Any]]:
    """Questions still unanswered, and those opened since an instant, without their evidence."""
    columns = (
        _e.escalation_id,
        _e.kind,
        _e.title,
        _e.owner,
        _e.status,
        _e.opened_at,
        _e.due_at,
        _e.deferred_until,
        _e.safe_state,
        _e.decision_id,
    )
    statement = (
        select(*columns)
        .where(_e.client_id == client)
        .where(or_(_e.status.in_(UNDECIDED), _e.opened_at >= since))
        .order_by(_e.opened_at)
    )
    return [dict(row) for row in conn.execute(statement).mappings()]


def names(conn: Connection) -> dict[str, str]:
    """Every person's name by id."""
    rows: Any = conn.execute(select(people.c.person, people.c.name))
    return {str(row.person): str(row.name) for row in rows}
