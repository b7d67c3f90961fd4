"""The cards of the strategist's first page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import streamlit as st

from engine.reporting.home.clients import ClientCard
from engine.reporting.home.view import Home, Review
from engine.reporting.inbox.due import left
from engine.reporting.words import count
from pages.parts import go
from pages.parts.cards import card, meter, note, say
from pages.parts.formats import plain

SHOWN = 5
PAGES = {"plan": go.PLAN, "concept": go.CREATIVE, "draft": go.GUARDRAILS}
ICONS = {"late": ":orange[:material/schedule:]", "failed": ":red[:material/error:]"}


def needs(view: Home, now: datetime) -> None:
    """Open questions, the least time left first."""
    with card("needs", "Needs you", "by time left"):
        if not view.needs:
            say("**No question is open.**  \nOne appears here when a bound is met.")
        for place, item in enumerate(view.needs[:SHOWN]):
            rest = left(item.status, item.due_at, item.back_at, item.zone, now)
            text, status, button = st.columns([6, 2, 2], vertical_alignment="center", gap="small")
            with text:
                meta = f"{plain(item.client_name)} · {item.kind_word}"
                say(f"**{plain(item.title)}**  \n:small[:gray[{meta}]]")
            with status:
                say(f":{rest.tone}-badge[:material/{rest.icon}: {rest.short}]")
            with button:
                kind: go.Kind = "secondary" if place else "primary"
                go.to("Decide", go.INBOX, f"decide-{item.ref}", kind=kind, e=item.ref)
        more = len(view.needs) - SHOWN
        tail = [f"{more} more in the inbox" if more > 0 else ""]
        tail.append(f"{count(view.asleep, 'question')} put off" if view.asleep else "")
        if any(tail):
            note(" · ".join(t for t in tail if t))


def reviews(view: Home) -> None:
    """Plans, concepts and policy drafts that wait for a person."""
    with card("reviews", "Waiting for your review", "nothing ships before it"):
        if not view.reviews:
            say("**Nothing waits for a review.**  \nThe next plans come with the new month.")
        for one in view.reviews[:SHOWN]:
            review(one)
        if len(view.reviews) > SHOWN:
            note(f"and {len(view.reviews) - SHOWN} more.")


def review(one: Review) -> None:
    """One of them, with the way to it where the reader has that page."""
    text, button = st.columns([7, 2], vertical_alignment="center", gap="small")
    with text:
        say(f"**{plain(one.title)}**  \n:small[:gray[{plain(one.line)}]]")
    with button:
        if go.open_to(PAGES[one.kind]):
            asked: dict[str, Any] = {} if one.version is None else {"version": str(one.version)}
            go.to("Review", PAGES[one.kind], f"review-{one.key}", client=one.client, **asked)


def away(view: Home, since: str) -> None:
    """What was moved, paused, stopped and asked, by client."""
    told = view.away
    with card("away", "While you were away", f"since {since}"):
        if not told.total.words:
            say("**Nothing was changed or asked.**  \nWhat the platform does next is told here.")
            return
        sums = told.total
        say(
            f":green-badge[{sums.done} done] :orange-badge[{count(sums.questions, 'question')}] "
            f":{'red' if sums.blocked else 'gray'}-badge[{sums.blocked} stopped]"
        )
        for name, words in told.clients:
            say(f"**{plain(name)}**  \n:small[{words}]")
        for sentence in told.largest:
            note(f"Largest move: {plain(sentence)}.")


def sources(view: Home) -> None:
    """How many are fresh, and each one that is not."""
    with card("sources", "Sources"):
        if not view.sources:
            say("**No source has been read yet.**  \nThe first read is at the next full hour.")
            return
        if view.fresh:
            say(f":green[:material/check_circle:] {view.fresh} of {view.sources} fresh")
        for one in view.troubled:
            icon = ICONS.get(one.state, ICONS["late"])
            say(f"{icon} **{plain(one.name)}** {one.state}  \n:small[:gray[{plain(one.line)}]]")
        if view.troubled:
            note("No budget moves on a source that is not fresh.")


def client(one: ClientCard) -> None:
    """One client: the word, the month against its plan, the cost, what is open."""
    with card(f"client-{one.client}", stretch=True):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            say(f"**{plain(one.name)}**", width="content")
            say(f":{one.tone}-badge[{one.word}]", width="content")
        meter(one.spent_micros, one.expected_micros, one.plan_micros, f"{one.name}: {one.spend}")
        note(f"{one.spend} this month")
        lines = "  \n".join(line for line in (one.cost, one.won) if line)
        say(f":small[{lines}]")
        note(plain(one.why))
        go.to(
            "Performance",
            go.PERFORMANCE,
            f"open-{one.client}",
            kind="tertiary",
            icon=":material/monitoring:",
            client=one.client,
        )
