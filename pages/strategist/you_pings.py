"""The card of what a person is told: where it goes, when, and what was sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

import streamlit as st

from engine.commands import pings
from engine.model.errors import Fault
from engine.reporting import post as read
from engine.reporting.post import Mine
from engine.reporting.words import stamp
from pages.parts import access
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain

SAID = "pings_said"
WHEN = {"now": "At once", "digest": "Once a day", "off": "Not at all"}


def show(desk: Desk) -> None:
    """The three cards."""
    found = read.mine(desk.house.store, desk.scope, desk.now)
    told = st.session_state.pop(SAID, None)
    if told:
        (st.success if told[0] else st.error)(plain(told[1]))
    _targets(found)
    _when(found)
    _recent(found, desk)


def _targets(found: Mine) -> None:
    with card(
        "ping-targets",
        "Where messages go",
        "addresses stay out of the store and are not shown again",
    ):
        if not found.targets:
            say(
                "**Nothing is sent to you yet.** Add an address below; questions wait in the inbox either way."
            )
        for target in found.targets:
            with st.container(horizontal=True, vertical_alignment="center"):
                say(
                    f"**{plain(target.label)}**  \n:small[:gray[{plain(target.service)} · {plain(target.shown)}]]"
                )
                st.button(
                    "Send a test",
                    key=f"test-{target.target}",
                    on_click=_test,
                    args=(target.target,),
                )
                st.button(
                    "Remove", key=f"remove-{target.target}", on_click=_remove, args=(target.target,)
                )
        with st.form("ping-add", border=False, clear_on_submit=False):
            st.text_input("Name", key="ping-label", placeholder="Slack", max_chars=60)
            st.text_input(
                "Address",
                key="ping-address",
                type="password",
                placeholder="mailtos://user:password@host",
                help="An Apprise address: mailtos://…, slack://…, a Slack or Teams webhook address, ntfys://…, jsons://…",
            )
            st.form_submit_button("Add this target", on_click=_add)


def _when(found: Mine) -> None:
    with card("ping-when", "When"), st.form("ping-when", border=False):
        for about, words in read.words().items():
            st.segmented_control(
                words,
                list(WHEN),
                default=found.choices[about],
                format_func=WHEN.__getitem__,
                required=True,
                key=f"ping-{about}",
            )
        st.toggle("Quiet hours", value=found.quiet is not None, key="ping-quiet")
        begins, ends = found.quiet or (time(20), time(7))
        left, right = st.columns(2)
        left.time_input("Quiet from", value=begins, key="ping-from", step=900)
        right.time_input("until", value=ends, key="ping-until", step=900)
        note(f"Clock of {found.zone}. Once a day means 08:00, or the end of quiet hours.")
        st.form_submit_button("Save", on_click=_choose)


def _recent(found: Mine, desk: Desk) -> None:
    with card("ping-recent", "Latest messages"):
        if not found.recent:
            say("**No message yet.** One appears when a question is put to you.")
        for told in found.recent:
            when = (
                f" · not before {stamp(told.not_before, found.zone, desk.now)}"
                if told.not_before
                else ""
            )
            why = f" · {plain(told.note)}" if told.note else ""
            say(
                f":material/{told.icon}: {plain(told.title)}  \n"
                f":small[:gray[{told.state} · {stamp(told.at, found.zone, desk.now)}{when}{why}]]"
            )


def _add() -> None:
    state = st.session_state

    def act(desk: Desk) -> str:
        label, address = str(state["ping-label"]), str(state["ping-address"])
        pings.add_target(desk.house, desk.scope, desk.now, label=label, address=address)
        state["ping-address"] = ""
        return f"{label} was added. Send a test to see whether it arrives."

    _done(act)


def _remove(target: str) -> None:
    def act(desk: Desk) -> str:
        pings.remove_target(desk.house, desk.scope, desk.now, target=target)
        return "Removed; nothing is sent there any more."

    _done(act)


def _test(target: str) -> None:
    def act(desk: Desk) -> str:
        pings.send_test(desk.house, desk.scope, desk.now, target=target)
        return "A test was sent. If it does not arrive, remove the target and add it again."

    _done(act)


def _choose() -> None:
    state = st.session_state

    def act(desk: Desk) -> str:
        quiet = (state["ping-from"], state["ping-until"]) if state["ping-quiet"] else None
        choices = {about: str(state[f"ping-{about}"]) for about in read.words()}
        pings.choose(desk.house, desk.scope, desk.now, quiet=quiet, choices=choices)
        return "Saved."

    _done(act)


def _done(act: Callable[[Desk], str]) -> None:
    """Do one thing as whoever is signed in now, and keep what to say of it."""
    desk = access.require("strategist", "team", "admin")
    try:
        st.session_state[SAID] = (True, act(desk))
    except Fault as fault:
        st.session_state[SAID] = (False, str(fault))
