"""Orders that end without having changed anything: what hangs on them is told, closed and looked at again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from sqlalchemy import Connection

from engine.model.errors import GiveUp
from engine.model.time import account_day
from engine.store import codec, creative, decisions, escalations, sources
from engine.store.clients import Client
from policies.actions import ShipVariant

PLANNER = "planning"
_PLAN, _AGAIN = "plan", "plan_again"


def ended(
    conn: Connection,
    who: Client,
    decision_id: str,
    state: Literal["voided", "rejected"],
    why: str,
    now: datetime,
    *,
    receipt_json: str | None = None,
) -> str:
    """End a decision that brought nothing about; returns what follows from it, for the ledger ("" mostly).

    Its question is closed with the reason, its variant will not go live, and a plan it was part of is made
    anew. ``now`` is aware UTC.

    Raises:
        GiveUp: there is no such decision.
    """
    end(conn, who.client, decision_id, state, why, now, receipt_json=receipt_json)
    found = decisions.get(conn, who.client, decision_id)
    if found is None or found.agent != PLANNER:
        return ""
    plan_again(conn, who.client, account_day(now, who.time_zone))
    return "It was part of a plan, so the month is planned anew from what is true then."


def end(
    conn: Connection,
    client: str,
    decision_id: str,
    state: Literal["voided", "rejected"],
    why: str,
    now: datetime,
    *,
    receipt_json: str | None = None,
) -> None:
    """The same without planning anew.

    Raises:
        GiveUp: there is no such decision.
    """
    decisions.set_state(conn, client, decision_id, state, now=now, receipt_json=receipt_json)
    question = escalations.of_decision(conn, client, decision_id)
    if question is not None:
        escalations.close(conn, client, question, "voided", why)
    lose_variant(conn, client, decision_id, now)


def lose_variant(conn: Connection, client: str, decision_id: str, now: datetime) -> None:
    """The variant a decision would have shipped is lost; one that was live before is left as it is."""
    found = decisions.get(conn, client, decision_id)
    if found is None or found.kind != "ship_variant":
        return
    try:
        action = codec.action(found.action_json)
    except GiveUp:
        return  # what cannot be read names no variant
    waits = {v.variant for v in creative.variants(conn, client) if v.state == "proposed"}
    if isinstance(action, ShipVariant) and action.ad.variant in waits:
        creative.set_variant_state(conn, client, action.ad.variant, "lost", now)


def plan_again(conn: Connection, client: str, today: date) -> None:
    """Let the next daily pass plan anew, once per account-day: a second time waits for tomorrow."""
    marks = sources.marks(conn, client)
    if marks.get(_PLAN, "") in {"", not_again(today)}:
        return
    first = marks.get(_AGAIN) != today.isoformat()
    sources.set_bookmark(conn, client, _PLAN, "" if first else not_again(today))
    sources.set_bookmark(conn, client, _AGAIN, today.isoformat())


def not_again(today: date) -> str:
    """The mark of a day on which the month was planned anew already."""
    return f"again@{today.isoformat()}"
