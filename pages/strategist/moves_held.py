"""Hands off: what nobody touches, and the way to say so."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from engine.reporting.moves import Moves
from engine.reporting.words import channel as channel_name
from engine.reporting.words import stamp
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain
from pages.strategist import moves_acts


def held(desk: Desk, client: str, found: Moves) -> None:
    """Every lock that holds, and a form for one more."""
    with card("locks", "Hands off"):
        if not found.locks:
            say("**Nothing is locked.** Agents and people alike leave alone what is.")
        for lock in found.locks:
            thing = channel_name(lock.thing) if lock.level == "channel" else lock.thing
            say(
                f":material/lock: **{plain(thing)}** ({lock.level}) until"
                f" {stamp(lock.until, found.zone, desk.now)}  \n"
                f":small[:gray[{plain(lock.by)}: {plain(lock.reason)}]]"
            )
            with st.popover("Lift", key=f"lift-{lock.lock}"):
                st.text_input("Why lift it", key=f"lift-why-{lock.lock}", max_chars=1000)
                st.button(
                    "Lift now",
                    key=f"lift-now-{lock.lock}",
                    on_click=moves_acts.lift,
                    args=(client, lock.lock),
                )
        with st.expander("Lock something"):
            _form(desk, client, found)


def _form(desk: Desk, client: str, found: Moves) -> None:
    titles = {c.campaign: c.title for c in found.campaigns}
    channels = {c.channel: channel_name(c.channel) for c in found.campaigns}
    accounts = {a: a for a in found.accounts}
    choices = {"campaign": titles, "channel": channels, "account": accounts}
    with st.container(key="seg-lock"):
        level = st.segmented_control(
            "What kind of thing",
            list(choices),
            default="campaign",
            format_func=str.capitalize,
            required=True,
            key="lock-level",
        )
    things = choices[str(level)]
    st.selectbox("Which", list(things), format_func=lambda k: things.get(k, k), key="lock-thing")
    today = desk.now.date()
    st.date_input(
        "Until the end of",
        value=today + timedelta(days=7),
        min_value=today,
        max_value=today + timedelta(days=364),
        key="lock-until",
    )
    st.text_input("Why", key="lock-why", max_chars=1000)
    note("The kill switch still stops it.")
    st.button("Lock it", key="lock-now", on_click=moves_acts.lock, args=(client, found.zone))
