"""More than yes or no: other amounts, another bound, somebody else, another hour."""

from __future__ import annotations

import streamlit as st

from engine.commands import bounds, editing
from engine.commands.bounds import Bound
from engine.reporting.inbox.card import Card
from engine.reporting.inbox.edit import preview
from engine.reporting.inbox.parts import BoundChoice
from pages.parts import access
from pages.parts.access import Desk
from pages.parts.cards import note, say
from pages.parts.formats import plain, safe
from pages.strategist import outcome, tend

MICROS = 1_000_000
_ICONS = {"green": "check_circle", "orange": "front_hand", "red": "block", "gray": "edit"}


def more(desk: Desk, card: Card) -> None:
    """The further answers, each behind its name."""
    if card.amounts:
        with st.expander("Approve with other amounts", icon=":material/edit:"):
            amounts(desk, card)
    if card.bounds:
        with st.expander("Change a bound instead", icon=":material/shield:"):
            bound(card)
    with st.expander("Later, or somebody else", icon=":material/schedule:"):
        tend.forms(desk, card)


def amounts(desk: Desk, card: Card) -> None:
    """The daily budgets, and the gate's verdict on what is typed before anything is sent."""
    grid = st.grid(2, min_column_width=200)
    for one in card.amounts:
        with grid.cell():
            st.number_input(
                f"{plain(one.name)}, {card.currency} a day",
                min_value=0.0,
                max_value=1e9,
                value=one.proposed,
                step=5.0,
                format="%.2f",
                key=_amount_key(card, one.campaign),
                help=f"Now {safe(one.before)} a day.",
            )
    seen = preview(desk.house.store, desk.scope, card.client, card.ref, typed(card))
    say(f":{seen.tone}-badge[:material/{_ICONS[seen.tone]}: The gate] {plain(seen.sentence)}")
    st.button(
        "Approve with these amounts",
        key=f"edit-{card.ref}",
        on_click=send,
        args=(card,),
        disabled=bool(card.refusal) or not seen.may_send,
    )
    note("It is a new action: your yes counts for these amounts only, once, for 24 hours.")


def typed(card: Card) -> dict[str, int]:
    """What the fields hold, in micros by campaign."""
    return {
        one.campaign: round(
            float(st.session_state.get(_amount_key(card, one.campaign), one.proposed)) * 100
        )
        * (MICROS // 100)
        for one in card.amounts
    }


def send(card: Card) -> None:
    """Approve what is typed."""
    desk = access.require("strategist")
    outcome.tried(
        f"Approved with other amounts: {card.title}",
        lambda: editing.approve_with_edit(
            desk.house,
            desk.scope,
            desk.now,
            tend.place(card),
            fingerprint=card.fingerprint,
            amounts=typed(card),
            reason=tend.reason(card),
        ),
    )


def bound(card: Card) -> None:
    """One bound and its new value: a tighter one answers the question, a wider one is a draft that waits."""
    known = {one.path: one for one in card.bounds}
    path = st.selectbox(
        "Bound",
        list(known),
        format_func=lambda key: f"{known[key].name}, now {known[key].now}",
        key=f"bound-{card.ref}",
    )
    one = known[str(path)]
    unit = f", {one.unit}" if one.unit else ""
    st.number_input(
        f"New value{unit}",
        value=one.start,
        min_value=0.0,
        max_value=1e9,
        key=f"value-{card.ref}-{one.path}",
        help=f"A {one.tighter} value is tighter.",
        width=240,
    )
    with st.container(horizontal=True):
        st.button(
            "Tighten", key=f"tighten-{card.ref}", on_click=set_bound, args=("tighten", card, one)
        )
        st.button(
            "Draft a wider one",
            key=f"widen-{card.ref}",
            on_click=set_bound,
            args=("widen", card, one),
        )
    note(
        "Tightening answers the question: what was proposed never runs, and the draft stays attached. "
        "A wider bound is a draft only; the question stays open until a second person publishes it."
    )


def set_bound(what: str, card: Card, one: BoundChoice) -> None:
    """Write the draft that was asked for."""
    desk = access.require("strategist")
    raw = float(st.session_state.get(f"value-{card.ref}-{one.path}", one.start))
    wanted = Bound(one.path, raw if one.unit else int(raw))
    verb = bounds.tighten if what == "tighten" else bounds.widen
    done = "A draft tightens the bound" if what == "tighten" else "A draft would widen the bound"
    outcome.tried(
        f"{done}; it waits for a second person: {card.title}",
        lambda: verb(
            desk.house,
            desk.scope,
            desk.now,
            tend.place(card),
            bound=wanted,
            reason=tend.reason(card),
        ),
        stay=what == "widen",
    )


def _amount_key(card: Card, campaign: str) -> str:
    return f"amount-{card.ref}-{campaign}"
