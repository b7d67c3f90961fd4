"""The escalation inbox: what needs a decision, with the evidence in front of you, in a minute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import streamlit as st

from engine.commands import tending
from engine.reporting.inbox.card import card as read_card
from engine.reporting.inbox.due import left
from engine.reporting.inbox.queue import Filters, Queue, Which, queue
from engine.reporting.words import count, stamp
from pages.parts import access, states
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain
from pages.parts.tones import phone
from pages.strategist import decide, outcome, question

WHICH: dict[str, str] = {"mine": "Mine", "all": "All", "done": "Done"}


def pick(ref: str) -> None:
    """Open one question; its id stays in the address."""
    st.query_params["e"] = ref


def back() -> None:
    """Close it again, on a phone."""
    st.query_params.pop("e", None)


def switch(found: Queue) -> None:
    """Mine, all or done, with how many there are."""
    counts = {"mine": f"Mine · {found.mine}", "all": f"All · {found.all}", "done": "Done"}
    with st.container(key="seg-inbox"):
        st.segmented_control(
            "Show",
            list(WHICH),
            default="mine" if found.mine else "all",
            required=True,
            format_func=lambda key: counts[key],
            key="which",
            label_visibility="collapsed",
        )


def narrow(found: Queue, *, done: bool) -> None:
    """What the queue can be narrowed to: a kind, a client, and among the answered ones a text."""
    if len(found.kinds) < 2 and len(found.clients) < 2 and not done and not chosen().text:
        return
    kind, client = st.columns(2, gap="small", wrap=False)
    with kind:
        _choice("Kind", "kind", found.kinds, "All kinds")
    with client:
        if len(found.clients) > 1 or chosen().client:
            _choice("Client", "of", found.clients, "All clients")
    if done:
        st.text_input(
            "Search in what was answered",
            key="find",
            placeholder="A title, a number, a reason",
            max_chars=100,
            bind="query-params",
        )


def _choice(label: str, key: str, names: Mapping[str, str], everything: str) -> None:
    now = str(st.session_state.get(key) or "")
    known = {"": everything, **names, **({now: now} if now and now not in names else {})}
    st.selectbox(
        label,
        list(known),
        format_func=lambda each: known[each],
        key=key,
        label_visibility="collapsed",
    )


def chosen() -> Filters:
    """What the queue is narrowed to now."""
    kind, client, text = (str(st.session_state.get(key) or "") for key in ("kind", "of", "find"))
    return Filters(kind, client, text if st.session_state.get("which") == "done" else "")


def listed(found: Queue, desk: Desk, opened: str | None) -> None:
    """The queue itself, one card a question."""
    if not found.items:
        narrowed = chosen() != Filters()
        change = (
            "Choose all kinds and clients to see the rest."
            if narrowed
            else "A question appears when a bound is met."
        )
        states.empty("queue", "Nothing to decide here.", change)
    for item in found.items[:50]:
        mood = "now" if item.ref == opened else "card"
        with st.container(border=True, key=f"{mood}-{item.ref}", gap="xsmall"):
            with st.container(horizontal=True, horizontal_alignment="distribute"):
                rest = left(
                    item.status, item.due_at, item.back_at, item.zone, desk.now, item.working
                )
                say(f":{rest.tone}-badge[:material/{rest.icon}: {rest.short}]", width="content")
                note(item.ref, width="content")
            st.button(
                f"**{plain(item.title)}**",
                key=f"pick-{item.ref}",
                type="tertiary",
                on_click=pick,
                args=(item.ref,),
                width="stretch",
            )
            owner = f" · {plain(item.owner)}" if item.owner else ""
            note(f"{plain(item.client_name)} · {item.kind_word}{owner}")
    if len(found.items) > 50:
        note(f"{len(found.items) - 50} more below these.")


def opened_card(desk: Desk, ref: str) -> None:
    """The open question, or a word that it is not there."""
    found = read_card(desk.house.store, desk.scope, desk.now, ref)
    if found is None:
        states.empty(
            "gone", "There is no such question in your reach.", "Choose one from the queue."
        )
        return
    with card(f"open-{ref}"), states.guarded("This question"):
        if found.kind != "plan" and found.undecided:
            tending.looked_at(
                desk.house, desk.scope, desk.now, client=found.client, escalation_id=found.ref
            )
        question.show(desk, found)
        decide.answer(desk, found)


def head(found: Queue, desk: Desk) -> None:
    """How many are open, when the next is due; and what the last click did."""
    due = ""
    if found.next_due is not None:
        when = stamp(found.next_due, found.next_zone, desk.now)
        due = f" · the next {'was' if found.next_due < desk.now else 'is'} due {when}"
    say(f":gray[{count(found.all, 'question')} waiting{due}]")
    outcome.said()


def waiting(desk: Desk) -> Queue:
    """The view asked for; all of it for somebody to whom nothing is addressed."""
    which = cast("Which", st.session_state.get("which") or "mine")
    found = queue(desk.house.store, desk.scope, desk.now, which, chosen())
    if "which" not in st.session_state and not found.mine:
        return queue(desk.house.store, desk.scope, desk.now, "all", chosen())
    return found


def page() -> None:
    """The page: queue beside card, or one of them on a phone."""
    desk = access.require("strategist")
    small, opened = phone(), st.query_params.get("e")
    if small and opened:
        st.button("Back to the queue", icon=":material/arrow_back:", type="tertiary", on_click=back)
    st.title("Inbox", anchor=False)
    with states.guarded("The inbox"):
        found = waiting(desk)
        head(found, desk)
        if small:
            if opened:
                opened_card(desk, opened)
            else:
                switch(found)
                narrow(found, done=st.session_state.get("which") == "done")
                listed(found, desk, opened)
            return
        opened = opened or (found.items[0].ref if found.items else None)
        queue_side, card_side = st.columns([4, 9], gap="small")
        with queue_side:
            switch(found)
            narrow(found, done=st.session_state.get("which") == "done")
            listed(found, desk, opened)
        with card_side:
            if opened:
                opened_card(desk, opened)


page()
