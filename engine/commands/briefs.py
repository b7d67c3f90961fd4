"""Describing a campaign that should exist: the next plan proposes it, a senior person approves it there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.commands.book import note
from engine.commands.house import House
from engine.commands.selling import written
from engine.model.briefs import Brief
from engine.model.errors import BadInput
from engine.model.people import Scope
from engine.store import briefs, clients


def save(house: House, scope: Scope, now: datetime, client: str, brief: Brief) -> None:
    """Keep a brief; nothing is opened by it.

    Raises:
        AskPerson: the role may not write briefs.
        BadInput: the account is not one of the client's, or its offer is not one the policy in force writes.
    """
    scope.check(client, "strategist", "team")

    def write(conn: Any) -> None:
        if brief.account not in {a.account for a in clients.accounts(conn, client)}:
            raise BadInput(f"Account {brief.account} is not one of this client's.")
        written(conn, client, brief.offer)
        briefs.save(conn, client, brief, scope.person, now)
        said = f"{scope.name} briefed the campaign {brief.name}."
        note(conn, scope, now, client, kind="brief", ref=brief.campaign, sentence=said)

    house.store.write(write)
