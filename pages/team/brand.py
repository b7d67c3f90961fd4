"""Brand rules: try copy against them, see what they are, and keep the evidence and pictures they ask for."""

from __future__ import annotations

import streamlit as st

from engine.commands import brand
from engine.model.errors import Fault
from engine.reporting.brand.read import Brand, brand_of
from pages.parts import access, go, reads, states
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain, safe
from pages.team import brand_box, brand_files


def rules(client: str, view: Brand) -> None:
    """Every brand rule in force, each with the way to its limits."""
    with card("brand-rules", "Rules in force", f"policy v{view.version}" if view.version else ""):
        if not view.rules:
            say("**No policy is in force.**  \nPublish one on the guardrails page.")
        for one in view.rules:
            said = one.describe if len(one.describe) <= 420 else f"{one.describe[:420]} …"
            say(f"**{plain(one.title)}**  \n:small[{plain(said)}]")
            go.to(
                "Words and limits",
                go.GUARDRAILS,
                f"open-{one.name}",
                kind="tertiary",
                icon=":material/tune:",
                client=client,
                rule=f"guardrails.{one.name}",
            )


def sectors(client: str, view: Brand) -> None:
    """A sector's rules, as a draft on top of what is in force."""
    with card("sectors", "Rules of a sector", "added as a draft a second person publishes"):
        titles = {p.name: p for p in view.presets}
        name = st.selectbox(
            "Sector",
            list(titles),
            format_func=lambda key: titles[key].title,
            key="brand_sector",
        )
        note(plain(f"{titles[name].about} Each phrase keeps the rule it answers to."))
        if view.writes:
            st.button(
                "Make a draft",
                icon=":material/edit_note:",
                key="brand-sector-draft",
                on_click=start,
                args=(client, name),
            )


def start(client: str, name: str) -> None:
    """Draft a sector's rules."""
    desk = access.require("team", "strategist", "admin")
    try:
        version = brand.start_from(desk.house, desk.scope, desk.now, client, name)
    except Fault as fault:
        st.session_state[brand_files.SAID] = ("no", str(fault))
        return
    told = f"Draft v{version} was written; look at it on the guardrails page."
    st.session_state[brand_files.SAID] = ("ok", told)


def body(desk: Desk, client: str, view: Brand) -> None:
    """The box and what is on record beside the rules."""
    left, right = st.columns([7, 5], gap="small")
    with left:
        with states.guarded("The test box"):
            brand_box.show(desk, client)
        with states.guarded("The files"):
            brand_files.shelves(desk, client, view)
    with right:
        with states.guarded("The upload"):
            brand_files.bring(desk, client, view)
        sectors(client, view)
        rules(client, view)


def page() -> None:
    """The page."""
    desk = access.require("team", "strategist", "admin")
    names = reads.client_names(desk)
    st.title("Brand rules", anchor=False)
    lead = st.empty()
    client = access.one_client(desk, names)
    brand_files.said()
    with states.guarded("The brand rules"):
        with states.loading():
            view = brand_of(desk.house.store, desk.scope, desk.now, client)
        lead.markdown(safe(f"**{plain(view.lead)}**"))
        body(desk, client, view)


page()
