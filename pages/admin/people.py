"""People: who may do what for which client, who is signed in, and the way in and out for each."""

from __future__ import annotations

from datetime import datetime, timedelta

import pandas as pd
import streamlit as st

from engine.model.time import SystemClock
from engine.reporting.people import People, Who, people
from engine.reporting.words import count, stamp
from pages.admin import people_acts as acts
from pages.admin import people_forms as forms
from pages.parts import access, states
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain

COLOUR = {"signed in": "green", "shut out": "red", "no address": "orange"}


def lead(view: People, *, demo: bool) -> None:
    """How many there are, and what waits for a second senior person."""
    active = [w for w in view.people if w.active]
    signed = sum(1 for w in active if w.open)
    say(
        f"**{count(len(active), 'active person', 'active people')}** for "
        f"{count(len(view.clients), 'client')}{'' if demo else f', {signed} signed in now'}."
    )
    if view.waiting:
        told = "  \n".join(f"- {plain(sentence)}" for sentence in view.waiting)
        st.warning(f"**Some acts wait for a second senior person.**\n\n{told}")


def matrix(view: People, *, demo: bool) -> None:
    """Everybody and what they are for each client."""
    now = SystemClock().now()
    with card(
        "people-matrix", "Who may do what", "by client" if demo else "by client; last seen in UTC"
    ):
        rows = [
            {
                "Person": plain(one.name)
                + (f"  \n:small[:gray[{plain(one.email)}]]" if one.email else ""),
                **{plain(name): _right(one, client) for client, name in view.clients.items()},
                **_signed(one, now, demo=demo),
            }
            for one in view.people
        ]
        st.table(pd.DataFrame(rows), border="horizontal", hide_index=True)


def _signed(one: Who, now: datetime, *, demo: bool) -> dict[str, str]:
    """The sign-in's columns; who is a demo's person has none."""
    state = "demo" if demo and one.active else one.state
    badge = f":{COLOUR.get(state, 'gray')}-badge[{state.capitalize()}]"
    if demo:
        return {"Sign-in": badge}
    return {"Sign-in": badge, "Last seen": stamp(one.seen_at, "UTC", now) if one.seen_at else "–"}


def _right(one: Who, client: str) -> str:
    held = one.rights.get(client)
    if held is None:
        return ":gray[–]"
    return f"**{held.words}**" if held.senior else held.words


def chosen(view: People) -> Who | None:
    """The person picked; their id is kept in the address."""
    names = {one.person: one.name for one in view.people}
    given = st.query_params.get("person")
    if "person" not in st.session_state and given in names:
        st.session_state["person"] = given
    picked = st.selectbox(
        "Person",
        list(names),
        index=None,
        format_func=lambda key: names.get(key, key),
        placeholder="Choose somebody to see or change",
        key="person",
        on_change=acts.remember,
    )
    return next((one for one in view.people if one.person == picked), None)


def way_in(one: Who) -> str:
    """How the person signs in, in a sentence."""
    if not one.email and not one.met:
        return "No address is known, so they cannot sign in by the identity provider."
    if one.met:
        return "They are recognised by the provider's own name for them; a change of address moves no right."
    return (
        "They are recognised by this address at their first sign-in, if the provider verified it."
    )


def panel(desk: Desk, view: People, one: Who, *, fixed: bool, demo: bool) -> None:
    """One person: what they may do, and the ways to change it."""
    oneself = one.person == desk.scope.person
    with card(f"person-{one.person}", plain(one.name), plain(one.email)):
        if not demo:
            note(way_in(one))
        if oneself:
            note("These are your own rights: another admin changes them.")
        elif fixed:
            note("Rights come from the identity provider at each sign-in; change them there.")
        else:
            forms.rights(view, one)
        if one.elsewhere:
            note(
                "They also act for clients that are not yours, so their access as a whole is not yours to end."
            )
            return
        doors(one, oneself=oneself, demo=demo)


def doors(one: Who, *, oneself: bool, demo: bool) -> None:
    """The acts on a person's access as a whole; each can be taken back."""
    offered = [
        ("End all sign-ins", "devices_off", acts.revoke, not demo),
        ("Shut out", "block", acts.shut_out, one.active and not oneself),
        ("Let in again", "login", acts.let_in, not one.active),
    ]
    with st.container(horizontal=True):
        for words, icon, act, fits in offered:
            if fits:
                st.button(
                    words,
                    key=f"door {words}",
                    icon=f":material/{icon}:",
                    on_click=act,
                    args=(one.person, one.name),
                    width="content",
                )


def page() -> None:
    """The page."""
    desk = access.require("admin")
    st.title("People", anchor=False)
    acts.said()
    door = desk.house.settings.sign_in
    with states.guarded("The list of people"):
        longest = door.longest if door else timedelta(hours=12)
        view = people(desk.house.store, desk.scope, SystemClock().now(), longest)
        demo = door is None
        lead(view, demo=demo)
        matrix(view, demo=demo)
        one = chosen(view)
        fixed = door is not None and bool(door.roles_claim)
        if one is not None:
            panel(desk, view, one, fixed=fixed, demo=demo)
        if not fixed:
            forms.add(view)
        if demo:
            note("No sign-in is set up: this store's people are a demo's, chosen at the door.")


page()
