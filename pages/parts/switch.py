"""The kill switch beside every page of the people who may throw it."""

from __future__ import annotations

import streamlit as st

from engine.commands import control
from engine.model.errors import Fault
from engine.reporting.health.state import all_paused
from pages.parts import access
from pages.parts.cards import note, say
from pages.parts.formats import plain
from pages.parts.house import house

SAID = "switch_said"
ROLES = ("strategist", "admin")


def switch() -> None:
    """Pause everything in reach, or resume it; and what the last throw did."""
    said = st.session_state.pop(SAID, None)
    if said:
        st.warning(plain(said), icon=":material/pause_circle:")
    if not all_paused(house().store):
        with st.popover("Pause everything", icon=":material/pause_circle:", width="stretch"):
            say(
                "Every campaign of ours is paused and read back. Nothing is sent until it is resumed."
            )
            st.button("Pause now", type="primary", key="pause-now", on_click=throw, args=(True,))
        return
    with st.popover("Resume", icon=":material/play_circle:", width="stretch"):
        note("Everything is paused. Resuming passes the same gate as any change.")
        st.text_input("Why resume", key="resume-why", max_chars=1000)
        st.button("Resume now", type="primary", key="resume-now", on_click=throw, args=(False,))


def throw(on: bool) -> None:  # noqa: FBT001  a callback's argument comes by position
    """Carry it out, and keep what happened for the next run."""
    desk = access.require("strategist", "admin")
    try:
        if on:
            found = control.pause(desk.house, desk.scope, desk.now, None)
        else:
            why = str(st.session_state.get("resume-why") or "")
            found = control.resume(desk.house, desk.scope, desk.now, None, why)
    except Fault as fault:
        st.session_state[SAID] = str(fault)
        return
    word = "Paused" if on else "Resumed"
    failed = f"; {len(found['failed'])} could not be read back yet" if found["failed"] else ""
    st.session_state[SAID] = f"{word}: {len(found['verified'])} campaigns verified{failed}."
