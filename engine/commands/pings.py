"""What a person wants to be told, when, and where: their own to choose, nobody else's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, cast

from engine.commands.house import House
from engine.model.errors import AskPerson, BadInput
from engine.model.people import Scope
from engine.model.pings import USUAL, About, When, Wishes
from engine.store import post, rows
from engine.store.post import StoredTarget, vault_name

MOST = 5
"""Targets of one person."""
LONGEST_LABEL = 60


def add_target(house: House, scope: Scope, now: datetime, *, label: str, address: str) -> str:
    """Send this person's messages to one more address, and say its id. The address is kept outside the store.

    Raises:
        BadInput: the address leads nowhere we send to, it has no label, or there are enough.
        AskPerson: the caller is no person, or no key for secrets is set.
    """
    person = _person(scope)
    words = " ".join(label.split())
    if not 1 <= len(words) <= LONGEST_LABEL:
        raise BadInput(f"Give the target a name of 1 to {LONGEST_LABEL} characters, such as Slack.")
    leads = house.post.target(address)

    def write(conn: Any) -> StoredTarget:
        there = post.targets(conn, person)
        if len(there) >= MOST:
            raise BadInput(f"{MOST} targets are enough; remove one first.")
        number = rows.next_number(conn, "", f"ping target {person}")
        kept = StoredTarget(person, f"t{number}", words, leads.service, leads.shown, now)
        house.secrets.put(kept.name, address.strip())
        post.add_target(conn, kept)
        return kept

    return house.store.write(write).target


def remove_target(house: House, scope: Scope, now: datetime, *, target: str) -> None:  # noqa: ARG001  every command has now
    """Send nothing there any more, and forget the address.

    Raises:
        BadInput: the person has no such target.
    """
    person = _person(scope)
    if not house.store.write(lambda conn: post.remove_target(conn, person, target)):
        raise BadInput("There is no such target of yours; reload the page.")
    house.secrets.remove(vault_name(person, target))


def send_test(house: House, scope: Scope, now: datetime, *, target: str) -> None:
    """Send one message now, to see whether it arrives.

    Raises:
        BadInput: the person has no such target, or its address may not be used.
        TryLater: it was not taken.
        AskPerson: its address cannot be read.
    """
    person = _person(scope)
    with house.store.read() as conn:
        found = next((t for t in post.targets(conn, person) if t.target == target), None)
    if found is None:
        raise BadInput("There is no such target of yours; reload the page.")
    address = house.secrets.get(found.name)
    if address is None:
        raise AskPerson("Its address is not on this machine any more; remove it and add it again.")
    said = f"A test by {scope.name}, {now:%d %b %H:%M} UTC. Questions will arrive here like this."
    body = f"{said}\n\n{house.public_url}/"
    house.post.send(address, "Command Centre: a test", body)


def choose(
    house: House,
    scope: Scope,
    now: datetime,  # noqa: ARG001  every command has now
    *,
    quiet: tuple[time, time] | None,
    choices: Mapping[Any, str],
) -> None:
    """Keep when this person wants to be told.

    Raises:
        BadInput: a kind of message or a choice there is not, or quiet hours that begin when they end.
    """
    person = _person(scope)
    if quiet is not None and quiet[0] == quiet[1]:
        raise BadInput("Quiet hours that begin when they end would be all day; choose two times.")
    for about, when in choices.items():
        if about not in USUAL or when not in ("now", "digest", "off"):
            raise BadInput(f'"{about}: {when}" is no choice there is; reload the page.')
    if choices.get("question") == "off" and choices.get("deadline") == "off":
        raise BadInput(
            "Questions and passed deadlines cannot both be off: somebody has to hear of them."
        )
    kept = {
        cast("About", a): cast("When", w)
        for a, w in choices.items()
        if USUAL[cast("About", a)] != w
    }
    wanted = Wishes("UTC", quiet, kept)
    house.store.write(lambda conn: post.keep_wishes(conn, person, wanted))


def _person(scope: Scope) -> str:
    if scope.role not in ("strategist", "team", "admin"):
        raise AskPerson("Messages go to people of the house; a client reads the dashboard.")
    return scope.person
