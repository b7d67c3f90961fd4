"""You: when you work, and what you are told."""

from __future__ import annotations

import streamlit as st

from pages.parts import access, states
from pages.strategist import you_pings


def page() -> None:
    """The caller's own settings; nobody else's can be seen here."""
    desk = access.require("strategist", "team", "admin")
    st.title("You", anchor=False)
    with states.guarded("What you are told"):
        you_pings.show(desk)


page()
