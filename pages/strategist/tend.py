"""Tending a question without answering it: taken on, out of sight for a while, given to somebody else."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from engine.commands import tending
from engine.commands.tending import Place
from engine.reporting.inbox.card import Card
from engine.reporting.words import stamp
from pages.parts import access
from pages.parts.access import Desk
from pages.parts.cards import note
from pages.strategist import outcome

NAPS = (1, 2, 4, 8, 24)


def place(card: Card) -> Place:
    """Which question, in the version that is shown."""
    return Place(card.client, card.ref, card.version)


def reason(card: Card) -> str:
    """What was written as the reason."""
    return str(st.session_state.get(f"why-{card.ref}") or "")


def forms(desk: Desk, card: Card) -> None:
    """Look again later, and give it to somebody else; both with the reason written above."""
    _later(desk, card)
    _somebody(desk, card)


def take_on(card: Card) -> None:
    """The person has it; others see so."""
    desk = access.require("strategist")
    act = (desk.house, desk.scope, desk.now, place(card))
    outcome.tried(f"Yours now: {card.title}", lambda: tending.acknowledge(*act), stay=True)


def _later(desk: Desk, card: Card) -> None:
    room = card.due_at - desk.now if card.due_at else timedelta()
    naps = [hours for hours in NAPS if timedelta(hours=hours) <= room]
    if not naps or card.status == "deferred":
        note("It cannot sleep: its deadline is less than an hour away, or it is put off already.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Show it again",
            naps,
            format_func=lambda h: (
                f"in {h} h, {stamp(desk.now + timedelta(hours=h), card.zone, desk.now)}"
            ),
            key=f"nap-{card.ref}",
            width=200,
        )
        st.button("Snooze", key=f"snooze-{card.ref}", on_click=snooze, args=(card,))
    note("Its deadline counts on meanwhile.")


def snooze(card: Card) -> None:
    """Out of sight for the hours chosen."""
    desk = access.require("strategist")
    until = desk.now + timedelta(hours=int(st.session_state[f"nap-{card.ref}"]))
    outcome.tried(
        f"Out of sight until {stamp(until, card.zone, desk.now)}: {card.title}",
        lambda: tending.snooze(
            desk.house, desk.scope, desk.now, place(card), until=until, reason=reason(card)
        ),
    )


def _somebody(desk: Desk, card: Card) -> None:
    able = tending.can_decide(desk.house, desk.scope, card.client)
    others = {key: name for key, name in able.items() if key != card.asked_id}
    if not others:
        note("Nobody else may decide this client's questions; an admin gives the senior right.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Give it to",
            list(others),
            format_func=lambda key: others[key],
            key=f"to-{card.ref}",
            width=200,
        )
        st.button("Reassign", key=f"reassign-{card.ref}", on_click=give, args=(card,))
    note("They are told why. What is left of the time to decide goes on in their working hours.")


def give(card: Card) -> None:
    """To the person chosen."""
    desk = access.require("strategist")
    to = str(st.session_state[f"to-{card.ref}"])
    outcome.tried(
        f"Given to somebody else: {card.title}",
        lambda: tending.reassign(
            desk.house, desk.scope, desk.now, place(card), to=to, reason=reason(card)
        ),
    )
