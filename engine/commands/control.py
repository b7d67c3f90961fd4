"""The kill switch: the switch first, then every campaign of ours is paused and read back, one by one.

Nothing is sent while it is thrown but stops. Each client has its own; the operator of the machine can also
hold the whole house. Resuming is a senior person's act and passes the gate like any other.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.commands.book import note, reason_given
from engine.commands.house import House
from engine.commands.switching import Report, Switching
from engine.model.errors import AskPerson, BadInput
from engine.model.people import Role, Scope
from engine.store import clients, intents, meta
from engine.store.clients import Client

_ROLES: tuple[Role, ...] = ("strategist", "admin", "worker")
_HOUSE_WIDE = (
    "Everything is held by the operator of this machine; "
    "`python -m jobs resume --all --reason TEXT` there lifts that first."
)


def pause(house: House, scope: Scope, now: datetime, client: str | None) -> Report:
    """Stop one client, or everything in reach (None); by the operator, None also holds the whole house.

    Returns ``{"paused", "verified", "failed"}``, campaigns as ``client/campaign``: ``paused`` were told to
    pause, ``verified`` read back as paused, ``failed`` end with the reason. The switch holds even when
    every campaign fails: the loop sends nothing until somebody resumes.

    Raises:
        AskPerson: the client is out of reach, or the role may not stop it.
        BadInput: there is no such client.
    """
    reach = _reach(house, scope, client)

    def write(conn: Any) -> None:
        if client is None and scope.everything:
            meta.put(conn, "paused_all", "1")
        for who in reach:
            if not who.paused:
                meta.put(conn, _thrown_key(who), now.isoformat())
            clients.set_paused(conn, who.client, paused=True)
            said = f"{scope.name} paused everything for {who.name}."
            note(conn, scope, now, who.client, kind="pause", ref="kill-switch", sentence=said)

    house.store.write(write)
    report = _empty()
    for who in reach:
        switching = Switching(house, scope, now, who, report)
        switching.read()
        switching.stop()
    return report


def resume(house: House, scope: Scope, now: datetime, client: str | None, reason: str) -> Report:
    """Let the loop go on and switch on again what the switch paused; by a senior person, through the gate.

    A campaign that a person paused or whose budget a person changed stays paused and is named in ``failed``.
    None means every client in reach that is held. By the operator, None lifts the hold of the whole house
    and nothing else; for one client the operator approves nothing: only what the gate allows by itself runs.
    A client with an account that cannot be read now stays held.

    Returns the same shape as ``pause``, ``paused`` naming what was told to run.

    Raises:
        AskPerson: not senior for any client that would be resumed, or the whole house is held.
        BadInput: no reason, or no such client.
    """
    why = reason_given(reason)
    reach = _reach(house, scope, client)
    if client is None and scope.everything:
        return _lifted(house, scope, now, reach, why)
    if held_by_operator(house):
        raise AskPerson(_HOUSE_WIDE)
    held = [who for who in reach if who.paused or client is not None]
    mine = [who for who in held if scope.everything or who.client in scope.senior]
    report = _empty()
    report["failed"] += [f"{who.client}: {_not_senior(who)}" for who in held if who not in mine]
    if held and not mine:
        raise AskPerson(" ".join(map(_not_senior, held)))
    for who in mine:
        switching = Switching(house, scope, now, who, report, why)
        if switching.read():
            switching.start(_released(house, scope, now, who, why))
    return report


def held_by_operator(house: House) -> bool:
    """True while the operator of the machine holds the whole house."""
    with house.store.read() as conn:
        return meta.get(conn, "paused_all") == "1"


def _reach(house: House, scope: Scope, client: str | None) -> list[Client]:
    """The clients meant, each of which the caller may stop."""
    with house.store.read() as conn:
        reach = [c for c in clients.clients(conn, scope) if client in (None, c.client)]
    if client is not None:
        scope.check(client, *_ROLES)
        if not reach:
            raise BadInput(f"There is no client {client!r} in this store.")
    mine = [c for c in reach if scope.everything or scope.role_for(c.client) in _ROLES]
    if not mine and not scope.everything:
        raise AskPerson("This takes a strategist or an admin of a client; you are neither.")
    return mine


def _lifted(house: House, scope: Scope, now: datetime, reach: list[Client], why: str) -> Report:
    def write(conn: Any) -> None:
        if meta.get(conn, "paused_all") != "1":
            return
        meta.put(conn, "paused_all", "0")
        for who in reach:
            said = f"{scope.name} lifted the hold of the whole house. {why}"
            note(conn, scope, now, who.client, kind="resume", ref="kill-switch", sentence=said)

    house.store.write(write)
    return _empty()


def _released(house: House, scope: Scope, now: datetime, who: Client, why: str) -> frozenset[str]:
    """Take one client's switch back, and tell which campaigns it had paused since it was thrown."""

    def write(conn: Any) -> frozenset[str]:
        thrown = meta.get(conn, _thrown_key(who))
        since = datetime.fromisoformat(thrown) if thrown else None
        clients.set_paused(conn, who.client, paused=False)
        said = f"{scope.name} resumed for {who.name}. {why}"
        note(conn, scope, now, who.client, kind="resume", ref="kill-switch", sentence=said)
        return intents.switched_off(conn, who.client, since)

    return house.store.write(write)


def _thrown_key(who: Client) -> str:
    return f"thrown/{who.client}"


def _not_senior(who: Client) -> str:
    return f"Resuming {who.name} takes a senior right for it."


def _empty() -> Report:
    return {"paused": [], "verified": [], "failed": []}
