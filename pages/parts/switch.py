"""The kill switch beside every page of the people who may throw it."""

from __future__ import annotations

import streamlit as st

from engine.commands import control
from engine.model.errors import Fault
from engine.model.people import Role
from engine.reporting.health.state import all_paused, some_paused
from pages.parts import access
from pages.parts.cards import note, say
from pages.parts.formats import plain
from pages.parts.house import house

SAID = "switch_said"
ROLES: tuple[Role, ...] = ("strategist", "admin")


def switch() -> None:
    """Pause everything in reach, or resume it; and what the last throw did."""
    said = st.session_state.pop(SAID, None)
    if said:
        st.warning(plain(said), icon=":material/pause_circle:")
    scope = access.require(*ROLES).scope
    if all_paused(house().store):
        note(
            "Everything is paused by the operator of this machine, who lifts that first: "
            "`python -m jobs resume --all --reason TEXT`."
        )
        return
    paused, running = some_paused(house().store, scope)
    if running:
        with st.popover("Pause everything", icon=":material/pause_circle:", width="stretch"):
            say(
                "Every campaign of ours is paused and read back. Nothing is sent until it is resumed."
            )
            st.button("Pause now", type="primary", key="pause-now", on_click=throw, args=(True,))
    if not paused:
        return
    with st.popover("Resume", icon=":material/play_circle:", width="stretch"):
        state = "Some clients are paused." if running else "Everything is paused."
        note(f"{state} Resuming passes the same gate as any change.")
        st.text_input("Why resume", key="resume-why", max_chars=1000)
        st.button("Resume now", type="primary", key="resume-now", on_click=throw, args=(False,))


def throw(on: bool) -> None:  # noqa: FBT001  a callback's argument comes by position
    """Carry it out, and keep what happened for the next run."""
    desk = access.require(*ROLES)
    try:
        if on:
            found = control.pause(desk.house, desk.scope, desk.now, None)
        else:
            why = str(st.session_state.get("resume-why") or "")
            found = control.resume(desk.house, desk.scope, desk.now, None, why)
    except Fault as fault:
        st.session_state[SAID] = str(fault)
        return
    told = f"{'Paused' if on else 'Resumed'}: {len(found['verified'])} campaigns verified"
    if found["failed"] and on:
        told += f"; {len(found['failed'])} could not be read back yet"
    left = [] if on else found["failed"]
    st.session_state[SAID] = " ".join([f"{told}.", *left])
