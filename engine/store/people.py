"""People and what they may do, per client."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from engine.model.errors import GiveUp
from engine.model.people import Role, Scope
from engine.store import rows, tables


@dataclass(frozen=True)
class Person:
    """One person. ``role`` is what they are in the house; ``rights`` say for whom.

    Sign-ins older than ``revoked_before`` (UTC) no longer count; None: none was revoked. ``subject`` is who they
    are at the identity provider, None before they first signed in.
    """

    person: str
    name: str
    role: Role
    email: str = ""
    active: bool = True
    revoked_before: datetime | None = None
    subject: str | None = None


@dataclass(frozen=True)
class Right:
    """What a person is for one client; ``senior``: may approve what a bound stopped."""

    client: str
    role: Role
    senior: bool = False


def add_person(conn: Connection, person: Person, rights: Iterable[Right] = ()) -> None:
    """Add a person with rights; the same id again replaces both."""
    rows.put(conn, tables.people, [rows.values(person)])
    conn.execute(delete(tables.rights).where(tables.rights.c.person == person.person))
    for right in rights:
        grant(conn, person.person, right)


def grant(conn: Connection, person: str, right: Right) -> None:
    """Give one right, in place of the one the person had for that client."""
    rows.put(conn, tables.rights, [{"person": person, **rows.values(right)}])


def withdraw(conn: Connection, person: str, client: str) -> None:
    """Take away what a person may do for one client."""
    t = tables.rights
    conn.execute(delete(t).where(t.c.client_id == client, t.c.person == person))


def every_right(conn: Connection, scope: Scope) -> list[tuple[str, Right]]:
    """Each right for the clients in reach, with the person who has it."""
    t = tables.rights
    found = select(t.c.person, t.c.client_id, t.c.role, t.c.senior).where(rows.within(t, scope))
    ordered = conn.execute(found.order_by(t.c.person, t.c.client_id))
    return [(one.person, Right(one.client_id, one.role, one.senior)) for one in ordered]


def change(conn: Connection, person: str, **values: Any) -> None:
    """Set columns of a person: ``name``, ``email``, ``role``, ``active``, ``subject``."""
    t = tables.people
    conn.execute(update(t).where(t.c.person == person).values(**values))


def revoke(conn: Connection, person: str, now: datetime, *, active: bool = True) -> None:
    """End every sign-in made before ``now``; ``active=False`` also shuts the door."""
    t = tables.people
    changed = update(t).where(t.c.person == person)
    conn.execute(changed.values(revoked_before=now, active=active))


def people(conn: Connection) -> list[Person]:
    """Everybody, by name."""
    return rows.load(conn, rows.pick(tables.people, Person).order_by(tables.people.c.name), Person)


def person(conn: Connection, person_id: str) -> Person:
    """One person.

    Raises:
        GiveUp: there is none of that id.
    """
    mine = rows.pick(tables.people, Person).where(tables.people.c.person == person_id)
    found = rows.first(conn, mine, Person)
    if found is None:
        raise GiveUp(f'There is no person "{person_id}" in this store; ask an admin.')
    return found


def is_senior(conn: Connection, person_id: str, client: str) -> bool:
    """True while an active person may approve for this client what a bound stopped."""
    t, p = tables.rights, tables.people
    mine = select(t.c.person).join(p, p.c.person == t.c.person)
    found = mine.where(t.c.person == person_id, t.c.client_id == client, t.c.senior, p.c.active)
    return conn.execute(found).first() is not None


def rights(conn: Connection, person_id: str) -> list[Right]:
    """What one person may do, by client."""
    t = tables.rights
    mine = rows.pick(t, Right).where(t.c.person == person_id).order_by(t.c.client_id)
    return rows.load(conn, mine, Right)
