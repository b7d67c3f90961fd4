"""Sign-ins: when each began, when it was last seen, and that it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update
from sqlalchemy import func as sql

from engine.store import rows
from engine.store.tables import sign_ins as t


@dataclass(frozen=True)
class Session:
    """One sign-in of a person, wall time (UTC); ``ended_at`` is None while it may still count."""

    person: str
    session: str
    began_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None


def session(conn: Connection, name: str) -> Session | None:
    """One sign-in by its name; None before it was seen for the first time."""
    return rows.first(conn, rows.pick(t, Session).where(t.c.session == name), Session)


def seen(conn: Connection, person: str, name: str, began: datetime, now: datetime) -> None:
    """A sign-in was used; the first time it is written down. One that ended stays ended."""
    known = update(t).where(t.c.session == name).values(seen_at=now)
    if session(conn, name) is None:
        rows.put(conn, t, [rows.values(Session(person, name, began, now))])
    else:
        conn.execute(known)


def end(conn: Connection, person: str, name: str, began: datetime, now: datetime) -> None:
    """A sign-in is over for good, also one never seen before."""
    rows.put(conn, t, [rows.values(Session(person, name, began, now, now))])


def end_all(conn: Connection, person: str, now: datetime) -> None:
    """Every open sign-in of a person is over."""
    still = update(t).where(t.c.person == person, t.c.ended_at.is_(None))
    conn.execute(still.values(ended_at=now))


def newest(conn: Connection, person: str) -> datetime | None:
    """When a person's newest sign-in began, ended ones among them; None: never seen."""
    found: datetime | None = conn.execute(
        select(sql.max(t.c.began_at)).where(t.c.person == person)
    ).scalar()
    return found


def forget(conn: Connection, before: datetime) -> None:
    """Drop sign-ins that began before an instant at which none can count any more."""
    conn.execute(delete(t).where(t.c.began_at < before))


def last_seen(conn: Connection) -> dict[str, datetime]:
    """When each person was last seen; who never signed in is missing."""
    found = select(t.c.person, sql.max(t.c.seen_at).label("seen")).group_by(t.c.person)
    return {one.person: one.seen for one in conn.execute(found)}


def open_sessions(conn: Connection, since: datetime) -> list[Session]:
    """Sign-ins that began at ``since`` or later and have not ended."""
    mine = rows.pick(t, Session).where(t.c.began_at >= since, t.c.ended_at.is_(None))
    return rows.load(conn, mine, Session)
