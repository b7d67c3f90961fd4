"""The client's own page: is my money working, what was done with it, what waits on a person."""

from __future__ import annotations

from typing import cast

import streamlit as st

from engine.reporting.client.periods import Choice
from pages.client import decisions_card, figures, trend_card
from pages.parts import access, reads, states
from pages.parts.access import Desk
from pages.parts.cards import note, say
from pages.parts.formats import plain

CHOICES: dict[str, str] = {"month": "This month", "30 days": "30 days"}


def head(desk: Desk, client: str) -> Choice:
    """The breadcrumb, the title, the days shown and the attribution in force."""
    about = reads.about(desk, client)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"
    ):
        with st.container(width="content", gap=None):
            note(plain(about["name"]))
            st.title("Performance", anchor=False)
        with st.container(
            horizontal=True, width="content", vertical_alignment="bottom", key="seg-range"
        ):
            choice = st.segmented_control(
                "Period",
                list(CHOICES),
                default="month",
                required=True,
                format_func=lambda key: CHOICES[key],
                key="range",
                bind="query-params",
                label_visibility="collapsed",
            )
            attribution(about["primary_action"])
    return cast("Choice", choice or "month")


def attribution(noun: str) -> None:
    """Which view of credit is on, and what it means."""
    with st.popover("Closed-won truth", icon=":material/join_inner:"):
        say("**Figures here are counted by closed-won truth.**")
        say(
            f"A {noun} counts once, on the day it began in the CRM. Return is the money of deals won on the "
            "days shown, over all media of the same days, whichever ad or none led to them."
        )
        note("What the platforms claim for themselves is never added to it.")


@st.fragment(run_every="15s")
def body(desk: Desk, client: str, choice: Choice) -> None:
    """Everything that moves with the clock; it renews itself while the page stays open."""
    now = access.refreshed(desk)
    with states.guarded("This page"):
        view = reads.client_page(now, client, choice)
        if view.empty:
            states.empty(
                "performance",
                "No figures yet.",
                "They appear after the first read of the ad accounts, at the next full hour.",
            )
            states.late(list(view.sources), view.about["time_zone"], view.now)
            return
        figures.sentences(view)
        states.late(list(view.sources), view.about["time_zone"], view.now)
        figures.tiles(view)
        left, right = st.columns([7, 5])
        with left:
            figures.pace(view)
        with right:
            figures.mix(view)
        with states.guarded("This chart"):
            trend_card.show(view)
        left, right = st.columns([7, 5])
        with left:
            decisions_card.decided(view)
        with right:
            decisions_card.waiting(view)


def page() -> None:
    """The page."""
    desk = access.require("client", "strategist", "team", "admin")
    client = access.one_client(desk, reads.client_names(desk))
    body(desk, client, head(desk, client))


page()
