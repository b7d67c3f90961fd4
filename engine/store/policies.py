"""Versions of a client's policy: drafts, the one in force, and those before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, update

from engine.model.errors import GiveUp
from engine.store import rows
from engine.store.tables import policies


@dataclass(frozen=True)
class StoredPolicy:
    """One version; ``published_by`` and ``published_at`` (UTC) are None until it was in force."""

    client: str
    version: int
    body_json: str
    author: str
    state: Literal["draft", "published", "retired"]
    created_at: datetime
    published_by: str | None = None
    published_at: datetime | None = None


def save_draft(conn: Connection, client: str, body_json: str, author: str, now: datetime) -> int:
    """Keep a new version, not yet in force, and say its number (from 1, per client)."""
    version = rows.next_number(conn, client, "policy")
    draft = StoredPolicy(client, version, body_json, author, "draft", now)
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


def current(conn: Connection, client: str) -> StoredPolicy | None:
    """The version in force, None before the first was published."""
    wanted = _of(client).where(policies.c.state == "published")
    return rows.first(conn, wanted, StoredPolicy)


def version(conn: Connection, client: str, number: int) -> StoredPolicy | None:
    """One version, whatever its state."""
    return rows.first(conn, _of(client).where(policies.c.version == number), StoredPolicy)


def history(conn: Connection, client: str) -> list[StoredPolicy]:
    """Every version, newest first."""
    return rows.load(conn, _of(client).order_by(policies.c.version.desc()), StoredPolicy)


def _of(client: str) -> rows.Query:
    return rows.pick(policies, StoredPolicy).where(policies.c.client_id == client)
