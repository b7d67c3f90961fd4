"""What a strategist's first page asks: who last decided, what happened since, what waits for a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, select

from engine.model.people import Scope
from engine.store import rows
from engine.store.tables import clients, concepts, decisions, ledger, policies, ticks

_l, _d, _c, _p, _k, _t = ledger.c, decisions.c, clients.c, policies.c, concepts.c, ticks.c
MONEY = ("set_budgets", "shift_budget", "launch_campaign", "set_campaign_status")


def last_said(conn: Connection, scope: Scope) -> datetime | None:
    """When the person of the scope last wrote a line of the ledger themselves; None when never."""
    mine = select(func.max(_l.at)).where(_l.actor == scope.person, rows.within(ledger, scope))
    found: datetime | None = conn.execute(mine).scalar()
    return found


def since(conn: Connection, scope: Scope, at: datetime) -> list[tuple[str, str, str, str, int]]:
    """(client, ledger kind, the act's kind, its state, how many) of what the platform wrote after ``at``.

    An act that needed several lines of one kind counts once. The act's kind and state
    are empty for a line that speaks of no decision.
    """
    act, state = func.coalesce(_d.kind, ""), func.coalesce(_d.state, "")
    same = and_(_d.client_id == _l.client_id, _d.decision_id == _l.ref)
    statement = (
        select(_l.client_id, _l.kind, act, state, func.count(_l.ref.distinct()))
        .select_from(ledger.outerjoin(decisions, same))
        .where(_l.at > at, _l.actor_role == "worker", rows.within(ledger, scope))
        .group_by(_l.client_id, _l.kind, act, state)
        .order_by(_l.client_id, _l.kind, act, state)
    )
    return [(c, kind, a, s, int(n)) for c, kind, a, s, n in conn.execute(statement)]


def moved(conn: Connection, scope: Scope, at: datetime) -> list[tuple[str, str]]:
    """(client, action as JSON) of every act on money carried out after ``at``."""
    statement = (
        select(_d.client_id, _d.action_json)
        .where(_d.state == "applied", _d.applied_at > at, _d.kind.in_(MONEY))
        .where(rows.within(decisions, scope))
        .order_by(_d.applied_at, _d.decision_id)
    )
    return [(client, text) for client, text in conn.execute(statement)]


def concepts_waiting(conn: Connection, scope: Scope) -> list[tuple[str, int]]:
    """(client, concepts nobody has approved yet), clients without any left out."""
    statement = (
        select(_k.client_id, func.count())
        .where(_k.approved_by.is_(None), rows.within(concepts, scope))
        .group_by(_k.client_id)
        .order_by(_k.client_id)
    )
    return [(client, int(number)) for client, number in conn.execute(statement)]


def drafts(conn: Connection, scope: Scope) -> list[tuple[str, int, str, datetime]]:
    """(client, version, author, written at) of policy drafts newer than the policy in force, newest first."""
    newer = policies.alias("in_force")
    published = select(func.coalesce(func.max(newer.c.version), 0)).where(
        newer.c.client_id == _p.client_id, newer.c.state == "published"
    )
    statement = (
        select(_p.client_id, _p.version, _p.author, _p.created_at)
        .where(_p.state == "draft", _p.version > published.scalar_subquery())
        .where(rows.within(policies, scope))
        .order_by(_p.created_at.desc(), _p.client_id)
    )
    return [(client, version, by, at) for client, version, by, at in conn.execute(statement)]


def passes(conn: Connection, scope: Scope) -> list[dict[str, Any]]:
    """Every client in reach with its last pass: client_id, name, time_zone, paused, at, state, sentence.

    ``at`` is when that pass began (UTC), None before the first; ``state`` is then empty.
    """
    last = (
        select(_t.client_id, func.max(_t.tick_id).label("tick_id"))
        .where(rows.within(ticks, scope))
        .group_by(_t.client_id)
        .subquery()
    )
    joined = clients.outerjoin(last, last.c.client_id == _c.client_id).outerjoin(
        ticks, and_(_t.client_id == last.c.client_id, _t.tick_id == last.c.tick_id)
    )
    columns = (
        _c.client_id,
        _c.name,
        _c.time_zone,
        _c.currency,
        _c.paused,
        _t.started_at.label("at"),
        func.coalesce(_t.state, "").label("state"),
        func.coalesce(_t.sentence, "").label("sentence"),
    )
    statement = select(*columns).select_from(joined).where(rows.within(clients, scope))
    return [dict(row) for row in conn.execute(statement.order_by(_c.name)).mappings()]
