"""The strategist's first page: what needs me, what happened while I was away, how does each client stand?"""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from engine.reporting.home.clients import client_card
from engine.reporting.home.read import facts
from engine.reporting.home.view import Home, home
from engine.reporting.words import stamp
from pages.parts import access, reads, states
from pages.parts.access import Desk
from pages.parts.cards import note, say
from pages.parts.formats import plain
from pages.strategist import home_cards

PER_PAGE = 24


def zone() -> str:
    """The reader's own time zone, as their browser tells it; UTC where it tells none we know."""
    told = str(st.context.timezone or "UTC")
    try:
        return ZoneInfo(told).key
    except (ZoneInfoNotFoundError, ValueError):
        return "UTC"


def head(view: Home, desk: Desk, where: str) -> None:
    """The loop's line and the sentence that answers."""
    local = desk.now.astimezone(ZoneInfo(where))
    say(f":gray[{local:%A} {local.day} {local:%B, %H:%M %Z} · {plain(view.loop.line)}]")
    say(f"**{plain(view.lead)}** {plain(view.more)}")


def clients(view: Home, desk: Desk, names: dict[str, str]) -> None:
    """The grid, by name; a page of it when there are many."""
    say("#### Clients")
    keys = list(names)
    start = 0
    if len(keys) > PER_PAGE:
        number = int(st.session_state.get("clients-page") or 1)
        start = (number - 1) * PER_PAGE
    grid = st.grid(3, min_column_width=280)
    for client in keys[start : start + PER_PAGE]:
        with grid.cell(), states.guarded(f"The card of {names[client]}"):
            page = reads.client_page(desk, client, "month")
            home_cards.client(client_card(page, view.questions.get(client, 0)))
    if len(keys) > PER_PAGE:
        st.pagination(-(-len(keys) // PER_PAGE), key="clients-page")


@st.fragment(run_every="15s")
def body(desk: Desk) -> None:
    """Everything that moves; it renews itself while the page stays open."""
    place, where = access.refreshed(desk), zone()
    names = reads.client_names(place)
    if not names:
        states.empty("home", "No client is yours yet.", "An admin gives people their clients.")
        return
    with states.guarded("This page"):
        view = home(facts(place.house.store, place.scope, place.now), place.now, where)
        head(view, place, where)
        left, right = st.columns([7, 5], gap="small")
        with left:
            home_cards.needs(view, place.now)
            home_cards.reviews(view)
        with right:
            home_cards.away(view, stamp(view.away.since, where, place.now))
            home_cards.sources(view)
        clients(view, place, names)
        note("Hours of questions and sources are each client's own; those of the loop are yours.")


def page() -> None:
    """The page."""
    desk = access.require("strategist")
    first = desk.scope.name.split()[0]
    hour = desk.now.astimezone(ZoneInfo(zone())).hour
    part = "morning" if 4 <= hour < 12 else "afternoon" if 12 <= hour < 18 else "evening"
    st.title(f"Good {part}, {plain(first)}", anchor=False)
    body(desk)


page()
