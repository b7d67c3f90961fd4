"""What only a demo store knows: that it is one, and where its clock stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.commands.house import House
from engine.model.errors import GiveUp
from engine.store import meta


def begin(house: House, now: datetime, facts: Mapping[str, str]) -> None:
    """Mark an empty store as a demo store, with its clock at ``now`` and the facts of its making.

    Raises:
        GiveUp: the store already holds something that is not a demo.
    """

    def write(conn: Any) -> None:
        if meta.get(conn, "demo") != "1" and meta.get(conn, "clients_opened") == "1":
            raise GiveUp(
                "This store belongs to real clients; a demo needs a store of its own (CC_STORE)."
            )
        meta.put(conn, "demo", "1")
        meta.put(conn, "clock", now.isoformat())
        for key, value in facts.items():
            meta.put(conn, _demo_key(key), value)

    house.store.write(write)


def is_demo(house: House) -> bool:
    """True for a demo store."""
    with house.store.read() as conn:
        return meta.get(conn, "demo") == "1"


def set_clock(house: House, now: datetime) -> None:
    """Move the demo's business time; called by the demo driver after the market was advanced.

    Raises:
        GiveUp: the store is not a demo store.
    """
    _refuse_real(house)
    house.store.write(lambda conn: meta.put(conn, "clock", now.isoformat()))


def note(house: House, key: str, value: str) -> None:
    """Remember one fact about the demo (``demo_…``).

    Raises:
        GiveUp: the store is not a demo store.
    """
    _refuse_real(house)
    house.store.write(lambda conn: meta.put(conn, _demo_key(key), value))


def fact(house: House, key: str) -> str | None:
    """One fact about the demo, None when it was never noted."""
    with house.store.read() as conn:
        return meta.get(conn, _demo_key(key))


def _demo_key(key: str) -> str:
    return key if key.startswith("demo_") else f"demo_{key}"


def _refuse_real(house: House) -> None:
    if not is_demo(house):
        raise GiveUp("Only a demo store has a clock that can be moved; this one runs on real time.")
