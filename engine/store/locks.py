"""Hands off: what nobody may touch, by whom and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, update

from engine.store import rows
from engine.store.tables import locks as t
from engine.store.tables import people as p
from policies.standing import Lock

Level = Literal["campaign", "channel", "account"]


@dataclass(frozen=True)
class StoredLock:
    """One lock; instants are UTC. It ends at ``until``, or when somebody lifted it before."""

    client: str
    lock: str
    level: Level
    thing: str
    by: str
    reason: str
    since: datetime
    until: datetime
    lifted_by: str | None = None
    lifted_why: str | None = None
    lifted_at: datetime | None = None


def add(conn: Connection, lock: StoredLock) -> None:
    """Keep a new lock."""
    conn.execute(t.insert().values(**rows.values(lock)))


def lift(
    conn: Connection, client: str, lock: str, person: str, why: str, now: datetime
) -> StoredLock | None:
    """End a lock before its time; None when it does not hold any more."""
    mine: Any = (t.c.client_id == client, t.c.lock == lock)
    held = (*mine, t.c.lifted_at.is_(None), t.c.until > now)
    found = rows.first(conn, rows.pick(t, StoredLock).where(*held), StoredLock)
    if found is not None:
        ended = {"lifted_by": person, "lifted_why": why, "lifted_at": now}
        conn.execute(update(t).where(*mine).values(**ended))
    return found


def holding(conn: Connection, client: str, now: datetime) -> list[StoredLock]:
    """The locks that hold now, the one that ends first before the others."""
    mine = rows.pick(t, StoredLock).where(
        t.c.client_id == client, t.c.lifted_at.is_(None), t.c.until > now
    )
    return rows.load(conn, mine.order_by(t.c.until, t.c.lock), StoredLock)


def standing(conn: Connection, client: str, now: datetime) -> tuple[Lock, ...]:
    """The same as the gate takes them; people go by their names."""
    names = {r.person: r.name for r in conn.execute(p.select())}
    return tuple(
        Lock(level=k.level, thing=k.thing, until=k.until, by=names.get(k.by, k.by), reason=k.reason)
        for k in holding(conn, client, now)
    )
