"""Guardrails: the written bounds of a client or of the agency as typed forms, and the way of a draft into force."""

from __future__ import annotations

import streamlit as st

from engine.commands.policies import AGENCY
from engine.reporting.policies.read import material, preset
from engine.reporting.policies.view import Page
from engine.reporting.policies.view import page as composed
from pages.parts import access, reads, states
from pages.parts.access import Desk
from pages.parts.cards import say
from pages.parts.formats import plain, safe
from pages.parts.tones import phone
from pages.team import guardrails_acts, guardrails_form, guardrails_past, guardrails_review

LAYERS = {"client": "A client", "agency": "The agency"}


def whose(desk: Desk) -> str:
    """The client spoken of, or the agency; both are kept in the address."""
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(key="seg-layer", width="content"):
            layer = st.segmented_control(
                "Whose values",
                list(LAYERS),
                default="client",
                format_func=lambda key: LAYERS[key],
                required=True,
                key="layer",
                bind="query-params",
                label_visibility="collapsed",
            )
        if layer == "agency":
            return AGENCY
        with st.container(width="content"):
            return access.one_client(desk, reads.client_names(desk))


def body(desk: Desk, view: Page) -> None:
    """The form beside what changes; on a phone what changes comes first."""
    with st.container(horizontal=True, vertical_alignment="center"):
        for badge in guardrails_past.badges(view):
            say(badge, width="content")
    if view.lag:
        st.info(plain(view.lag), icon=":material/keyboard_double_arrow_up:")
    if phone():
        guardrails_review.show(desk, view)
        guardrails_form.show(view)
        guardrails_past.show(desk, view)
        return
    left, right = st.columns([7, 5], gap="small")
    with left:
        guardrails_form.show(view)
    with right:
        guardrails_review.show(desk, view)
        guardrails_past.show(desk, view)


def page() -> None:
    """The page."""
    desk = access.require("team", "strategist", "admin")
    st.title("Guardrails", anchor=False)
    client = whose(desk)
    guardrails_acts.turned_to(client)
    guardrails_acts.said()
    with states.guarded("The guardrails"):
        with states.loading():
            found = material(desk.house.store, desk.scope, client)
            name = st.query_params.get("preset", "")
            none_yet = not any(k.state == "published" for k in found.versions)
            view = composed(
                found,
                desk.now,
                version=guardrails_acts.version_asked(),
                preset=preset(name, found.currency) if none_yet and not found.agency else None,
                preset_name=name,
            )
        say(f"**{safe(plain(view.lead))}**")
        body(desk, view)


page()
