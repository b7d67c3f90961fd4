"""Briefs of campaigns that do not exist yet, one per campaign key."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from engine.model.briefs import Brief
from engine.store import rows
from engine.store.tables import briefs


def save(conn: Connection, client: str, brief: Brief, author: str, now: datetime) -> None:
    """Keep a brief, in place of the one of the same campaign."""
    row = {
        "client_id": client,
        "campaign": brief.campaign,
        "body_json": brief.model_dump_json(),
        "written_by": author,
        "written_at": now,
    }
    rows.put(conn, briefs, [row])


def load(conn: Connection, client: str) -> list[Brief]:
    """The briefs of a client, by campaign key."""
    mine = select(briefs.c.body_json).where(briefs.c.client_id == client)
    found = conn.execute(mine.order_by(briefs.c.campaign)).scalars()
    return [Brief.model_validate_json(body) for body in found]
