"""Questions about changes made past us: what people said to the newest one of each campaign."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, select

from engine.model.escalation_life import UNDECIDED
from engine.model.ports import Answer
from engine.model.time import account_day
from engine.store import codec, decisions, escalations, rows
from engine.store.clients import Client
from engine.store.escalations import Escalation
from engine.store.tables import escalations as t
from policies.actions import budget_changes

_PUT_BACK = "put_back"


def answers(conn: Connection, who: Client, now: datetime) -> dict[str, Answer]:
    """The newest question per cause and what became of it, at ``now`` (aware UTC)."""
    return {e.cause: Answer(_status(conn, who, e, now), e.fingerprint) for e in _newest(conn, who)}


def close(
    conn: Connection, client: str, cause: str, status: Literal["done", "voided"], why: str
) -> None:
    """End the questions of one cause that are not ended yet."""
    live = (*UNDECIDED, "approved")
    mine = select(t.c.escalation_id).where(
        t.c.client_id == client, t.c.cause == cause, t.c.status.in_(live)
    )
    for escalation_id in list(conn.execute(mine).scalars()):
        escalations.close(conn, client, escalation_id, status, why)


def _newest(conn: Connection, who: Client) -> list[Escalation]:
    mine = rows.pick(t, Escalation).where(t.c.client_id == who.client, t.c.kind == "outside_edit")
    ordered = mine.order_by(t.c.opened_at, t.c.escalation_id)
    return list({e.cause: e for e in rows.load(conn, ordered, Escalation)}.values())


def _status(conn: Connection, who: Client, asked: Escalation, now: datetime) -> Any:
    if asked.status in UNDECIDED:
        return "waiting"
    if asked.status == "approved":
        return "approved"
    if asked.status != "rejected" or asked.decided_at is None:
        return "used"
    today = account_day(now, who.time_zone)
    since = account_day(asked.decided_at, who.time_zone)
    campaign = asked.cause.partition(":")[2]
    tries = [
        d
        for d in decisions.between(conn, who.client, since, today)
        if d.agent == _PUT_BACK and d.at >= asked.decided_at and campaign in _campaigns(d)
    ]
    if any(d.state == "applied" for d in tries):
        return "used"
    return "tried" if any(d.account_day == today for d in tries) else "rejected"


def _campaigns(decision: decisions.Decision) -> set[str]:
    action = codec.action(decision.action_json)
    return {c.campaign for c in budget_changes(action)} or {action.campaign}
