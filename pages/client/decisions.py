"""The client's reading of the ledger: what was decided for them, in plain words."""

from __future__ import annotations

import streamlit as st

from pages.client import loading
from pages.parts import access, ledger, reads, states
from pages.parts.cards import note, say
from pages.parts.formats import plain


def page() -> None:
    """The page."""
    desk = access.require("client")
    names = reads.client_names(desk)
    client = access.one_client(desk, names)
    note(plain(names[client]))
    st.title("Decisions", anchor=False)
    say("**Everything done on your accounts, and everything a person was asked.**")
    with (
        states.guarded("Your decisions"),
        loading.first_load(client, loading.DECISIONS, loading.days),
    ):
        ledger.show(desk, client)


page()
