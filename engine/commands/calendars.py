"""Working calendars: a person keeps their own, an admin anybody's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from engine.commands.book import note
from engine.commands.house import House
from engine.model.errors import AskPerson, BadInput
from engine.model.people import Role, Scope
from engine.model.working_hours import WorkingCalendar
from engine.store import calendars as table
from engine.store import people

_KEEPERS: tuple[Role, ...] = ("strategist", "team", "admin")


def keep(
    house: House, scope: Scope, now: datetime, person: str, calendar: Mapping[str, Any]
) -> None:
    """Keep a person's calendar in place of the one before; deadlines set from now on count by it.

    ``calendar`` holds the fields of ``WorkingCalendar``. A question whose person is away goes to the backup at the
    next pass. The ledger of each client they work for says that it changed, never why somebody is away.

    Raises:
        AskPerson: somebody else's calendar, and the caller is no admin of a client of theirs.
        BadInput: it is no calendar, with what is wrong, or there is no such person.
    """

    def write(conn: Any) -> None:
        reach = _clients(conn, scope, person)
        wanted = _read(calendar)
        who = {p.person: p.name for p in people.people(conn)}.get(person)
        if who is None:
            raise BadInput(f"There is no person {person}; choose one of those shown.")
        table.save(conn, person, wanted, scope.person, now)
        said = f"The working calendar of {who} was changed by {scope.name}."
        for client in reach:
            note(conn, scope, now, client, kind="calendar", ref=person, sentence=said)

    house.store.write(write)


def _read(calendar: Mapping[str, Any]) -> WorkingCalendar:
    try:
        return WorkingCalendar.model_validate(dict(calendar))
    except ValidationError as bad:
        raise BadInput(_told(bad)) from None


def _clients(conn: Any, scope: Scope, person: str) -> list[str]:
    """The clients whose ledger tells of it: those the two share.

    Raises:
        AskPerson: the caller may not.
    """
    theirs = {r.client for r in people.rights(conn, person) if r.role in _KEEPERS}
    if scope.person == person and scope.role in _KEEPERS:
        return sorted(c for c in theirs if scope.sees(c))
    shared = sorted(
        c for c in theirs if scope.sees(c) and scope.role_for(c) in ("admin", "operator")
    )
    if not shared:
        raise AskPerson("Your own calendar is yours to keep; anybody else's takes an admin.")
    return shared


def _told(bad: ValidationError) -> str:
    first = bad.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    said = first["msg"].removeprefix("Value error, ")
    return f"{place}: {said}" if place else said[:1].upper() + said[1:] + "."
