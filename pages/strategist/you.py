"""What the house knows of the person who is signed in: when they can be asked, and what they are told."""

from __future__ import annotations

import streamlit as st

from engine.reporting import you
from pages.parts import access, states
from pages.parts.cards import say
from pages.parts.formats import plain
from pages.strategist import outcome, you_hours, you_pings


def page() -> None:
    """The page."""
    desk = access.require("strategist", "team", "admin")
    st.title("You", anchor=False)
    outcome.said()
    person = desk.scope.person
    with states.guarded("Your page"):
        known = you.names(desk.house.store, desk.scope)
        if len(known) > 1:
            person = str(
                st.selectbox(
                    "Whose calendar",
                    list(known),
                    format_func=lambda key: (
                        f"{known[key]} (you)" if key == desk.scope.person else known[key]
                    ),
                    key="whose",
                    width=280,
                )
            )
        view = you.working(desk.house.store, desk.scope, desk.now, person)
        say(f"**{plain(view.name)}**  \n:gray[{plain(view.today)}]")
        you_hours.show(view)
    if person == desk.scope.person:
        with states.guarded("What you are told"):
            you_pings.show(desk)


page()
