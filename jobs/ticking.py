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
from jobs.chores import do_chores
from jobs.owner import beside


def tick_client(house: House, client: str, now: datetime) -> TickResult:
    """Run the loop once for ``client`` at ``now`` (UTC), then its chores; a raised pause flag is carried out first.

    Raises:
        BadInput: there is no such client.
    """
    known_client(house, client)
    with _alone(house):
        obey_flag(house, now)
        result = loop.tick(house.store, house.platforms, house.deals, client, now)
        do_chores(house, client, now)
        return result


def obey_flag(house: House, now: datetime) -> None:
    """Carry out what a pause file beside the store asks for, and take down what was obeyed.

    A name no client has stays up, and ``unknown_flags`` tells of it.
    """
    path = house.store.path
    if path is None:
        return
    wanted = flag.read(Path(path))
    strangers = _strangers(house, wanted)
    known = tuple(client for client in wanted.clients if client not in strangers)
    for client in [None] if wanted.everyone else known:
        control.pause(house, Scope.operator(), now, client)
    if wanted.everyone or known:
        flag.taken_down(Path(path), flag.Flag(wanted.everyone, known))


def unknown_flags(house: House) -> list[str]:
    """One sentence for each name in the pause file that no client has."""
    if house.store.path is None:
        return []
    path = Path(house.store.path)
    return [
        f"The pause file names {client!r}, and no client of this store has that id; pause the"
        f" right one, and remove {beside(path, 'pause').name}."
        for client in _strangers(house, flag.read(path))
    ]


def _strangers(house: House, wanted: flag.Flag) -> list[str]:
    known = {c.client for c in clients(house.store, Scope.operator())}
    return [client for client in wanted.clients if client not in known]


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
