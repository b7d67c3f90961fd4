"""Opening a client: who they are, which accounts are theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from engine.commands.book import note
from engine.commands.house import House
from engine.model.accounts import Account
from engine.model.errors import BadInput
from engine.model.people import Scope
from engine.store import Store, meta
from engine.store import clients as table
from engine.store.clients import Client
from policies.standing import Phase

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


def open_client(
    house: House,
    scope: Scope,
    now: datetime,
    *,
    client: str,
    name: str,
    sector: str,
    currency: str,
    time_zone: str,
    phase: Phase,
    primary_action: str,
    accounts: Sequence[Account],
    opened_on: date,
) -> None:
    """Open a client with its accounts; done by an admin or on the machine itself.

    Raises:
        BadInput: the id is none, an account is kept in another currency than the client, or the client exists.
    """
    scope.check(client, "admin")
    _check_id(client)
    for account in accounts:
        if account.currency != currency:
            raise BadInput(
                f"Account {account.account} is kept in {account.currency}, the client in {currency}; "
                "one currency per client."
            )

    def write(conn: Any) -> None:
        table.add_client(
            conn,
            Client(
                client=client,
                name=name,
                sector=sector,
                currency=currency,
                time_zone=time_zone,
                phase=phase,
                primary_action=primary_action,
                paused=False,
                opened_on=opened_on,
            ),
        )
        for account in accounts:
            table.add_account(conn, client, account)
        meta.put(conn, "clients_opened", "1")
        note(conn, scope, now, client, kind="client", ref=client, sentence=f"{name} was opened.")

    house.store.write(write)


def clients(store: Store, scope: Scope) -> list[Client]:
    """The clients in reach of a scope, by name."""
    with store.read() as conn:
        return table.clients(conn, scope)


def _check_id(client: str) -> None:
    if not _ID.fullmatch(client):
        raise BadInput(
            f"{client!r} is no id for a client; use small letters, digits, hyphens and underscores."
        )
