"""The ledger for people inside the house: everything that was done, asked, decided or refused."""

from __future__ import annotations

import streamlit as st

from engine.reporting.ledger.pages import whole
from pages.parts import access, ledger, reads, states
from pages.parts.cards import note, say


def page() -> None:
    """The page."""
    desk = access.require("strategist", "team", "admin")
    st.title("Ledger", anchor=False)
    say(
        "**Everything that was done, asked or decided, in the order it happened.** No line is ever changed."
    )
    client = access.one_client(desk, reads.client_names(desk))
    with states.guarded("The ledger"):
        ledger.show(desk, client)
    if st.button("Check the chain", icon=":material/verified:", type="tertiary", key="verify"):
        broken = whole(desk.house.store, desk.scope, client)
        if broken is None:
            st.success("Every line is sealed by the one before it; none was changed.")
        else:
            st.error(f"The chain is broken at line {broken}. Restore a backup and tell an admin.")
    note("Each line carries the hash of the line before it.")


page()
