"""Audiences: whom the client's ads may reach, whom never, and how much one segment may take."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from engine.reporting.policies.audiences import Audiences, Role, Segment, audiences
from pages.parts import access, reads, states
from pages.parts.cards import card, note, say
from pages.parts.chrome import way
from pages.parts.formats import plain, safe
from pages.parts.screens import address
from pages.parts.tones import phone

TITLES: dict[Role, tuple[str, str]] = {
    "included": ("May be reached", "any other segment asks a person"),
    "excluded": ("Never reached", "a launch must exclude them; targeting one is blocked"),
    "lookalikes": ("Lookalikes", "people like those of a segment"),
}
EMPTY: dict[Role, tuple[str, str]] = {
    "included": (
        "No segment is on the list.",
        "Until one is written, the platform may only propose an audience.",
    ),
    "excluded": ("No segment is excluded.", "Write those the client must not pay to reach."),
    "lookalikes": ("No lookalike is allowed.", "Until one is written, each asks a person."),
}


def listed(role: Role, found: tuple[Segment, ...], *, seen: bool) -> None:
    """One list, or what its being empty means."""
    title, small = TITLES[role]
    with card(role, title, small):
        if not found:
            fact, change = EMPTY[role]
            say(f"**{fact}**  \n{change}")
            return
        rows: list[tuple[str, ...]] = [row(one, seen=seen) for one in found]
        names = ["Segment", "At most", "Used in", "Last change"]
        if phone():
            rows = [
                (f"{name}  \n:small[:gray[{changed}]]", bound, used)
                for name, bound, used, changed in rows
            ]
            names = names[:3]
        st.table(pd.DataFrame(rows, columns=names), border="horizontal", hide_index=True)


def row(one: Segment, *, seen: bool) -> tuple[str, str, str, str]:
    """One segment's cells."""
    used = ", ".join(plain(u) for u in one.used) or ("no campaign" if seen else "not known yet")
    own = " :blue-badge[own bound]" if one.own_bound else ""
    return f"**{plain(one.name)}**", f"{plain(one.bound)}{own}", used, plain(one.changed) or "–"


def body(view: Audiences, rules: str) -> None:
    """The lists and the way to edit them."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if view.version is not None:
            say(f":gray-badge[Policy v{view.version}]", width="content")
        for number in view.drafts:
            say(
                f":blue-badge[:material/edit_note: Draft v{number} changes them]",
                width="content",
            )
        verb = "Edit as a draft" if view.writes else "See the rule"
        for rule, words in (("audiences", verb), ("audience_share", "Share per segment")):
            with st.container(width="content"):
                way(f"{rules}&rule={rule}", words)
    if view.version is None:
        states.empty(
            "audiences",
            "No policy is in force, so no audience may be reached.",
            "Write and publish the guardrails first.",
        )
        return
    for role, found in view.lists.items():
        listed(role, found, seen=view.seen)
    if view.expansion:
        note(f"Reach that a platform widens by itself is {plain(view.expansion)}.")
    if not view.seen:
        note(
            "Which campaign reaches whom is not known yet: no campaign on record names an audience, and"
            " audiences are set on the platform by hand until there is a road to them."
        )


def page() -> None:
    """The page."""
    desk = access.require("team", "strategist", "admin")
    st.title("Audiences", anchor=False)
    client = access.one_client(desk, reads.client_names(desk))
    with states.guarded("The audiences"):
        with states.loading():
            view = audiences(desk.house.store, desk.scope, client, desk.now)
        say(f"**{safe(plain(view.lead))}**")
        body(view, f"{address(desk.scope.role, 'team/guardrails')}?client={client}")


page()
