"""The forms of the people page."""

from __future__ import annotations

import streamlit as st

from engine.model.people import Role
from engine.reporting.people import People, Who
from engine.reporting.people.view import ROLE_WORDS
from pages.admin import people_acts as acts
from pages.parts.cards import card, note
from pages.parts.formats import plain

CHOICES: list[Role | None] = [None, *ROLE_WORDS]


def _words(role: Role | None) -> str:
    return ROLE_WORDS[role] if role else "No access"


def _one(key: str, client: str, name: str, role: Role | None, *, senior: bool) -> None:
    """Role and seniority for one client, on one line."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            plain(name),
            CHOICES,
            index=CHOICES.index(role),
            format_func=_words,
            key=acts.role_key(key, client),
            width=220,
        )
        st.checkbox(
            "Senior",
            value=senior,
            key=acts.senior_key(key, client),
            help="May publish guardrails and approve plans and structural decisions of this client.",
        )


def rights(view: People, one: Who) -> None:
    """What a person is for each client, and the address they sign in with."""
    with st.form(f"rights-{one.person}", border=False):
        for client, name in view.clients.items():
            held = one.rights.get(client)
            role, senior = (held.role, held.senior) if held else (None, False)
            _one(one.person, client, name, role, senior=senior)
        note("Senior is for strategists and admins. Each change is a line in that client's ledger.")
        st.form_submit_button(
            "Save rights",
            type="primary",
            on_click=acts.change,
            args=(one.person, one.name, tuple(view.clients)),
        )
    if one.elsewhere:
        return
    with st.form(f"address-{one.person}", border=False):
        st.text_input("E-mail address for sign-in", value=one.email, key=f"address {one.person}")
        st.form_submit_button("Save address", on_click=acts.address, args=(one.person, one.name))


def add(view: People) -> None:
    """Somebody new."""
    with (
        st.expander("Add a person", icon=":material/person_add:"),
        card("people-add"),
        st.form("add-person", border=False, enter_to_submit=False),
    ):
        st.text_input("Name", key="add name", max_chars=80)
        st.text_input("E-mail address", key="add email", placeholder="ana@example.com")
        for client, name in view.clients.items():
            _one("add", client, name, None, senior=False)
        note(
            "Nothing is sent: they sign in with the account of that address, once the provider verified it."
        )
        st.form_submit_button("Add", type="primary", on_click=acts.add, args=(tuple(view.clients),))
