"""What the buttons of the people page do; each asks for the desk again, for a click may come late."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from engine.commands import people
from engine.model.errors import Fault
from engine.model.people import Role
from engine.model.time import SystemClock
from pages.parts import access
from pages.parts.access import Desk
from pages.parts.formats import plain

SAID = "people_said"


def said() -> None:
    """What the last click did, once."""
    told = st.session_state.pop(SAID, None)
    if told:
        kind, sentence = told
        (st.success if kind == "ok" else st.warning)(plain(sentence))


def remember() -> None:
    """Keep who is picked in the address."""
    picked = st.session_state.get("person")
    if picked:
        st.query_params["person"] = picked
    else:
        st.query_params.pop("person", None)


def role_key(person: str, client: str) -> str:
    """The session's name of a role field."""
    return f"role {person} {client}"


def senior_key(person: str, client: str) -> str:
    """The session's name of a seniority field."""
    return f"senior {person} {client}"


def _typed(person: str, clients: tuple[str, ...]) -> list[tuple[str, Role | None, bool]]:
    found = []
    for client in clients:
        role = st.session_state.get(role_key(person, client))
        found.append(
            (client, role, bool(role and st.session_state.get(senior_key(person, client))))
        )
    return found


def change(person: str, name: str, clients: tuple[str, ...]) -> None:
    """Save what a person is for each client."""

    def act(desk: Desk) -> str:
        rights = _typed(person, clients)
        changed = people.change_rights(
            desk.house, desk.scope, desk.now, person=person, rights=rights
        )
        return f"{name}'s rights are saved." if changed else "Nothing was changed."

    _try(act)


def address(person: str, name: str) -> None:
    """Save the address a person signs in with."""

    def act(desk: Desk) -> str:
        email = str(st.session_state.get(f"address {person}") or "")
        people.set_address(desk.house, desk.scope, desk.now, person=person, email=email)
        return f"{name}'s address is saved; they are met anew at their next sign-in."

    _try(act)


def add(clients: tuple[str, ...]) -> None:
    """Add somebody; what was typed stays when it is refused."""

    def act(desk: Desk) -> str:
        name = str(st.session_state.get("add name") or "")
        rights = [(c, role, senior) for c, role, senior in _typed("add", clients) if role]
        people.add_person(
            desk.house,
            desk.scope,
            desk.now,
            name=name,
            rights=rights,
            email=str(st.session_state.get("add email") or ""),
        )
        for key in [
            k for k in st.session_state if str(k).startswith(("add ", "role add", "senior add"))
        ]:
            del st.session_state[key]
        return f"{' '.join(name.split())} is added."

    _try(act)


def revoke(person: str, name: str) -> None:
    """End every sign-in of a person."""

    def act(desk: Desk) -> str:
        wall = SystemClock().now()
        people.revoke(desk.house, desk.scope, desk.now, person=person, wall=wall)
        return f"All sign-ins of {name} are ended."

    _try(act)


def shut_out(person: str, name: str) -> None:
    """Let a person in no more."""

    def act(desk: Desk) -> str:
        wall = SystemClock().now()
        people.shut_out(desk.house, desk.scope, desk.now, person=person, wall=wall)
        return f"{name} is shut out. Their rights are kept for the day they come back."

    _try(act)


def let_in(person: str, name: str) -> None:
    """Take a shutting out back."""

    def act(desk: Desk) -> str:
        people.let_in(desk.house, desk.scope, desk.now, person=person)
        return f"{name} may sign in again."

    _try(act)


def _try(act: Callable[[Desk], str]) -> None:
    try:
        st.session_state[SAID] = ("ok", act(access.require("admin")))
    except Fault as fault:
        st.session_state[SAID] = ("no", str(fault))
