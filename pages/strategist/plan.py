"""The month's plan: what is in force, what is proposed beside it, what would be written, who decides."""

from __future__ import annotations

import streamlit as st

from engine.reporting.inbox.card import card as read_card
from engine.reporting.plans.read import known
from engine.reporting.plans.view import PlanPage, plan_page
from pages.parts import access, reads, states
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain, safe
from pages.strategist import decide, outcome, plan_cards, plan_writes


def body(desk: Desk, view: PlanPage) -> None:
    """The proposal with its answer beside it, then the plan in force, what would be written, the history."""
    where = view.known.zone
    states.short_of(view.infeasible, where, desk.now)
    if view.broken:
        st.error("The proposed plan's text cannot be read by this version; draw it up again.")
    if view.proposed is not None:
        left, right = st.columns([7, 5], gap="small")
        with left:
            plan_cards.compared(view.proposed, "proposed", where, desk.now, proposal=True)
        with right:
            plan_cards.exposed(view)
            plan_cards.binding(view.proposed)
            answer(desk, view)
    if view.in_force is not None and view.proposed is not None:
        with st.expander("The plan in force"):
            plan_cards.compared(view.in_force, "in-force", where, desk.now, proposal=False)
            plan_cards.binding(view.in_force)
    elif view.in_force is not None:
        left, right = st.columns([7, 5], gap="small")
        with left:
            plan_cards.compared(view.in_force, "in-force", where, desk.now, proposal=False)
        with right:
            plan_cards.exposed(view)
            plan_cards.binding(view.in_force)
    elif view.proposed is None:
        states.empty(
            "plan",
            f"No plan is in force for {view.known.month:%B}.",
            "The first daily pass of a month draws one up, and again when its grounds change; it then waits here.",
        )
        plan_cards.exposed(view)
    with states.guarded("What would be written"):
        plan_writes.show(desk, view.known.client, dict(view.known.titles))
    plan_cards.history(view, desk.now)


def answer(desk: Desk, view: PlanPage) -> None:
    """Approve or reject exactly this plan; others than strategists only read it."""
    with card("answer", "Your decision", "bound to the plan shown"):
        if desk.scope.role_for(view.known.client) != "strategist":
            say(
                "**A senior strategist decides.**  \nYou may read the plan; nothing ships before that."
            )
            return
        shown = view.proposed
        found = read_card(desk.house.store, desk.scope, desk.now, shown.meta.ref) if shown else None
        if found is None:
            note("It was decided or replaced a moment ago; load the page again.")
            return
        if shown and any(bound.state == "stops" for bound in shown.binds):
            st.warning(
                "On what is known now the gate would stop it, so nothing of it would be written.",
                icon=":material/block:",
            )
        decide.answer(desk, found)


def page() -> None:
    """The page."""
    desk = access.require("strategist", "team")
    names = reads.client_names(desk)
    st.title("Plan", anchor=False)
    outcome.said()
    client = access.one_client(desk, names)
    with states.guarded("The plan"):
        with states.loading():
            view = plan_page(known(desk.house.store, desk.scope, client, desk.now))
        say(f"**{safe(plain(view.lead))}**")
        body(desk, view)


page()
