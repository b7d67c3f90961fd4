"""The ledger as a screen: filters kept in the address, one card a day, each line opened on demand."""

from __future__ import annotations

from typing import cast

import streamlit as st

from engine.reporting.ledger.pages import KINDS, Ask, Entry, Page, Period, Who, kinds, page
from engine.reporting.ledger.sheet import LINES, sheet
from engine.reporting.words import clock, count, day
from pages.parts import ledger_line, listed, states
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain
from pages.parts.tones import phone

BADGES = (
    ("outcome", "violet", "Outcome"),
    ("approved", "green", "Approved"),
    ("rejected", "red", "Rejected"),
    ("deferred", "blue", "Put off"),
    ("returned", "blue", "Back"),
    ("acknowledged", "gray", "Taken on"),
    ("reassigned", "gray", "Passed on"),
    ("handed_over", "gray", "Passed on"),
    ("snoozed", "blue", "Later"),
    ("tightened", "green", "Tightened"),
    ("drafted", "gray", "Draft"),
    ("breached", "red", "Late"),
    ("escalation_over", "green", "Over"),
    ("blocked", "red", "Blocked"),
    ("escalat", "orange", "Asked"),
    ("carried_out", "green", "Done"),
    ("voided", "gray", "Dropped"),
    ("allowed", "green", "Decided"),
    ("infeasible", "red", "No plan"),
    ("policy", "gray", "Policy"),
    ("plan", "gray", "Plan"),
)
WHO: dict[str, str] = {"everybody": "Everybody", "platform": "The platform", "people": "People"}
PERIODS: dict[str, str] = {
    "all": "All time",
    "today": "Today",
    "7 days": "7 days",
    "30 days": "30 days",
}


def badge(kind: str) -> str:
    """The kind as a coloured word."""
    for part, colour, word in BADGES:
        if part in kind:
            return f":{colour}-badge[{word}]"
    return f":gray-badge[{plain(kind.replace('_', ' ').capitalize())}]"


def show(desk: Desk, client: str, *, inside: bool = False) -> None:
    """Filters, the days, and the way to older pages; people ``inside`` the house may open a line."""
    ask = asked()
    found = page(
        desk.house.store,
        desk.scope,
        client,
        desk.now,
        ask,
        number=listed.numbered("page"),
    )
    if not found.total:
        states.empty(
            "ledger",
            "Nothing matches." if ask.narrow else "Nothing has been written down yet.",
            "Widen the search or the period."
            if ask.narrow
            else "The first pass of the loop writes the first line.",
        )
        return
    summary(desk, client, ask, found)
    opened = st.query_params.get("line") if inside else None
    for on, entries in found.days:
        with card(f"day-{on:%Y%m%d}", day(on, desk.now.year), count(len(entries), "line")):
            for entry in entries:
                line(entry, found.zone, inside=inside, opened=str(entry.seq) == opened)
                if inside and str(entry.seq) == opened:
                    ledger_line.show(desk, client, entry.seq)
    listed.pager("page", found.pages)


def asked() -> Ask:
    """What the reader asks for; every filter is kept in the address and begins at the first page again."""
    with st.container(horizontal=True, key="seg-ledger", vertical_alignment="center"):
        chosen = st.pills(
            "Kind",
            list(KINDS),
            selection_mode="multi",
            format_func=lambda key: KINDS[key],
            key="kind",
            bind="query-params",
            on_change=listed.first_page,
            args=("page", "line"),
            label_visibility="collapsed",
        )
        who = one_of("who", "Who", WHO)
        period = one_of("period", "Period", PERIODS)
        text = st.text_input(
            "Search",
            placeholder="Search words, a name or a reference",
            label_visibility="collapsed",
            width=300,
            icon=":material/search:",
            key="find",
            bind="query-params",
            on_change=listed.first_page,
            args=("page", "line"),
            max_chars=100,
        )
    return Ask(kinds(chosen), cast("Who", who), cast("Period", period), text or "")


def one_of(key: str, label: str, choices: dict[str, str]) -> str:
    """One filter of a few values, its first the default."""
    first = next(iter(choices))
    chosen = st.segmented_control(
        label,
        list(choices),
        default=first,
        required=True,
        format_func=lambda value: choices[value],
        key=key,
        bind="query-params",
        on_change=listed.first_page,
        args=("page", "line"),
        label_visibility="collapsed",
    )
    return str(chosen or first)


def summary(desk: Desk, client: str, ask: Ask, found: Page) -> None:
    """How many lines there are, and all of them as a file."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        told = count(found.total, "line")
        cut = f", the file holds the newest {LINES:,}" if found.total > LINES else ""
        note(f"{told}{cut}", width="content")
        st.download_button(
            "Download CSV",
            sheet(desk.house.store, desk.scope, client, desk.now, ask),
            file_name=f"ledger-{client}.csv",
            mime="text/csv",
            icon=":material/download:",
            key="ledger-csv",
            on_click="ignore",
        )


def line(entry: Entry, zone: str, *, inside: bool, opened: bool) -> None:
    """One line: when, what, by whom, and for people inside the way to everything on record about it."""
    when = clock(entry.at, zone)
    sign = f":small[:gray[{plain(entry.who)} · {plain(entry.ref)} · no. {entry.seq}]]"
    what = f"**{plain(entry.sentence)}**"
    if phone():
        say(f":small[:gray[{when}]] {badge(entry.kind)}  \n{what}  \n{sign}")
        if inside:
            listed.opener("line", str(entry.seq), opened=opened)
        return
    widths = [2, 15, 3] if inside else [2, 18]
    stamp, told, *more = st.columns(widths, gap="small")
    with stamp:
        say(f":small[:gray[{when}]]  \n{badge(entry.kind)}")
    with told:
        say(f"{what}  \n{sign}")
    for place in more:
        with place:
            listed.opener("line", str(entry.seq), opened=opened)
