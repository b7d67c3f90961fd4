"""The engine room: is everything running, and what needs a hand."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from engine.reporting.health import Health, health
from engine.reporting.health.state import ClientHealth
from engine.reporting.words import count, source, span, stamp
from pages.parts import access, states
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain

COLOUR = {"ok": "green", "fresh": "green", "late": "orange", "failed": "red", "missed": "orange"}


def badge(state: str) -> str:
    """A state as a coloured word."""
    return f":{COLOUR.get(state, 'gray')}-badge[{plain(state.capitalize())}]"


def lead(view: Health) -> None:
    """Is everything running?"""
    if view.ok:
        say(f"**Everything is running.** {count(len(view.clients), 'client')}, no write in doubt.")
        return
    troubles = [
        "everything is paused" if view.paused_all else "",
        f"{count(len(view.unresolved), 'write')} of unknown outcome" if view.unresolved else "",
        f"{count(len(view.ledger_bad), 'broken ledger')}" if view.ledger_bad else "",
        *(f"the last pass of {plain(c.name)} failed" for c in view.clients if c.state == "failed"),
    ]
    say(f"**Something needs a hand: {', '.join(t for t in troubles if t)}.**")


def doubts(view: Health, now: datetime) -> None:
    """Writes of unknown outcome, first."""
    if not view.unresolved:
        return
    with card("doubts", "Writes of unknown outcome", "nothing is planned over them"):
        rows = [
            (w.client, plain(w.what), w.state, span(now - w.sent_at), w.attempt, plain(w.note))
            for w in view.unresolved
        ]
        names = ["Client", "Write", "State", "Age", "Attempt", "Note"]
        st.table(pd.DataFrame(rows, columns=names), border="horizontal", hide_index=True)


def client_card(row: ClientHealth, now: datetime) -> None:
    """One client: the last pass and each source."""
    with card(
        f"client-{row.client}", plain(row.name), "paused" if row.paused else "", stretch=True
    ):
        when = stamp(row.last_tick_at, row.zone, now) if row.last_tick_at else "never"
        say(f"Last pass {when} {badge(row.state)}  \n:small[:gray[{plain(row.sentence)}]]")
        if not row.sources:
            note("No source has been read yet.")
        for one in row.sources:
            age = f"as of {stamp(one.as_of, row.zone, now)}" if one.as_of else "not read yet"
            told = f" · {plain(one.sentence)}" if one.sentence else ""
            say(f"{source(one.source)} {badge(one.state)}  \n:small[:gray[{age}{told}]]")


def jobs(view: Health, now: datetime) -> None:
    """The schedule: last and next run."""
    with card("jobs", "Schedule", "times in UTC", stretch=True):
        if not view.jobs:
            say("**No job has run yet.**  \nThe scheduler starts with the server.")
            return
        rows = [
            (
                job.name + (f" · {job.client}" if job.client else ""),
                stamp(job.last_at, "UTC", now) if job.last_at else "–",
                stamp(job.next_at, "UTC", now) if job.next_at else "–",
                badge(job.state),
                plain(job.sentence),
            )
            for job in view.jobs
        ]
        names = ["Job", "Last", "Next", "State", "Note"]
        st.table(pd.DataFrame(rows, columns=names), border="horizontal", hide_index=True)


def passes(view: Health) -> None:
    """The latest passes of the loop."""
    with card("ticks", "Latest passes", "times in UTC"):
        if not view.ticks:
            say("**The loop has not run yet.**  \nIts first pass is at the next full hour.")
            return
        frame = pd.DataFrame(
            [
                (
                    t.started_at,
                    t.client,
                    t.state,
                    t.changes,
                    t.decisions,
                    t.escalations,
                    t.seconds,
                    t.sentence,
                )
                for t in view.ticks
            ],
            columns=[
                "Began",
                "Client",
                "State",
                "Changes",
                "Decisions",
                "Questions",
                "Seconds",
                "Said",
            ],
        )
        st.dataframe(
            frame,
            hide_index=True,
            column_config={
                "Began": st.column_config.DatetimeColumn(format="DD MMM HH:mm", timezone="UTC"),
                "Seconds": st.column_config.NumberColumn(format="%.2f"),
            },
        )


@st.fragment(run_every="15s")
def body(desk: Desk) -> None:
    """Everything that moves."""
    place = access.refreshed(desk)
    with states.guarded("The engine room"):
        view = health(place.house.store, place.scope, place.now, chains=False)
        lead(view)
        doubts(view, place.now)
        grid = st.grid(2, min_column_width=320)
        for row in view.clients:
            with grid.cell():
                client_card(row, place.now)
        jobs(view, place.now)
        passes(view)
        size = f", {view.store_bytes / 1e6:.1f} MB" if view.store_bytes else ""
        kind = "demo store" if view.demo else "store"
        note(f"{kind}: {plain(view.store)}{size} · clock {place.now:%a %d %b %Y, %H:%M} UTC")


def page() -> None:
    """The page."""
    desk = access.require("admin")
    st.title("Engine room", anchor=False)
    body(desk)


page()
