"""Hands off: a campaign, channel or account that nobody touches for a while, by a strategist, with the reason."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from engine.commands.book import note, reason_given
from engine.commands.house import House
from engine.model.errors import BadInput
from engine.model.people import Scope
from engine.store import clients, desired, locks, rows
from engine.store.locks import Level, StoredLock
from policies.actions import CHANNELS

LONGEST = timedelta(days=366)


def put(
    house: House,
    scope: Scope,
    now: datetime,
    *,
    client: str,
    level: Level,
    thing: str,
    until: datetime,
    reason: str,
) -> str:
    """Lock a thing until an instant (aware); returns the lock's id. The kill switch still stops it.

    Raises:
        BadInput: no reason, no such thing, or a time that has passed or is more than a year away.
    """
    scope.check(client, "strategist", "admin")
    why = reason_given(reason)
    if not now < until <= now + LONGEST:
        raise BadInput("Choose a time in the future, at most a year away.")

    def write(conn: Any) -> str:
        if thing not in _things(conn, client, level):
            raise BadInput(f"There is no {level} {thing} of this client; choose one from the list.")
        number = f"L-{rows.next_number(conn, client, 'lock')}"
        held = StoredLock(client, number, level, thing, scope.person, why, now, until)
        locks.add(conn, held)
        said = f"{scope.name} said hands off the {level} {thing} until {until:%d %b %Y %H:%M} UTC. {why}"
        note(conn, scope, now, client, kind="lock", ref=number, sentence=said)
        return number

    return house.store.write(write)


def lift(house: House, scope: Scope, now: datetime, *, client: str, lock: str, reason: str) -> None:
    """End a lock before its time.

    Raises:
        BadInput: no reason, or it does not hold any more.
    """
    scope.check(client, "strategist", "admin")
    why = reason_given(reason)

    def write(conn: Any) -> None:
        found = locks.lift(conn, client, lock, scope.person, why, now)
        if found is None:
            raise BadInput("This lock does not hold any more; reload the page.")
        said = f"{scope.name} lifted hands off from the {found.level} {found.thing}. {why}"
        note(conn, scope, now, client, kind="lock_lifted", ref=lock, sentence=said)

    house.store.write(write)


def _things(conn: Any, client: str, level: Level) -> frozenset[str]:
    if level == "channel":
        return frozenset(CHANNELS)
    if level == "account":
        return frozenset(a.account for a in clients.accounts(conn, client))
    return frozenset(desired.load(conn, client))
