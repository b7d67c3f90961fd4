"""Discovery: each rule's question answered by two people apart; where they differ, one value is written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from engine.commands import discovery
from engine.model.errors import Fault
from engine.reporting.discovery import Progress, Question, Topic, progress
from engine.reporting.words import count
from pages.parts import access, reads, states
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain

SAID = "discovery-said"
WORDS = {
    "open": ":gray-badge[Open]",
    "mine": ":blue-badge[You answered]",
    "other": ":blue-badge[One answered]",
    "same": ":green-badge[Both the same]",
    "differ": ":orange-badge[They differ]",
    "settled": ":green-badge[Written down]",
}
OPEN = {"open", "mine", "other"}


def typed(one: Question, key: str, value: Any, unit: str) -> Any:
    """The widget of one question by its kind; ``unit`` is the client's currency."""
    names = dict(one.choices)
    label = {"money": unit, "share": "%", "words": "One a line"}.get(one.kind, "Answer")
    if one.kind in {"money", "share"}:
        return st.number_input(label, value=value, min_value=0.0, key=key)
    if one.kind == "whole":
        return st.number_input(label, value=value, min_value=0, step=1, key=key)
    if one.kind in {"choice", "yes_no"}:
        words: dict[Any, str] = names if one.kind == "choice" else {True: "Yes", False: "No"}
        found = list(words)
        at = found.index(value) if value in found else None
        return st.selectbox(label, found, index=at, format_func=lambda v: words[v], key=key)
    if one.kind == "choices":
        return st.multiselect(
            label,
            list(names),
            default=[v for v in value or [] if v in names],
            format_func=lambda v: names[v],
            key=key,
        )
    if one.kind == "words":
        return st.text_area(label, value=value or "", key=key)
    return st.text_input(label, value=value or "", key=key)


def answering(desk: Desk, client: str, one: Question, unit: str) -> None:
    """One's own answer, while the second is missing."""
    with st.form(f"answer-{one.path}", border=False):
        left, right = st.columns([5, 7], gap="small")
        with left:
            raw = typed(one, f"answer {client} {one.path}", one.mine, unit)
        with right:
            comment = st.text_input(
                "Comment",
                key=f"comment {client} {one.path}",
                max_chars=1000,
                placeholder="Why, if it matters",
            )
        if st.form_submit_button("Change my answer" if one.state == "mine" else "Answer"):
            done(
                lambda: discovery.answer(
                    *(desk.house, desk.scope, desk.now, client),
                    path=one.path,
                    raw=raw,
                    comment=comment,
                ),
                f"Your answer on {one.title.lower()} is kept. You see the other one when both are there.",
            )


def both(desk: Desk, client: str, one: Question, unit: str) -> None:
    """Both answers side by side, what was written down, and for the house the way to write it."""
    for said in one.answers:
        more = f"  \n:small[{plain(said.comment)}]" if said.comment else ""
        say(f"**{plain(said.value)}** :small[:gray[{plain(said.who)}]]{more}")
    if one.settled:
        where = f" In draft v{one.draft}." if one.draft else ""
        say(f":material/check: **{plain(one.settled)}**  \n:small[{plain(one.reason)}{where}]")
        return
    if desk.scope.role_for(client) not in discovery.SETTLE:
        note("Your strategist writes one value down.")
        return
    with st.form(f"settle-{one.path}", border=False):
        left, right = st.columns([5, 7], gap="small")
        with left:
            raw = typed(one, f"settle {client} {one.path}", one.answers[0].raw, unit)
        with right:
            why = st.text_input("Reason", key=f"why {client} {one.path}", max_chars=1000)
        if st.form_submit_button("Write down"):
            done(
                lambda: discovery.settle(
                    *(desk.house, desk.scope, desk.now, client), path=one.path, raw=raw, reason=why
                ),
                "Written down. It is in force when its draft has been published.",
            )


def done(act: Callable[[], Any], told: str) -> None:
    """Do it and start the page again; the sentence stands on top."""
    try:
        act()
    except Fault as fault:
        st.session_state[SAID] = (False, str(fault))
    else:
        st.session_state[SAID] = (True, told)
    st.rerun()


def topic(desk: Desk, client: str, one: Topic, unit: str) -> None:
    """One rule: its questions, each with where it stands."""
    ready = sum(q.state not in OPEN for q in one.questions)
    with card(
        one.path.replace(".", "-"), plain(one.title), f"{ready} of {len(one.questions)} by both"
    ):
        if one.help:
            note(plain(one.help))
        for q in one.questions:
            more = f"  \n:small[:gray[{plain(q.help)}]]" if q.help else ""
            say(f"**{plain(q.title)}** {WORDS[q.state]}{more}")
            if q.state in OPEN:
                answering(desk, client, q, unit)
            else:
                both(desk, client, q, unit)


def lead(desk: Desk, client: str, view: Progress) -> None:
    """How far it is, and the draft of what was written down."""
    say(f"**{view.both} of {view.asked} answered by both, {view.differ} differ.**")
    st.progress(view.both / view.asked if view.asked else 0.0)
    note(
        "Two people answer each question apart. Nobody sees the other answer before both are there."
    )
    if view.undrafted and desk.scope.role_for(client) in discovery.SETTLE:
        label = f"Write {count(view.undrafted, 'answer')} into a draft"
        if st.button(label, key="to-draft", icon=":material/edit_note:"):
            done(
                lambda: discovery.to_draft(desk.house, desk.scope, desk.now, client),
                "The draft was written; a second person publishes it under Guardrails or not.",
            )


def one_topic(view: Progress) -> Topic:
    """The rule picked; its name is kept in the address, and a link may give its key instead."""
    found = {t.path.rpartition(".")[2]: t for t in view.topics}
    given = st.query_params.get("topic")
    if given in found and "topic" not in st.session_state:
        st.session_state["topic"] = given
    picked = st.selectbox(
        "Rule",
        list(found),
        format_func=lambda key: found[key].title,
        key="topic",
        bind="query-params",
    )
    return found[str(picked)]


def page() -> None:
    """The page."""
    desk = access.require("team", "strategist", "client")
    st.title("Discovery", anchor=False)
    client = access.one_client(desk, reads.client_names(desk))
    told = st.session_state.pop(SAID, None)
    if told:
        (st.success if told[0] else st.error)(plain(told[1]))
    with states.guarded("Discovery"):
        view = progress(desk.house.store, desk.scope, client)
        lead(desk, client, view)
        topic(desk, client, one_topic(view), view.currency)


page()
