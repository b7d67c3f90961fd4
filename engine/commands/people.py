"""Who a person is to the house: the only place that makes a Scope for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from engine.commands.book import note
from engine.commands.house import House
from engine.model.errors import AskPerson
from engine.model.people import Role, Scope
from engine.store import Store, meta
from engine.store import people as table
from engine.store.people import Person, Right


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
    """The invented people of a demo store; empty for a real one, so that nobody can be impersonated there."""
    with store.read() as conn:
        if meta.get(conn, "demo") != "1":
            return []
        return table.people(conn)


def add_person(
    house: House,
    scope: Scope,
    now: datetime,
    *,
    person: str,
    name: str,
    rights: Iterable[tuple[str, Role, bool]],
) -> None:
    """Add a person with rights ``(client, role, senior)``; done by an admin or on the machine itself."""
    wanted = list(rights)
    for client, _, _ in wanted:
        scope.check(client, "admin")
    role = wanted[0][1] if wanted else "client"
    added = Person(person=person, name=name, role=role)

    def write(conn: Any) -> None:
        table.add_person(conn, added, [Right(c, r, senior) for c, r, senior in wanted])
        for client, given, senior in wanted:
            said = f"{name} may act here as {'senior ' if senior else ''}{given}."
            note(conn, scope, now, client, kind="person", ref=person, sentence=said)

    house.store.write(write)
