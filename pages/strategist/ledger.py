"""The ledger for people inside the house: everything that was done, asked, decided or refused."""

from __future__ import annotations

import streamlit as st

from engine.reporting.ledger.pages import chain, length
from engine.reporting.words import stamp
from pages.parts import access, ledger, reads, states
from pages.parts.access import Desk
from pages.parts.cards import note, say

UNASKED = 5_000
"""Up to so many lines the chain is checked as the page opens; a longer one is checked when asked."""


def sealed(desk: Desk, client: str, zone: str) -> None:
    """Up to which line the chain was found whole, and when; or where it broke."""
    key = f"chain-{client}"
    with st.container(horizontal=True, vertical_alignment="center"):
        again = st.button(
            "Check the chain", icon=":material/verified:", type="tertiary", key="verify"
        )
        few = length(desk.house.store, desk.scope, client) <= UNASKED
        if again or (few and key not in st.session_state):
            found = chain(desk.house.store, desk.scope, client, desk.now)
            st.session_state[key] = (found.seq, found.broken, found.at)
        if key not in st.session_state:
            note("Not checked since you opened this page; the check reads every line.")
            return
        seq, broken, at = st.session_state[key]
        when = stamp(at, zone, desk.now)
        if broken is not None:
            st.error(f"The chain is broken at line {broken}. Restore a backup and tell an admin.")
        elif seq:
            note(
                f"Whole up to line {seq}, checked at {when}: each line is sealed by the one before it."
            )


def page() -> None:
    """The page."""
    desk = access.require("strategist", "team", "admin")
    st.title("Ledger", anchor=False)
    say(
        "**Everything that was done, asked or decided, in the order it happened.** No line is ever changed."
    )
    client = access.one_client(desk, reads.client_names(desk))
    with states.guarded("The ledger"):
        ledger.show(desk, client, inside=True)
        sealed(desk, client, reads.about(desk, client)["time_zone"])


page()
