"""A person's own working calendar, as they keep it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.model.errors import AskPerson
from engine.model.people import Scope
from engine.model.working_hours import WorkingCalendar, office
from engine.reporting.words import day, stamp
from engine.store import Store, calendars, clients, people

HOUSE_ROLES = ("strategist", "team", "admin")


@dataclass(frozen=True)
class Working:
    """One person's hours; ``written`` is False while office hours stand in, ``today`` says if they can be asked."""

    person: str
    name: str
    calendar: WorkingCalendar
    written: bool
    today: str


def names(store: Store, scope: Scope) -> dict[str, str]:
    """Whose calendar the caller may keep: their own first, and an admin those of the people of their clients."""
    found = {scope.person: scope.name}
    mine = {c for c in scope.clients if scope.role_for(c) == "admin"}
    with store.read() as conn:
        for person in people.people(conn) if mine else []:
            rights = people.rights(conn, person.person)
            if any(r.client in mine and r.role in HOUSE_ROLES for r in rights):
                found.setdefault(person.person, person.name)
    return found


def working(store: Store, scope: Scope, now: datetime, person: str) -> Working:
    """The calendar of one person.

    Raises:
        AskPerson: the caller may not keep it.
    """
    known = names(store, scope)
    if person not in known:
        raise AskPerson("Your own calendar is yours to see; anybody else's takes an admin.")
    with store.read() as conn:
        kept = calendars.of(conn, person)
        mine = [c for c in clients.clients(conn, scope) if scope.sees(c.client)]
    zone = mine[0].time_zone if mine else "UTC"
    calendar = kept or office(zone)
    return Working(person, known[person], calendar, kept is not None, _today(calendar, now))


def _today(calendar: WorkingCalendar, now: datetime) -> str:
    local = calendar.local(now).date()
    away = next((a for a in calendar.absences if a.first <= local <= a.last), None)
    if away is not None:
        return f"Away until {day(away.last, local.year)}: the backup is asked."
    span = calendar.span(local)
    if span is None:
        return "No working day: deadlines stand still."
    opens, closes = (stamp(at, calendar.time_zone, now) for at in span)
    return f"Deadlines count today from {opens} to {closes}."
