"""Who a person is to the house: the only place that makes a Scope for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from engine.commands import people_checks as checks
from engine.commands.house import House
from engine.model.errors import AskPerson, BadInput
from engine.model.people import Role, Scope
from engine.store import Store, meta, sign_ins
from engine.store import people as table
from engine.store.people import Person


def person_scope(store: Store, person: str) -> Scope:
    """The scope of a known, active person.

    Raises:
        AskPerson: nobody of that id has any right here.
    """
    with store.read() as conn:
        known = {p.person: p for p in table.people(conn) if p.active}
        rights = table.rights(conn, person) if person in known else []
    if not rights:
        raise AskPerson("You have no rights here yet; ask an admin to add you.")
    return Scope(
        person=person,
        name=known[person].name,
        role=known[person].role,
        clients=frozenset(r.client for r in rights),
        senior=frozenset(r.client for r in rights if r.senior),
        roles=frozenset((r.client, r.role) for r in rights),
    )


def demo_people(store: Store) -> list[Person]:
    """The invented people of a demo store; empty for a real one, so that nobody can be impersonated there.

    Whoever was shut out, or has no rights left, is not among them.
    """
    with store.read() as conn:
        if meta.get(conn, "demo") != "1":
            return []
        may = {person for person, _ in table.every_right(conn, Scope.operator())}
        return [p for p in table.people(conn) if p.active and p.person in may]


def add_person(
    house: House,
    scope: Scope,
    now: datetime,
    *,
    name: str,
    rights: Iterable[tuple[str, Role, bool]],
    person: str = "",
    email: str = "",
) -> str:
    """Add a person with rights ``(client, role, senior)``; done by an admin or on the machine itself.

    Returns their id: ``person``, or one made of the first name. ``email`` is the address their identity provider
    verifies; without one they cannot sign in there.

    Raises:
        AskPerson: the caller is no admin of one of the clients.
        BadInput: the id or the address is taken or none, or a right makes no sense.
    """
    wanted = [checks.right(*one) for one in rights]
    for right in wanted:
        scope.check(right.client, "admin")
    if not wanted and not scope.everything:
        raise BadInput("Give a role for at least one client.")
    said, mail = checks.name(name), checks.email(email)
    if person and not checks.ID.fullmatch(person):
        raise BadInput(f'"{person}" is no id: small letters, digits and hyphens, at most 40.')

    def write(conn: Any) -> str:
        everybody = table.people(conn)
        if any(p.person == person for p in everybody):
            raise BadInput(f'The id "{person}" is taken; choose another.')
        key = person or checks.free_id(conn, said.split()[0])
        added = Person(key, said, checks.house_role(wanted), mail)
        checks.free(everybody, added)
        checks.real(conn, [r.client for r in wanted])
        table.add_person(conn, added, wanted)
        for right in wanted:
            sentence = f"{said} {checks.may_act(right)}."
            checks.line(conn, scope, now, right.client, added, sentence)
        return key

    return house.store.write(write)


def change_rights(
    house: House,
    scope: Scope,
    now: datetime,
    *,
    person: str,
    rights: Iterable[tuple[str, Role | None, bool]],
) -> int:
    """What a person is for each client named, ``(client, role, senior)``; role None: nothing there any more.

    All of it or nothing; other clients stay as they are. Returns how many rights changed.

    Raises:
        AskPerson: the caller is no admin of one of the clients, or means their own rights.
        BadInput: a right makes no sense, or a client would be left without an admin.
    """
    wanted = {
        client: checks.right(client, role, senior) if role else None
        for client, role, senior in rights
    }
    for client in wanted:
        scope.check(client, "admin")
    checks.not_oneself(scope, person)

    def write(conn: Any) -> int:
        one = checks.reached(conn, scope, person)
        checks.real(conn, wanted)
        had = {r.client: r for r in table.rights(conn, person)}
        changed = {c: right for c, right in wanted.items() if had.get(c) != right}
        for client, right in changed.items():
            if right is None or right.role != "admin":
                checks.an_admin_stays(conn, client, person)
            if right is None:
                table.withdraw(conn, person, client)
            else:
                table.grant(conn, person, right)
            said = checks.may_act(right) if right else "may no longer act here"
            checks.line(conn, scope, now, client, one, f"{one.name} {said}.")
        checks.screens(conn, person)
        return len(changed)

    return house.store.write(write)


def revoke(house: House, scope: Scope, now: datetime, *, person: str, wall: datetime) -> None:
    """End every sign-in a person made before ``wall`` (the time outside) or has open; they may sign in again.

    Raises:
        AskPerson: the person acts for a client of which the caller is no admin.
    """

    def write(conn: Any) -> None:
        one, theirs = checks.wholly(conn, scope, person)
        _end(conn, person, wall, active=one.active)
        for client in theirs:
            checks.line(conn, scope, now, client, one, f"All sign-ins of {one.name} were ended.")

    house.store.write(write)


def _end(conn: Any, person: str, wall: datetime, *, active: bool) -> None:
    """By time, for cookies never seen here, and one by one: a provider's fast clock dates open ones after ``wall``."""
    table.revoke(conn, person, wall, active=active)
    sign_ins.end_all(conn, person, wall)


def shut_out(house: House, scope: Scope, now: datetime, *, person: str, wall: datetime) -> None:
    """Let a person in no more, and end their sign-ins; what they may do is kept for the day they come back.

    Raises:
        AskPerson: the person acts for a client of which the caller is no admin, or is the caller.
        BadInput: a client would be left without an admin.
    """
    checks.not_oneself(scope, person)

    def write(conn: Any) -> None:
        one, theirs = checks.wholly(conn, scope, person)
        if not one.active:
            return
        for client in theirs:
            checks.an_admin_stays(conn, client, person)
        _end(conn, person, wall, active=False)
        for client in theirs:
            checks.line(conn, scope, now, client, one, f"{one.name} was shut out.")

    house.store.write(write)


def let_in(house: House, scope: Scope, now: datetime, *, person: str) -> None:
    """Take a shutting out back; the person signs in anew.

    Raises:
        AskPerson: the person acts for a client of which the caller is no admin.
    """

    def write(conn: Any) -> None:
        one, theirs = checks.wholly(conn, scope, person)
        if one.active:
            return
        table.change(conn, person, active=True)
        for client in theirs:
            checks.line(conn, scope, now, client, one, f"{one.name} may sign in again.")

    house.store.write(write)


def set_address(house: House, scope: Scope, now: datetime, *, person: str, email: str) -> None:
    """The address a person signs in with; who they were at the provider is forgotten, and met anew.

    Raises:
        AskPerson: the person acts for a client of which the caller is no admin, or is the caller.
        BadInput: it is no address, or belongs to somebody else.
    """
    checks.not_oneself(scope, person)

    def write(conn: Any) -> None:
        one, theirs = checks.wholly(conn, scope, person)
        wanted = checks.email(email)
        checks.free(
            [p for p in table.people(conn) if p.person != person], Person("", "", "client", wanted)
        )
        table.change(conn, person, email=wanted, subject=None)
        for client in theirs:
            checks.line(conn, scope, now, client, one, f"{one.name} signs in with another address.")

    house.store.write(write)
