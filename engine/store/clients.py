"""Clients and their ad accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, update

from engine.model.accounts import Account
from engine.model.errors import BadInput, GiveUp
from engine.model.people import Scope
from engine.store import rows, tables
from policies.standing import Phase


@dataclass(frozen=True)
class Client:
    """One client. ``currency`` and ``time_zone`` are those its money and its days are shown in."""

    client: str
    name: str
    sector: str
    currency: str
    time_zone: str
    phase: Phase
    primary_action: str
    paused: bool
    opened_on: date


def add_client(conn: Connection, row: Client) -> None:
    """Open a client.

    Raises:
        BadInput: the id is taken.
    """
    if rows.first(conn, _one(row.client), Client) is not None:
        raise BadInput(f'There is already a client "{row.client}"; choose another id.')
    conn.execute(tables.clients.insert().values(**rows.values(row)))


def clients(conn: Connection, scope: Scope) -> list[Client]:
    """The clients in reach, by name."""
    t = tables.clients
    found = rows.pick(t, Client).where(rows.within(t, scope)).order_by(t.c.name, t.c.client_id)
    return rows.load(conn, found, Client)


def client(conn: Connection, client_id: str) -> Client:
    """One client.

    Raises:
        GiveUp: there is none of that id.
    """
    found = rows.first(conn, _one(client_id), Client)
    if found is None:
        raise GiveUp(f'There is no client "{client_id}" in this store.')
    return found


def set_paused(conn: Connection, client_id: str, *, paused: bool) -> None:
    """Stop or resume one client."""
    _set(conn, client_id, "paused", paused)


def set_phase(conn: Connection, client_id: str, phase: Phase) -> None:
    """Move one client to another phase."""
    _set(conn, client_id, "phase", phase)


def add_account(conn: Connection, client_id: str, account: Account) -> None:
    """Tie an ad account to a client; the same account again takes its new name."""
    rows.put(conn, tables.accounts, [{"client_id": client_id, **rows.values(account)}])


def accounts(conn: Connection, client_id: str) -> list[Account]:
    """The ad accounts of a client, by platform and id."""
    t = tables.accounts
    mine = rows.pick(t, Account).where(t.c.client_id == client_id)
    return rows.load(conn, mine.order_by(t.c.platform, t.c.account), Account)


def _one(client_id: str) -> rows.Query:
    return rows.pick(tables.clients, Client).where(tables.clients.c.client_id == client_id)


def _set(conn: Connection, client_id: str, name: str, value: object) -> None:
    t = tables.clients
    conn.execute(update(t).where(t.c.client_id == client_id).values({name: value}))
