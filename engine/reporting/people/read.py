"""Reading who there is: only people of clients of which the reader is an admin, and only those rights."""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.model.errors import AskPerson
from engine.model.people import Scope
from engine.reporting.people.view import Held, People, Who, waiting
from engine.store import Store, clients, sign_ins
from engine.store import people as table
from engine.store.people import Person, Right


def people(store: Store, scope: Scope, wall: datetime, longest: timedelta) -> People:
    """Everybody who acts for a client in reach, by name.

    ``wall`` is the time outside; sign-ins older than ``longest`` do not count as open.

    Raises:
        AskPerson: the reader is no admin of any client.
    """
    mine = scope if scope.everything else scope.acting_as("admin")
    if not (mine.everything or mine.clients):
        raise AskPerson("People are shown to admins only.")
    with store.read() as conn:
        names = {c.client: c.name for c in clients.clients(conn, mine)}
        everybody = table.people(conn)
        rights = table.every_right(conn, Scope.operator())
        seen = sign_ins.last_seen(conn)
        began = sign_ins.open_sessions(conn, wall - longest)
    held: dict[str, list[Right]] = {}
    for person, right in rights:
        held.setdefault(person, []).append(right)
    shown = []
    for one in everybody:
        theirs = held.get(one.person, [])
        reach = {r.client: Held(r.role, r.senior) for r in theirs if r.client in names}
        if not reach and not (mine.everything and not theirs):
            continue
        cut = one.revoked_before
        still = [s for s in began if s.person == one.person and (cut is None or s.began_at > cut)]
        shown.append(_who(one, reach, theirs, len(still), seen.get(one.person)))
    return People(shown, names, _waiting(names, shown))


def _who(
    one: Person, reach: dict[str, Held], theirs: list[Right], count: int, seen: datetime | None
) -> Who:
    return Who(
        person=one.person,
        name=one.name,
        email=one.email,
        role=one.role,
        active=one.active,
        rights=reach,
        elsewhere=len(theirs) > len(reach),
        met=one.subject is not None,
        open=count,
        seen_at=seen,
    )


def _waiting(names: dict[str, str], shown: list[Who]) -> list[str]:
    found = []
    for client, name in names.items():
        able = [
            w.name for w in shown if w.active and client in w.rights and w.rights[client].senior
        ]
        sentence = waiting(name, able)
        if sentence:
            found.append(sentence)
    return found
