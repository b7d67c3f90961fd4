"""A strategist's own moves: make one, take one back, say hands off, change the phase. The same gate for all."""

from __future__ import annotations

import streamlit as st

from engine.reporting.moves import moves
from engine.reporting.phases import phase
from pages.parts import access, reads, states
from pages.parts.cards import say
from pages.strategist import moves_acts, moves_held, moves_made, moves_phase


def page() -> None:
    """The page."""
    desk = access.require("strategist")
    st.title("Moves", anchor=False)
    names = reads.client_names(desk)
    client = access.one_client(desk, names)
    moves_acts.turned_to(client)
    say(
        ":gray[What you move yourself passes the same gate as an agent's act, and stands in the same ledger.]"
    )
    moves_acts.said()
    found = moves(desk.house.store, desk.scope, client, desk.now)
    left, right = st.columns([7, 5], gap="small")
    with left:
        with states.guarded("Your own move"):
            moves_made.make(client, found)
        with states.guarded("What can be taken back"):
            moves_made.done(desk, client, found)
    with right:
        with states.guarded("Hands off"):
            moves_held.held(desk, client, found)
        with states.guarded("The phase"):
            moves_phase.show(desk, client, phase(desk.house.store, desk.scope, client, desk.now))


page()
