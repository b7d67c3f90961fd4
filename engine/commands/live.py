"""One client's accounts as they are this moment, for a person who is about to act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands.house import House
from engine.model.accounts import Snapshot
from engine.model.desired import Desired
from engine.store import clients, desired
from engine.store.clients import Client
from engine.store.passes import policy_in_force
from engine.store.register import StoredRegister
from policies.policy import Policy
from policies.standing import Standing


@dataclass(frozen=True)
class Live:
    """What an act of a person is judged on."""

    who: Client
    policy: Policy | None
    desired: Desired
    snapshots: tuple[Snapshot, ...]
    standing: Standing


def read(house: House, client: str, now: datetime) -> Live:
    """Read every account of a client.

    Raises:
        TryLater: an account could not be read; nothing may be judged on half of them.
        GiveUp: there is no such client.
    """
    with house.store.read() as conn:
        who = clients.client(conn, client)
        owned = clients.accounts(conn, client)
        policy = policy_in_force(conn, client)
        wanted: Any = desired.load(conn, client)
    snapshots = tuple(house.platforms[a.platform].snapshot(client, a, now) for a in owned)
    there = StoredRegister(house.store, who, now).standing(snapshots)
    return Live(who, policy, wanted, snapshots, there)
