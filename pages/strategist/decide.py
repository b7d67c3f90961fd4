"""The answer to a question: approve exactly what is shown, reject, or put off; always with a reason."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import streamlit as st

from engine.commands import escalations, plans
from engine.reporting.inbox.card import Card
from engine.reporting.words import stamp
from pages.parts import access
from pages.parts.access import Desk
from pages.parts.cards import note, say
from pages.parts.formats import plain
from pages.parts.tones import phone
from pages.strategist import answers, outcome, tend

Answer = Literal["approve", "reject", "defer"]
_DONE = {"approve": "Approved", "reject": "Rejected", "defer": "Put off"}
WAKES_AT = time(9, 0)


def answer(desk: Desk, card: Card) -> None:
    """The options with their consequences, the reason, and the buttons."""
    if not card.undecided:
        say(f":material/done: **{plain(card.answer or 'This is closed.')}**")
        return
    if card.answer:
        note(plain(card.answer))
    options(card)
    st.text_input(
        "Your reason",
        key=f"why-{card.ref}",
        placeholder="It goes into the ledger beside your decision",
        max_chars=1000,
    )
    if card.kind != "plan":
        tomorrow = desk.now.astimezone(ZoneInfo(card.zone)).date() + timedelta(days=1)
        st.date_input(
            "If you put it off: back at 09:00 on",
            value=tomorrow + timedelta(days=(7 - tomorrow.weekday()) % 7),
            min_value=tomorrow,
            key=f"until-{card.ref}",
            format="DD/MM/YYYY",
            width=280,
        )
    if card.review:
        st.checkbox(
            "I have read every word of the ads: they are in a regulated category",
            key=f"reviewed-{card.ref}",
        )
    buttons(card)
    if card.kind != "plan":
        answers.more(desk, card)
    hold = ""
    if card.due_at is not None:
        when = stamp(card.due_at, card.zone, desk.now)
        late = card.due_at <= desk.now and card.status != "deferred"
        hold = f"Nobody decided by {when}, so" if late else f"If nobody decides by {when}"
        hold += " the safe state holds: "
    note(f":material/lock_clock: {hold}{plain(card.safe_state)} Silence never approves anything.")


def options(card: Card) -> None:
    """What each choice brings; approving stands for the diff shown above."""
    if not card.options:
        return
    say("**Your options**")
    lines = [
        f"- **{plain(o.label)}**  \n  :small[:gray[{plain(o.consequence)}]]" for o in card.options
    ]
    say("\n".join(lines))


def buttons(card: Card) -> None:
    """The answers this person may give; on a phone they stay at the lower edge."""
    where = st.bottom if phone() else st.container()
    with where, st.container(horizontal=True):
        st.button(
            "Approve",
            type="primary",
            key=f"approve-{card.ref}",
            on_click=act,
            args=("approve", card),
            disabled=bool(card.refusal),
        )
        if card.kind != "plan":
            st.button(
                "I have it",
                icon=":material/front_hand:",
                key=f"ack-{card.ref}",
                on_click=tend.take_on,
                args=(card,),
                disabled=card.status not in {"open", "snoozed"},
            )
            st.button(
                "Defer",
                icon=":material/event:",
                key=f"defer-{card.ref}",
                on_click=act,
                args=("defer", card),
            )
        st.button(
            "Reject",
            icon=":material/close:",
            key=f"reject-{card.ref}",
            on_click=act,
            args=("reject", card),
        )
    if card.refusal:
        note(plain(card.refusal))


def act(what: Answer, card: Card) -> None:
    """Carry one answer out. The desk is asked for again: a click may come long after the page was drawn."""
    desk = access.require("strategist")
    reason = str(st.session_state.get(f"why-{card.ref}") or "")
    verb = _plan if card.kind == "plan" else _question
    outcome.tried(f"{_DONE[what]}: {card.title}", lambda: verb(what, desk, card, reason))


def _question(what: Answer, desk: Desk, card: Card, reason: str) -> None:
    place = (desk.house, desk.scope, desk.now)
    if what == "approve":
        escalations.approve(
            *place,
            client=card.client,
            escalation_id=card.ref,
            version=card.version,
            fingerprint=card.fingerprint,
            reason=reason,
            reviewed=_reviewed(card),
        )
    elif what == "reject":
        escalations.reject(
            *place,
            client=card.client,
            escalation_id=card.ref,
            version=card.version,
            reason=reason,
        )
    else:
        escalations.defer(
            *place,
            client=card.client,
            escalation_id=card.ref,
            version=card.version,
            until=_until(card),
            reason=reason,
        )


def _reviewed(card: Card) -> bool:
    return bool(st.session_state.get(f"reviewed-{card.ref}"))


def _until(card: Card) -> datetime:
    day = st.session_state[f"until-{card.ref}"]
    return datetime.combine(day, WAKES_AT, ZoneInfo(card.zone))


def _plan(what: Answer, desk: Desk, card: Card, reason: str) -> None:
    if what == "approve":
        plans.approve(
            desk.house,
            desk.scope,
            desk.now,
            client=card.client,
            plan_id=card.ref,
            fingerprint=card.fingerprint,
            reason=reason,
            reviewed=_reviewed(card),
        )
    else:
        plans.reject(
            desk.house, desk.scope, desk.now, client=card.client, plan_id=card.ref, reason=reason
        )
