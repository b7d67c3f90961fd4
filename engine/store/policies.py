"""Versions of a policy: drafts, the one in force, and those before it; of each client and of the agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, select, update

from engine.model.errors import GiveUp
from engine.store import rows
from engine.store.tables import people, policies, rights

AGENCY = "@agency"
"""Under this id the agency keeps the values its clients inherit; no client has it."""
State = Literal["draft", "published", "retired", "discarded", "replaced"]
NO_POLICY = 0
"""``base_version`` of a draft made before any policy was in force."""


@dataclass(frozen=True)
class StoredPolicy:
    """One version; ``published_by`` and ``published_at`` (UTC) are None until it was in force.

    ``body_json`` is what the gate judges by, whole. ``own_json`` holds the part the client wrote itself, by path;
    None: all of it. ``base_version`` was in force when it was written (0: none, None: not recorded),
    ``agency_version`` gave the inherited values, ``replaces`` is the draft it took the place of.
    """

    client: str
    version: int
    body_json: str
    author: str
    state: State
    created_at: datetime
    published_by: str | None = None
    published_at: datetime | None = None
    own_json: str | None = None
    base_version: int | None = None
    agency_version: int | None = None
    replaces: int | None = None


def save_draft(
    conn: Connection,
    client: str,
    body_json: str,
    author: str,
    now: datetime,
    *,
    own_json: str | None = None,
    base_version: int | None = None,
    agency_version: int | None = None,
    replaces: int | None = None,
) -> int:
    """Keep a new version, not yet in force, and say its number (from 1, per client)."""
    version = rows.next_number(conn, client, "policy")
    draft = StoredPolicy(
        client,
        version,
        body_json,
        author,
        "draft",
        now,
        own_json=own_json,
        base_version=base_version,
        agency_version=agency_version,
        replaces=replaces,
    )
    conn.execute(policies.insert().values(**rows.values(draft)))
    return version


def publish(conn: Connection, client: str, version: int, person: str, now: datetime) -> None:
    """Put a version in force; the one before it retires. Publishing an old one rolls back.

    Raises:
        GiveUp: there is no such version.
    """
    mine = policies.c.client_id == client
    in_force = update(policies).where(mine, policies.c.state == "published")
    conn.execute(in_force.values(state="retired"))
    chosen = update(policies).where(mine, policies.c.version == version)
    done = conn.execute(chosen.values(state="published", published_by=person, published_at=now))
    if done.rowcount != 1:
        raise GiveUp(f"There is no version {version} of this policy; reload and choose again.")


def close_draft(
    conn: Connection, client: str, version: int, state: Literal["discarded", "replaced"]
) -> bool:
    """End an open draft without putting it in force; False when it is none any more."""
    t = policies.c
    mine = update(policies).where(t.client_id == client, t.version == version, t.state == "draft")
    return conn.execute(mine.values(state=state)).rowcount == 1


def current(conn: Connection, client: str) -> StoredPolicy | None:
    """The version in force, None before the first was published."""
    wanted = _of(client).where(policies.c.state == "published")
    return rows.first(conn, wanted, StoredPolicy)


def everywhere(conn: Connection) -> list[StoredPolicy]:
    """The version in force of every client that has one, by client."""
    t = policies.c
    wanted = rows.pick(policies, StoredPolicy).where(t.state == "published", t.client_id != AGENCY)
    return rows.load(conn, wanted.order_by(t.client_id), StoredPolicy)


def version(conn: Connection, client: str, number: int) -> StoredPolicy | None:
    """One version, whatever its state."""
    return rows.first(conn, _of(client).where(policies.c.version == number), StoredPolicy)


def history(conn: Connection, client: str) -> list[StoredPolicy]:
    """Every version, newest first."""
    return rows.load(conn, _of(client).order_by(policies.c.version.desc()), StoredPolicy)


def authors(conn: Connection, draft: StoredPolicy) -> frozenset[str]:
    """Everybody who wrote a part of a draft: its author, and those of the drafts it took the place of."""
    found, step = {draft.author}, draft
    while step.replaces is not None:
        before = version(conn, draft.client, step.replaces)
        if before is None or before.version >= step.version:
            break
        found.add(before.author)
        step = before
    return frozenset(found)


def seniors(conn: Connection, client: str) -> dict[str, str]:
    """Who holds the senior right for a client (for the agency: for any client), by id with their names."""
    mine = select(people.c.person, people.c.name).join(rights, rights.c.person == people.c.person)
    mine = mine.where(rights.c.senior, people.c.active, rights.c.role.in_(("strategist", "admin")))
    if client != AGENCY:
        mine = mine.where(rights.c.client_id == client)
    return {str(r.person): str(r.name) for r in conn.execute(mine.order_by(people.c.name))}


def admins(conn: Connection, client: str) -> frozenset[str]:
    """Active admins of a client, by id."""
    mine = select(people.c.person).join(rights, rights.c.person == people.c.person)
    mine = mine.where(people.c.active, rights.c.role == "admin", rights.c.client_id == client)
    return frozenset(str(r.person) for r in conn.execute(mine))


def callable_people(conn: Connection, client: str) -> frozenset[str]:
    """Who can be called for a client (for the agency: for any client): active people of the house, by id."""
    mine = select(people.c.person).join(rights, rights.c.person == people.c.person)
    mine = mine.where(people.c.active, rights.c.role.in_(("strategist", "team", "admin")))
    if client != AGENCY:
        mine = mine.where(rights.c.client_id == client)
    return frozenset(str(r.person) for r in conn.execute(mine))


def _of(client: str) -> rows.Query:
    return rows.pick(policies, StoredPolicy).where(policies.c.client_id == client)
