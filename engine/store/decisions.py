"""What the gate said of every action, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, func, select, update

from engine.model.errors import GiveUp
from engine.model.people import Scope
from engine.store import rows
from engine.store.tables import decisions as t

State = Literal["to_apply", "shipping", "applied", "unknown", "rejected", "voided", "proposed"]


@dataclass(frozen=True)
class Decision:
    """One action with its verdict.

    ``proposed`` stands for escalated or blocked: not to be applied. ``policy_version`` is None
    when there was no policy, ``applied_at`` (UTC) until it was carried out, ``receipt_json`` until
    it was tried, ``approval_json`` until a person approved it.
    """

    client: str
    decision_id: str
    tick_id: str
    at: datetime
    account_day: date
    agent: str
    kind: str
    action_json: str
    fingerprint: str
    verdict: Literal["allowed", "escalated", "blocked"]
    reasons_json: str
    policy_version: int | None
    state: State
    sentence: str
    receipt_json: str | None = None
    applied_at: datetime | None = None
    approval_json: str | None = None


def record(conn: Connection, client: str, batch: Sequence[Decision]) -> None:
    """Keep the decisions of one pass.

    Raises:
        GiveUp: one of them belongs to another client; nothing was stored.
    """
    if any(d.client != client for d in batch):
        raise GiveUp(f"A decision of another client was to be stored for {client}; it was not.")
    if batch:
        conn.execute(t.insert(), [rows.values(d) for d in batch])


def set_state(
    conn: Connection,
    client: str,
    decision_id: str,
    state: State,
    *,
    now: datetime,
    receipt_json: str | None = None,
) -> None:
    """Say what became of a decision; ``applied`` sets ``applied_at``. No receipt: the last stays.

    Raises:
        GiveUp: there is no such decision.
    """
    change: dict[str, Any] = {"state": state}
    if receipt_json is not None:
        change["receipt_json"] = receipt_json
    if state == "applied":
        change["applied_at"] = now
    one = update(t).where(t.c.client_id == client, t.c.decision_id == decision_id)
    if conn.execute(one.values(**change)).rowcount != 1:
        raise GiveUp(f"There is no decision {decision_id}; reload the page.")


def approve(conn: Connection, client: str, decision_id: str, approval_json: str) -> bool:
    """Queue an escalated decision with a person's approval; False when it no longer waits for one.

    The approval is kept beside the decision, which is judged again before it is carried out.
    """
    waits = update(t).where(
        t.c.client_id == client,
        t.c.decision_id == decision_id,
        t.c.state == "proposed",
        t.c.verdict == "escalated",
    )
    return conn.execute(waits.values(state="to_apply", approval_json=approval_json)).rowcount == 1


def queue(conn: Connection, client: str, decision_id: str, approval_json: str) -> None:
    """Queue a decision a person made themselves, with their approval beside it.

    Raises:
        GiveUp: there is no such decision.
    """
    one = update(t).where(t.c.client_id == client, t.c.decision_id == decision_id)
    if conn.execute(one.values(state="to_apply", approval_json=approval_json)).rowcount != 1:
        raise GiveUp(f"There is no decision {decision_id}; reload the page.")


def to_apply(conn: Connection, client: str) -> list[Decision]:
    """What is still to be carried out or was under way, oldest first."""
    mine = _of(client).where(t.c.state.in_(("to_apply", "shipping")))
    return rows.load(conn, mine.order_by(t.c.at, t.c.decision_id), Decision)


def get(conn: Connection, client: str, decision_id: str) -> Decision | None:
    """One decision, or None."""
    return rows.first(conn, _of(client).where(t.c.decision_id == decision_id), Decision)


def on_day(conn: Connection, client: str, account_day: date) -> list[Decision]:
    """The decisions of one account-day, oldest first."""
    mine = _of(client).where(t.c.account_day == account_day)
    return rows.load(conn, mine.order_by(t.c.at, t.c.decision_id), Decision)


def between(conn: Connection, client: str, first: date, last: date) -> list[Decision]:
    """The decisions of the account-days ``first`` to ``last``, both included, oldest first."""
    mine = _of(client).where(t.c.account_day.between(first, last))
    return rows.load(conn, mine.order_by(t.c.at, t.c.decision_id), Decision)


def recent(conn: Connection, client: str, limit: int = 50) -> list[Decision]:
    """The last decisions, newest first."""
    newest_first = _of(client).order_by(t.c.at.desc(), t.c.decision_id.desc())
    return rows.load(conn, newest_first.limit(limit), Decision)


def _of(client: str) -> rows.Query:
    return rows.pick(t, Decision).where(t.c.client_id == client)


def count(conn: Connection, scope: Scope) -> int:
    """How many decisions are on record for the clients in reach."""
    return int(conn.execute(select(func.count()).where(rows.within(t, scope))).scalar_one())
