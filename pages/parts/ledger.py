"""The ledger as a screen: one card a day, in the reader's words."""

from __future__ import annotations

import streamlit as st

from engine.reporting.ledger.pages import GROUPS, Entry, Page, page
from engine.reporting.words import clock, count, day
from pages.parts import states
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain
from pages.parts.tones import phone

BADGES = (
    ("approved", "green", "Approved"),
    ("rejected", "red", "Rejected"),
    ("deferred", "blue", "Put off"),
    ("blocked", "red", "Blocked"),
    ("escalat", "orange", "Asked"),
    ("applied", "green", "Done"),
    ("allowed", "green", "Decided"),
    ("policy", "gray", "Policy"),
    ("plan", "gray", "Plan"),
)


def badge(kind: str) -> str:
    """The kind as a coloured word."""
    for part, colour, word in BADGES:
        if part in kind:
            return f":{colour}-badge[{word}]"
    return f":gray-badge[{plain(kind.replace('_', ' ').capitalize())}]"


def show(desk: Desk, client: str) -> None:
    """Filters, the days, and the way to older pages."""
    with st.container(horizontal=True, key="seg-ledger", vertical_alignment="center"):
        groups = st.pills(
            "Show",
            list(GROUPS),
            selection_mode="multi",
            format_func=lambda key: GROUPS[key],
            key="ledger-groups",
            label_visibility="collapsed",
        )
        text = st.text_input(
            "Search",
            placeholder="Search the ledger",
            label_visibility="collapsed",
            width=240,
            icon=":material/search:",
            key="ledger-text",
            max_chars=100,
        )
    number = int(st.session_state.get("ledger-page") or 1)
    found = page(
        desk.house.store, desk.scope, client, number=number, groups=groups or (), text=text or ""
    )
    if not found.total:
        filtered = bool(groups or text)
        states.empty(
            "ledger",
            "Nothing matches." if filtered else "Nothing has been written down yet.",
            "Widen the search."
            if filtered
            else "The first pass of the loop writes the first line.",
        )
        return
    note(count(found.total, "line"))
    days(found)
    if found.pages > 1:
        with st.container(horizontal=True, horizontal_alignment="center"):
            st.pagination(found.pages, default=found.number, key="ledger-page")


def days(found: Page) -> None:
    """One card a day."""
    for on, entries in found.days:
        with card(f"day-{on:%Y%m%d}", day(on), count(len(entries), "line")):
            for entry in entries:
                line(entry, found.zone)


def line(entry: Entry, zone: str) -> None:
    """One line: when, what, by whom."""
    when = clock(entry.at, zone)
    sign = f":small[:gray[{plain(entry.who)} · {plain(entry.ref)} · no. {entry.seq}]]"
    what = f"**{plain(entry.sentence)}**"
    if phone():
        say(f":small[:gray[{when}]] {badge(entry.kind)}  \n{what}  \n{sign}")
        return
    with st.container(horizontal=True, gap="small"):
        say(f":small[:gray[{when}]]  \n{badge(entry.kind)}", width=96)
        say(f"{what}  \n{sign}")
