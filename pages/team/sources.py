"""Data sources: what is read, how fresh it is, and which files were taken in."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from engine.reporting.health.sources import Intake, intake
from engine.reporting.words import count, days, source, stamp
from pages.parts import access, reads, states
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain

COLOUR = {"fresh": "green", "late": "orange", "failed": "red"}


def freshness(view: Intake, desk: Desk) -> None:
    """Each source with its state and age."""
    with card("sources", "Sources"):
        if not view.sources:
            say("**No source has been read yet.**  \nThe first read is at the next full hour.")
        for one in view.sources:
            age = f"as of {stamp(one.as_of, view.zone, desk.now)}" if one.as_of else "not read yet"
            told = f" · {plain(one.sentence)}" if one.sentence else ""
            badge = f":{COLOUR.get(one.state, 'gray')}-badge[{one.state.capitalize()}]"
            say(f"**{source(one.source)}** {badge}  \n:small[:gray[{age}{told}]]")


def files(view: Intake, desk: Desk) -> None:
    """The files taken in, newest first."""
    with card("imports", "Files taken in", count(len(view.imports), "file")):
        if not view.imports:
            say(
                "**No file yet.**  \nTake one in with `python -m jobs ingest FILE --client CLIENT`."
            )
            return
        rows = [
            (
                plain(f.file),
                plain(f.format),
                days(f.period_first, f.period_last) if f.period_first and f.period_last else "–",
                f.read,
                f.kept,
                f.already,
                f.refused,
                stamp(f.at, view.zone, desk.now),
            )
            for f in view.imports[:20]
        ]
        names = ["File", "Format", "Days", "Read", "New", "Known", "Refused", "When"]
        st.table(pd.DataFrame(rows, columns=names), border="horizontal", hide_index=True)
        if len(view.imports) > len(rows):
            note(f"and {len(view.imports) - len(rows)} older ones.")


def page() -> None:
    """The page."""
    desk = access.require("team")
    st.title("Data sources", anchor=False)
    say(
        "**What is read, and how far each source knows.** A late source is shown, but never moves money."
    )
    client = access.one_client(desk, reads.client_names(desk))
    with states.guarded("The sources"):
        view = intake(desk.house.store, desk.scope, client)
        freshness(view, desk)
        files(view, desk)


page()
