"""Tending a question without answering it: taken on, given to somebody else, put out of sight, looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands.acting import found, moved, name_of, told
from engine.commands.book import reason_given
from engine.commands.house import House
from engine.model.errors import BadInput
from engine.model.escalation_life import Acknowledge, Reassign, Snooze
from engine.model.people import Scope
from engine.store import asking, calendars, people
from engine.store import policies as policy_table
from engine.store.asking import Ping


@dataclass(frozen=True)
class Place:
    """Which question a verb is about, in the version that was seen."""

    client: str
    escalation_id: str
    version: int


def looked_at(
    house: House, scope: Scope, now: datetime, *, client: str, escalation_id: str
) -> bool:
    """Keep when this person first opened the card; the time to decide counts from there. False: they had before.

    Raises:
        BadInput: there is no such escalation.
    """
    scope.check(client, "strategist")
    with house.store.read() as conn:
        if asking.first_seen(conn, client, escalation_id, scope.person) is not None:
            return False

    def write(conn: Any) -> bool:
        found(conn, client, escalation_id)
        return asking.seen(conn, client, escalation_id, scope.person, now)

    return house.store.write(write)


def acknowledge(house: House, scope: Scope, now: datetime, place: Place) -> None:
    """Say that one has taken it on; the deadline counts on, and it wakes from a snooze.

    Raises:
        AskPerson: it changed since it was shown.
        BadInput: there is no such escalation, or it was taken on already.
    """
    scope.check(place.client, "strategist")

    def write(conn: Any) -> None:
        one = found(conn, place.client, place.escalation_id)
        moved(conn, one, Acknowledge(scope.person), place.version, now)
        told(conn, scope, now, one, "acknowledged", f"{scope.name} has taken on: {one.title}.")

    house.store.write(write)


def snooze(
    house: House, scope: Scope, now: datetime, place: Place, *, until: datetime, reason: str
) -> None:
    """Put it out of sight until ``until`` (aware), its deadline at most; the deadline counts on.

    Raises:
        AskPerson: it changed since it was shown.
        BadInput: no reason, no such escalation, or a time that has passed or lies after the deadline.
    """
    scope.check(place.client, "strategist")
    why = reason_given(reason)

    def write(conn: Any) -> None:
        one = found(conn, place.client, place.escalation_id)
        moved(conn, one, Snooze(scope.person, until, why), place.version, now)
        said = f"{scope.name} will look again at {until:%d %b %H:%M} UTC: {one.title}. {why}"
        told(conn, scope, now, one, "snoozed", said)

    house.store.write(write)


def reassign(
    house: House, scope: Scope, now: datetime, place: Place, *, to: str, reason: str
) -> None:
    """Give it to somebody who can decide it; the rest of the time to decide goes on in their calendar.

    Raises:
        AskPerson: it changed since it was shown.
        BadInput: no reason, no such escalation, or somebody who cannot decide it or is asked already.
    """
    scope.check(place.client, "strategist")
    why = reason_given(reason)

    def write(conn: Any) -> None:
        one = found(conn, place.client, place.escalation_id)
        able = deciders(conn, place.client)
        if to not in able:
            names = ", ".join(sorted(able.values())) or "nobody yet"
            raise BadInput(f"Choose somebody who can decide it: {names}.")
        rota, life = calendars.rota(conn, place.client), one.life
        left = rota.left(life.asked, life.clock_from, life.sla_hours, now)
        event = Reassign(scope.person, to, rota.due(to, now, left), left)
        moved(conn, one, event, place.version, now)
        said = f"{scope.name} gave to {able[to]}: {one.title}. {why}"
        told(conn, scope, now, one, "reassigned", said, {"to": to})
        key = f"{one.escalation_id}:reassigned:{to}:{place.version}"
        asking.ping(conn, Ping(place.client, key, one.escalation_id, to, "reassigned", said, now))

    house.store.write(write)


def can_decide(house: House, scope: Scope, client: str) -> dict[str, str]:
    """Who may approve for a client, by id with their names."""
    scope.check(client, "strategist")
    with house.store.read() as conn:
        return deciders(conn, client)


def deciders(conn: Any, client: str) -> dict[str, str]:
    """Senior strategists of a client, active, by id with their names."""
    senior = policy_table.seniors(conn, client)
    roles = {
        person: {r.role for r in people.rights(conn, person) if r.client == client}
        for person in senior
    }
    return {p: name_of(conn, p) for p in senior if "strategist" in roles[p]}
