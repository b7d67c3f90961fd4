"""One tick of one client, with what must come first: the kill switch, nobody else ticking."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from engine import loop
from engine.commands import control
from engine.commands.clients import clients
from engine.commands.house import House
from engine.model.errors import BadInput
from engine.model.people import Scope
from engine.model.results import TickResult
from jobs import flag


def tick_client(house: House, client: str, now: datetime) -> TickResult:
    """Run the loop once for ``client`` at ``now`` (UTC); a raised pause flag is carried out first.

    Raises:
        BadInput: there is no such client.
    """
    known_client(house, client)
    with _alone(house):
        obey_flag(house, now)
        return loop.tick(house.store, house.platforms, house.deals, client, now)


def obey_flag(house: House, now: datetime) -> None:
    """Carry out what a pause file beside the store asks for, then take it down."""
    path = house.store.path
    if path is None:
        return
    wanted = flag.read(Path(path))
    for client in [None] if wanted.everyone else wanted.clients:
        control.pause(house, Scope.operator(), now, client)
    if wanted.everyone or wanted.clients:
        flag.taken_down(Path(path))


def known_client(house: House, client: str) -> None:
    """Refuse an id no client has.

    Raises:
        BadInput: naming the clients there are.
    """
    known = sorted(c.client for c in clients(house.store, Scope.operator()))
    if client not in known:
        there = ", ".join(known) or "none yet"
        raise BadInput(f"There is no client {client!r} in this store; there are: {there}.")


@contextmanager
def _alone(house: House) -> Iterator[None]:
    """Two ticks never overlap, whoever asked for them: the timetable or a person."""
    if house.store.path is None:
        yield
        return
    path = Path(house.store.path)
    with path.with_name(f"{path.name}.tick.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
