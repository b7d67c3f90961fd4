"""The upper part of a question's card: what, why, the evidence, before and after, the rule."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from engine.reporting.inbox import evidence
from engine.reporting.inbox.card import Card
from engine.reporting.inbox.due import left
from engine.reporting.words import channel, day, money, stamp
from pages.parts import charts, go
from pages.parts.access import Desk
from pages.parts.cards import note, say
from pages.parts.formats import plain, safe
from pages.parts.tones import mode


def show(desk: Desk, card: Card) -> None:
    """Everything above the answer."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        note(f"{plain(card.client_name)} · {card.kind_word} · {card.ref}", width="content")
        say(due(desk, card), width="content")
    st.header(safe(plain(card.title)), anchor=False)
    cost = f" Waiting costs {plain(card.waiting_cost)}." if card.waiting_cost else ""
    say(f"{plain(card.what)}{cost}")
    left, right = st.columns([6, 5])
    with left:
        figures(desk, card)
    with right:
        before_after(card)
    with st.container(border=True, key=f"rule-{card.ref}", gap="xsmall"):
        say(f"**The rule:** {plain(card.rule or 'No rule was quoted.')}")
        asked = f"asked {plain(card.asked)}" if card.asked else ""
        who = f"owner {plain(card.owner)}, backup {plain(card.backup)}" if card.owner else ""
        note(
            " · ".join(
                p for p in (asked, who, f"opened {stamp(card.opened_at, card.zone, desk.now)}") if p
            )
        )
    for said in card.notes:
        note(f":material/history: {plain(said)}")
    ways(card)


def ways(card: Card) -> None:
    """To what the ledger holds of it, and for a plan to the whole of it."""
    with st.container(horizontal=True, gap="small"):
        if card.kind == "plan":
            go.to("See the whole plan", go.PLAN, f"plan-{card.ref}", client=card.client)
        go.to(
            "In the ledger",
            go.LEDGER,
            f"lines-{card.ref}",
            kind="tertiary",
            icon=":material/receipt_long:",
            client=card.client,
            find=card.ref,
        )


def due(desk: Desk, card: Card) -> str:
    """The badge with the time left."""
    rest = left(card.status, card.due_at, card.back_at, card.zone, desk.now, card.working)
    return f":{rest.tone}-badge[:material/{rest.icon}: {rest.full}]"


def figures(desk: Desk, card: Card) -> None:
    """A chart of the days before, and the figures the question rests on."""
    picture = evidence.of(desk.house.store, desk.scope, card, desk.now)
    if picture is not None:
        say(f"**{plain(picture.title)}**")
        charts.show(
            charts.evidence_figure(picture, card.currency, mode()),
            alt=picture.finding,
            key=f"evidence-{card.ref}",
            height=190,
        )
        note(plain(picture.finding))
        behind(picture, card)
    if card.evidence:
        rows = [(plain(f.name), safe(plain(f.value))) for f in card.evidence[:12]]
        st.table(
            pd.DataFrame(rows, columns=["Figure", "Value"]), border="horizontal", hide_index=True
        )


def behind(picture: evidence.Picture, card: Card) -> None:
    """The rows the chart is drawn from, the newest first."""
    with st.expander(f"The {len(picture.rows)} rows behind it", key=f"rows-{card.ref}"):
        found = [
            (day(d, desk_year(picture)), channel(name), safe(money(cost, card.currency)))
            for d, name, cost in picture.rows[:40]
        ]
        st.table(
            pd.DataFrame(found, columns=["Day", "Channel", "Spend"]),
            border="horizontal",
            hide_index=True,
        )
        if len(picture.rows) > 40:
            note(f"and {len(picture.rows) - 40} earlier ones; Performance has them all.")


def desk_year(picture: evidence.Picture) -> int:
    """The year that goes without saying: that of the newest day."""
    return picture.days[-1].year


def before_after(card: Card) -> None:
    """What an approval changes, line by line."""
    say("**Before → after, if you approve**")
    if not card.diff:
        say(":gray[Approving changes nothing by itself: it says that you have taken this on.]")
        return
    rows = [
        (plain(line.what), safe(plain(line.before)), f"**{safe(plain(line.after))}**")
        for line in card.diff[:20]
    ]
    st.table(
        pd.DataFrame(rows, columns=["What", "Now", "After"]),
        border="horizontal",
        hide_index=True,
        alt="What would change: now and after",
    )
    if len(card.diff) > 20:
        note(f"and {len(card.diff) - 20} more lines.")
