"""What a month taught: who answered what how fast, what agents did, which rule stopped what."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from engine.store.tables import channel_days, decisions, escalations, ledger, outcomes

_l, _d, _e, _o = ledger.c, decisions.c, escalations.c, outcomes.c
_ANSWERS = ("approved", "rejected", "deferred", "tightened")


def answers(
    conn: Connection, client: str, since: datetime, until: datetime
) -> list[dict[str, Any]]:
    """The answers people gave from ``since`` to before ``until``: actor, kind, ref, detail_json."""
    kinds = [f"escalation_{word}" for word in _ANSWERS]
    statement = (
        select(_l.actor, _l.kind, _l.ref, _l.detail_json)
        .where(_l.client_id == client, _l.kind.in_(kinds), _l.at >= since, _l.at < until)
        .order_by(_l.seq)
    )
    return [dict(row) for row in conn.execute(statement).mappings()]


def questions_of_bounds(conn: Connection, client: str) -> dict[str, str]:
    """The decision each question of a rule is about, by the question's id."""
    statement = select(_e.escalation_id, _e.decision_id).where(
        _e.client_id == client, _e.decision_id.is_not(None)
    )
    return {row.escalation_id: row.decision_id for row in conn.execute(statement)}


def decided(conn: Connection, client: str, first: date, last: date) -> list[dict[str, Any]]:
    """The decisions of account-days ``first`` to ``last`` with what was said of them, oldest first.

    ``answered`` is what a person said (the status of the question), ``answered_at`` when; both None without one.
    """
    question = (_e.client_id == _d.client_id) & (_e.decision_id == _d.decision_id)
    statement = (
        select(
            *(_d.decision_id, _d.account_day, _d.agent, _d.kind, _d.verdict, _d.state),
            *(_d.fingerprint, _d.reasons_json, _d.action_json, _d.applied_at, _d.approval_json),
            _e.status.label("answered"),
            _e.decided_at.label("answered_at"),
        )
        .select_from(decisions.outerjoin(escalations, question))
        .where(_d.client_id == client, _d.account_day.between(first, last))
        .order_by(_d.at, _d.decision_id)
    )
    return [dict(row) for row in conn.execute(statement).mappings()]


def first_day(conn: Connection, client: str) -> date | None:
    """The account-day of the client's first decision, None before it."""
    found: date | None = conn.execute(
        select(func.min(_d.account_day)).where(_d.client_id == client)
    ).scalar()
    return found


def judged(conn: Connection, client: str, first: date, last: date) -> dict[tuple[str, str], int]:
    """How many acts of each agent were judged how on those account-days, by (agent, word)."""
    statement = (
        select(_o.agent, _o.word, func.count())
        .where(_o.client_id == client, _o.judged_on.between(first, last))
        .group_by(_o.agent, _o.word)
    )
    return {(agent, word): int(n) for agent, word, n in conn.execute(statement)}


def media(conn: Connection, client: str, first: date, last: date) -> dict[str, int]:
    """Media of those account-days by channel, in micros of the accounts' currency."""
    c = channel_days.c
    statement = (
        select(c.channel, func.sum(func.coalesce(c.cost_micros, 0)))
        .where(c.client_id == client, c.level == "campaign", c.day.between(first, last))
        .group_by(c.channel)
    )
    return {channel or "": int(cost) for channel, cost in conn.execute(statement)}
