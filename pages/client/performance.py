"""The client's own page: is my money working, what was done with it, what waits on a person."""

from __future__ import annotations

import streamlit as st

from engine.reporting.client.credit import Credit
from engine.reporting.client.periods import Choice
from engine.reporting.client.view import Performance
from pages.client import (
    attribution,
    decisions_card,
    drill_card,
    figures,
    loading,
    targets_card,
    tiles,
    trend_card,
)
from pages.parts import access, reads, states
from pages.parts.access import Desk
from pages.parts.cards import note
from pages.parts.formats import plain

CHOICES: dict[Choice, str] = {
    "month": "This month",
    "last month": "Last month",
    "7 days": "7 days",
    "30 days": "30 days",
    "90 days": "90 days",
}


def head(desk: Desk, client: str) -> tuple[Choice, Credit]:
    """The breadcrumb, the title, the days shown and the attribution in force; both stay in the address."""
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
            credit = attribution.switch(about["primary_action"])
    return choice or "month", credit


@st.fragment(run_every="15s")
def body(desk: Desk, client: str, choice: Choice, credit: Credit) -> None:
    """Everything that moves with the clock; it renews itself while the page stays open."""
    now = access.refreshed(desk)
    with states.guarded("This page"):
        with loading.first_load(client, loading.PERFORMANCE, loading.figures):
            view = reads.client_page(now, client, choice, credit)
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
        cards(now, client, view)


def cards(desk: Desk, client: str, view: Performance) -> None:
    """Every card; one that fails leaves the others standing."""
    tiles.tiles(view)
    if view.defined:
        note(f":material/rule: {plain(view.defined)}")
    left, right = st.columns([7, 5])
    with left, states.guarded("Pacing to plan"):
        figures.pace(view)
    with right, states.guarded("The channel mix"):
        figures.mix(view)
    with states.guarded("The targets"):
        targets_card.show(view)
    with states.guarded("This chart"):
        trend_card.show(view, client, reads.client_names(desk))
    with states.guarded("The views of credit"):
        attribution.compared(view)
    drill_card.show(desk, client, view)
    left, right = st.columns([7, 5])
    with left, states.guarded("This week's decisions"):
        decisions_card.decided(view)
    with right, states.guarded("The open questions"):
        decisions_card.waiting(view)


def page() -> None:
    """The page."""
    desk = access.require("client", "strategist", "team", "admin")
    client = access.one_client(desk, reads.client_names(desk))
    body(desk, client, *head(desk, client))


page()
