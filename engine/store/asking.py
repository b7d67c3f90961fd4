"""Around a question: who looked at it first when, who was to be called, and the standing the last pass judged on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import ValidationError
from sqlalchemy import Connection, select

from engine.store import rows
from engine.store.tables import card_views, pinged, standings
from policies.standing import Standing

Why = Literal["breach", "handed_over", "reassigned"]


@dataclass(frozen=True)
class Ping:
    """Somebody was to be called about a question; ``ping_id`` is the same for the same reason and deadline."""

    client: str
    ping_id: str
    escalation_id: str
    person: str
    why: Why
    sentence: str
    at: datetime


def seen(conn: Connection, client: str, escalation_id: str, person: str, now: datetime) -> bool:
    """Keep when a person first opened a card; False: they had before."""
    if first_seen(conn, client, escalation_id, person) is not None:
        return False
    row = {"client_id": client, "escalation_id": escalation_id, "person": person}
    conn.execute(card_views.insert().values(**row, first_seen_at=now))
    return True


def first_seen(conn: Connection, client: str, escalation_id: str, person: str) -> datetime | None:
    """When a person first opened a card (UTC); None: never."""
    t = card_views.c
    mine = (t.client_id == client, t.escalation_id == escalation_id, t.person == person)
    found: datetime | None = conn.execute(select(t.first_seen_at).where(*mine)).scalar()
    return found


def ping(conn: Connection, call: Ping) -> bool:
    """Keep that somebody is to be called, once; False: that call was kept before."""
    t = pinged.c
    there = select(t.ping_id).where(t.client_id == call.client, t.ping_id == call.ping_id)
    if conn.execute(there).first() is not None:
        return False
    conn.execute(pinged.insert().values(**rows.values(call)))
    return True


def pings(conn: Connection, client: str, escalation_id: str | None = None) -> list[Ping]:
    """Who was to be called, the newest first; of one question, or of all."""
    mine = rows.pick(pinged, Ping).where(pinged.c.client_id == client)
    if escalation_id is not None:
        mine = mine.where(pinged.c.escalation_id == escalation_id)
    return rows.load(conn, mine.order_by(pinged.c.at.desc(), pinged.c.ping_id), Ping)


def keep_standing(conn: Connection, standing: Standing) -> None:
    """Keep the standing a pass judged on, in place of the one before."""
    body = standing.model_dump_json()
    rows.put(
        conn, standings, [{"client_id": standing.client, "body_json": body, "at": standing.now}]
    )


def standing(conn: Connection, client: str) -> Standing | None:
    """The standing the last pass judged on; None before the first, or where this version cannot read it."""
    found = select(standings.c.body_json).where(standings.c.client_id == client)
    text = conn.execute(found).scalar()
    if text is None:
        return None
    try:
        return Standing.model_validate_json(text)
    except ValidationError:
        return None
