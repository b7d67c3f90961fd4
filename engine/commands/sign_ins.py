"""Letting a person in by their identity provider's word, and out again.

A sign-in counts while it is young enough, was not ended or revoked, and belongs to a known, active person: all
of it is asked at every run of a page, because nothing but a cookie says that somebody signed in.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from engine.commands import people_checks as checks
from engine.commands.book import note
from engine.commands.house import House
from engine.commands.people import person_scope
from engine.model.errors import AskPerson
from engine.model.people import Scope
from engine.model.sign_in import AHEAD, CLAIM_ROLES, EVERY_CLIENT, SignedOut, SignIn
from engine.store import clients, people, sign_ins
from engine.store.people import Person, Right
from engine.store.sign_ins import Session

SEEN_EVERY = timedelta(minutes=5)
KEPT = timedelta(days=60)
"""How long a sign-in is remembered: past the 30 days Streamlit's cookie lives, and past any age we allow."""


def arrive(
    house: House, sign_in: SignIn, now: datetime, *, wall: datetime, longest: timedelta
) -> Scope:
    """The scope of whoever signed in; ``wall`` is the time outside, ``now`` the store's.

    Raises:
        SignedOut: the sign-in is too old, was revoked or ended; the person may sign in again.
        AskPerson: nobody here is known by that sign-in, or they were shut out.
    """
    _young(sign_in, wall, longest)
    with house.store.read() as conn:
        person, held = _met(conn, sign_in)
    new = held is None or person is None or person.subject is None
    if new or (held is not None and wall - held.seen_at > SEEN_EVERY):
        person = house.store.write(lambda conn: _written(conn, sign_in, now, wall))
    if person is None:
        raise AskPerson(_unknown(sign_in))
    return person_scope(house.store, person.person)


def leave(house: House, sign_in: SignIn, wall: datetime) -> None:
    """End this one sign-in, so that its cookie opens nothing any more; those on other devices stay."""

    def write(conn: Any) -> None:
        person = _person(conn, sign_in)
        if person is not None:
            sign_ins.end(conn, person.person, sign_in.session, sign_in.at, wall)

    house.store.write(write)


def _young(sign_in: SignIn, wall: datetime, longest: timedelta) -> None:
    if sign_in.at - wall > AHEAD:
        raise SignedOut("Your sign-in lies in the future; the provider's clock and ours disagree.")
    if wall - sign_in.at > longest:
        raise SignedOut("Your sign-in has grown too old; sign in again to go on.")


def _met(conn: Any, sign_in: SignIn) -> tuple[Person | None, Session | None]:
    """Who it is and what is known of this sign-in, neither of them over.

    Only a sign-in met for the first time may bring in somebody unknown: one seen before was of a person whose
    address an admin has since given to another account.
    """
    held = sign_ins.session(conn, sign_in.session)
    person = _person(conn, sign_in)
    if person is not None:
        _counts(person, sign_in, held)
    if held is not None and held.ended_at is not None:
        raise SignedOut("You signed out; sign in again to go on.")
    if person is None and (held is not None or not sign_in.grants):
        raise AskPerson(_unknown(sign_in))
    return person, held


def _counts(person: Person, sign_in: SignIn, held: Session | None) -> None:
    if not person.active:
        raise AskPerson("You have no access here any more; an admin of your agency can tell why.")
    cut, ended = person.revoked_before, held.ended_at if held else None
    if cut is not None and (sign_in.at <= cut or ended == cut):
        raise SignedOut("Your sign-ins were ended; sign in again to go on.")


def _person(conn: Any, sign_in: SignIn) -> Person | None:
    """Who it is: by subject, else the one person with that verified address who never signed in before."""
    everybody = people.people(conn)
    for one in everybody:
        if one.subject == sign_in.subject:
            return one
    if not sign_in.email:
        return None
    mine = [p for p in everybody if p.email == sign_in.email and p.subject is None]
    return mine[0] if len(mine) == 1 else None


def _unknown(sign_in: SignIn) -> str:
    name = sign_in.email or "your account (its e-mail address is not verified)"
    return f"Nobody here is known as {name}. Ask an admin of your agency to add you on the People page."


def _written(conn: Any, sign_in: SignIn, now: datetime, wall: datetime) -> Person | None:
    """The person with subject, rights and this sign-in written down; None for somebody of no right.

    Asked anew, because since the reading somebody may have ended it.
    """
    person, held = _met(conn, sign_in)
    if sign_in.grants is not None and held is None and _newest(conn, person, sign_in):
        wanted = _granted(conn, sign_in.grants)
        if person is None and not wanted:
            return None
        if person is None:
            person = _new(conn, sign_in)
        _give(conn, person, wanted, now)
    if person is None:
        return None
    if person.subject is None:
        people.change(conn, person.person, subject=sign_in.subject)
    sign_ins.forget(conn, wall - KEPT)
    sign_ins.seen(conn, person.person, sign_in.session, sign_in.at, wall)
    return people.person(conn, person.person)


def _newest(conn: Any, person: Person | None, sign_in: SignIn) -> bool:
    """Whether its claims are the provider's latest word: an older cookie still says what was true before."""
    if person is None:
        return True
    last = sign_ins.newest(conn, person.person)
    return last is None or last <= sign_in.at


def _granted(conn: Any, words: frozenset[str]) -> list[Right]:
    """Rights the claim gives; words nobody knows, and clients there are not, give nothing."""
    known = [c.client for c in clients.clients(conn, Scope.operator())]
    found: dict[str, Right] = {}
    for word in words:
        spoken, _, client = word.partition(":")
        if spoken not in CLAIM_ROLES:
            continue
        for one in known if client == EVERY_CLIENT else {client} & set(known):
            given = Right(one, *CLAIM_ROLES[spoken])
            found[one] = max(found.get(one, given), given, key=_reach)
    return list(found.values())


def _reach(right: Right) -> tuple[int, bool]:
    return checks.RANK.index(right.role), right.senior


def _new(conn: Any, sign_in: SignIn) -> Person:
    """A person first met through the roles claim."""
    key = checks.free_id(conn, sign_in.email.partition("@")[0])
    fresh = Person(key, sign_in.name or key, "client", sign_in.email)
    people.add_person(conn, fresh)
    return fresh


def _give(conn: Any, person: Person, wanted: list[Right], now: datetime) -> None:
    """Make the rights exactly those of the claim; each change is a line in that client's ledger."""
    had = {r.client: r for r in people.rights(conn, person.person)}
    for right in wanted:
        if had.get(right.client) != right:
            people.grant(conn, person.person, right)
            said = f"{person.name} {checks.may_act(right)}, by the identity provider."
            _line(conn, now, right.client, person, said)
    for client in had.keys() - {r.client for r in wanted}:
        people.withdraw(conn, person.person, client)
        said = f"{person.name} may no longer act here, by the identity provider."
        _line(conn, now, client, person, said)
    if wanted:
        people.change(conn, person.person, role=checks.house_role(wanted))


def _line(conn: Any, now: datetime, client: str, person: Person, said: str) -> None:
    scope = Scope.worker(client)
    note(conn, scope, now, client, kind="person", ref=person.person, sentence=said)
