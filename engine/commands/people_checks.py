"""What holds of people and rights whoever changes them; every refusal is a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from engine.commands.book import note
from engine.model.errors import AskPerson, BadInput
from engine.model.people import ROLES, Role, Scope
from engine.model.sign_in import address
from engine.store import clients
from engine.store import people as table
from engine.store.people import Person, Right

RANK: tuple[Role, ...] = ("client", "team", "strategist", "admin")
"""From the role that may least to the one that gives rights."""
SENIOR_ROLES: tuple[Role, ...] = ("strategist", "admin")
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_ADDRESS = re.compile(r"[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]{1,190}\.[^@\s<>,;\"]{2,60}")


def house_role(rights: Iterable[Right]) -> Role:
    """Which screens a person gets: those of the role they have for most clients, the higher of two as many."""
    held = [r.role for r in rights]
    if not held:
        return "client"
    return max(RANK, key=lambda role: (held.count(role), RANK.index(role)))


def may_act(right: Right) -> str:
    """The middle of a sentence: what a right lets its person be."""
    return f"may act here as {'senior ' if right.senior else ''}{right.role}"


def right(client: str, role: Role, senior: bool) -> Right:  # noqa: FBT001  as it is written down
    """A right as it may be given, or BadInput."""
    if role not in ROLES:
        raise BadInput(f'There is no role "{role}"; choose {", ".join(ROLES)}.')
    if senior and role not in SENIOR_ROLES:
        raise BadInput(f"A {role} cannot be senior; senior is a strategist or an admin.")
    return Right(client, role, senior)


def name(text: str) -> str:
    """A person's name, trimmed, or BadInput."""
    given = " ".join(text.split())
    if not given or len(given) > 80:
        raise BadInput("Write the person's name, in at most 80 characters.")
    return given


def email(text: str) -> str:
    """An address as it is compared ("" for none), or BadInput."""
    given = address(text)
    if given and not _ADDRESS.fullmatch(given):
        raise BadInput("That is no e-mail address; write one such as ana@example.com.")
    return given


def free(others: Iterable[Person], wanted: Person) -> None:
    """BadInput when one of the others signs in with the same address."""
    if wanted.email and any(p.email == wanted.email for p in others):
        raise BadInput("Somebody else signs in with that address; each address is one person's.")


def real(conn: Any, wanted: Iterable[str]) -> None:
    """BadInput when a right is for a client there is not."""
    known = {c.client for c in clients.clients(conn, Scope.operator())}
    for client in wanted:
        if client not in known:
            raise BadInput(f'There is no client "{client}".')


def not_oneself(scope: Scope, person: str) -> None:
    """AskPerson when the caller means themselves."""
    if scope.person == person:
        raise AskPerson("Nobody changes what they may do themselves; another admin does.")


def reached(conn: Any, scope: Scope, person: str) -> Person:
    """A person the caller may know of: they act for a client of which the caller is admin; else AskPerson."""
    found = next((p for p in table.people(conn) if p.person == person), None)
    theirs = [r.client for r in table.rights(conn, person)] if found else []
    if found is None or not (scope.everything or any(administers(scope, c) for c in theirs)):
        raise AskPerson("This person is not one of yours; ask an admin they work with.")
    return found


def administers(scope: Scope, client: str) -> bool:
    """True when the caller may change who acts for a client."""
    return scope.sees(client) and scope.role_for(client) in {"admin", "operator"}


def wholly(conn: Any, scope: Scope, person: str) -> tuple[Person, list[str]]:
    """A person and their clients, for an act on the whole person: the caller is admin of every one of them."""
    one = reached(conn, scope, person)
    theirs = [r.client for r in table.rights(conn, person)]
    for client in theirs:
        if not administers(scope, client):
            raise AskPerson(
                f"{one.name} also acts for clients that are not yours; take away their rights for yours instead."
            )
    return one, theirs


def an_admin_stays(conn: Any, client: str, leaving: str) -> None:
    """BadInput when the client has no other active admin than the one who is leaving."""
    active = {p.person for p in table.people(conn) if p.active}
    admins = {
        person
        for person, right in table.every_right(conn, Scope.worker(client))
        if right.role == "admin" and person in active
    }
    if leaving in admins and admins == {leaving}:
        raise BadInput(
            f'This is the last admin of "{client}"; make somebody else an admin there first.'
        )


def screens(conn: Any, person: str) -> None:
    """The screens that fit the rights left."""
    left = table.rights(conn, person)
    if left:
        table.change(conn, person, role=house_role(left))


def line(conn: Any, scope: Scope, now: datetime, client: str, one: Person, said: str) -> None:
    """One line in the ledger of a client concerned."""
    note(conn, scope, now, client, kind="person", ref=one.person, sentence=said)


def free_id(conn: Any, text: str) -> str:
    """An id nobody has, made of a name or an address: ``ana``, then ``ana-2``."""
    base = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:30] or "person"
    taken = {p.person for p in table.people(conn)}
    names = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(each for each in names if each not in taken)
