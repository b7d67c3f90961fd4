"""The phase: what the platform may do alone, and the evidence for letting it do more."""

from __future__ import annotations

import streamlit as st

from engine.reporting.phases import PhaseView
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.strategist import moves_acts


def show(desk: Desk, client: str, view: PhaseView) -> None:
    """Where the client stands, and what is missing for the next phase."""
    with card("phase", "Phase", view.words):
        say(view.means)
        if view.to is not None:
            say(f"**For {view.to_words.lower()}**: {view.to_means}")
            for need in view.needs:
                icon = ":material/check: " if need.met else ":material/close: "
                say(f"{icon}{need.words}: {need.found} :gray[({need.needed})]")
        st.text_input("Your reason", key="phase-why", max_chars=1000)
        with st.container(horizontal=True):
            if view.to is not None:
                st.button(
                    f"Promote to {view.to_words.lower()}",
                    key="phase-up",
                    disabled=not view.ready or client not in desk.scope.senior,
                    on_click=moves_acts.move_phase,
                    args=(client, view.phase, view.to),
                )
            if view.back is not None:
                st.button(
                    f"Back to {view.back_words.lower()}",
                    key="phase-down",
                    on_click=moves_acts.move_phase,
                    args=(client, view.phase, view.back),
                )
        if view.to is not None and client not in desk.scope.senior:
            note("Promoting takes a senior right for this client.")
