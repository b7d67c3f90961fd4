"""Outcomes of acts: what is still to be judged, the windows round an act, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, case, func, select

from engine.model.effects import Sides, Window, Word, windows
from engine.store import rows
from engine.store.tables import campaign_days, deals, decisions
from engine.store.tables import outcomes as t


@dataclass(frozen=True)
class Outcome:
    """One act's outcome as it was found; money in micros of the client's currency, ``at`` UTC."""

    client: str
    decision_id: str
    agent: str
    word: Word
    sentence: str
    acted_on: date
    judged_on: date
    ratio: float | None
    low: float | None
    high: float | None
    compared: int
    together: int
    leads_before: int
    leads_after: int
    cost_before_micros: int
    cost_after_micros: int
    at: datetime


def carried_out(conn: Connection, client: str, since: datetime) -> list[dict[str, Any]]:
    """Acts carried out from ``since`` (UTC) on, oldest first; ``judged``: an outcome of it is kept."""
    d = decisions.c
    mine = (t.c.client_id == d.client_id) & (t.c.decision_id == d.decision_id)
    statement = (
        select(
            *(d.decision_id, d.agent, d.sentence, d.action_json, d.applied_at),
            t.c.decision_id.is_not(None).label("judged"),
        )
        .select_from(decisions.outerjoin(t, mine))
        .where(d.client_id == client, d.state == "applied", d.applied_at >= since)
        .order_by(d.applied_at, d.decision_id)
    )
    return [dict(row) for row in conn.execute(statement).mappings()]


def sides(conn: Connection, client: str, day: date, currency: str) -> dict[str, Sides]:
    """The windows round an act of that account-day, by campaign, summed in the database.

    Media in another currency than the client's is left out, and with it its campaign's windows of media.
    """
    before, after = windows(day)
    c, d = campaign_days.c, deals.c
    media = _both(c.day, func.coalesce(c.cost_micros, 0), before, after)
    spent = (
        select(c.campaign, *media)
        .where(c.client_id == client, c.level == "campaign", c.currency == currency)
        .where(c.day.between(before[0], after[1]))
        .group_by(c.campaign)
    )
    begun = (
        select(d.campaign, *_both(d.created_on, 1, before, after))
        .where(d.client_id == client, d.created_on.between(before[0], after[1]))
        .group_by(d.campaign)
    )
    found: dict[str, Sides] = {}
    for name, b, a in conn.execute(spent):
        found[name or ""] = Sides(Window(0, int(b)), Window(0, int(a)))
    for name, b, a in conn.execute(begun):
        key = name or ""
        found[key] = found.get(key, Sides()) + Sides(Window(int(b)), Window(int(a)))
    return found


def keep(conn: Connection, found: Sequence[Outcome]) -> None:
    """Keep outcomes; one that is there already stands."""
    if found:
        conn.execute(t.insert(), [rows.values(o) for o in found])


def of(conn: Connection, client: str, decision_id: str) -> Outcome | None:
    """The outcome of one act, None before it was judged."""
    one = rows.pick(t, Outcome).where(t.c.client_id == client, t.c.decision_id == decision_id)
    return rows.first(conn, one, Outcome)


def _both(
    day: Any, figure: Any, before: tuple[date, date], after: tuple[date, date]
) -> tuple[Any, Any]:
    one, other = (
        func.coalesce(func.sum(case((day.between(*window), figure), else_=0)), 0)
        for window in (before, after)
    )
    return one.label("before"), other.label("after")
