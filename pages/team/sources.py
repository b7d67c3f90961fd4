"""Data sources: how fresh each is and which days it tells, files taken in and taken back."""

from __future__ import annotations

import streamlit as st

from engine.reporting.sources.coverage import Coverage, Line, sources_of
from pages.parts import access, reads, states
from pages.parts.cards import card, note, say
from pages.parts.formats import plain, safe
from pages.team import sources_history, sources_upload

COLOURS = {"fresh": "green", "late": "orange", "failed": "red"}


def covered(view: Coverage) -> None:
    """Each source with its state, its days, what is missing, and what waits because of it."""
    with card("sources", "Connected sources", "read by the loop"):
        if not view.connected:
            say("**No source has been read yet.**  \nThe first read is at the next full hour.")
        for one in view.connected:
            line(one)
    with card("file-sources", "Files", "brought by people"):
        if not view.files:
            say("**No file counts yet.**  \nTake one in beside this card; its days are told here.")
        for one in view.files:
            line(one)


def line(one: Line) -> None:
    """One source as one piece of text."""
    badge = f":{COLOURS.get(one.state, 'gray')}-badge[{plain(one.badge)}]"
    facts = " · ".join(plain(text) for text in (one.as_of, *one.facts) if text)
    parts = [f"**{plain(one.name)}** {badge}", f":small[:gray[{facts}]]"]
    if one.gaps:
        parts.append(f":small[:material/event_busy: {plain(one.gaps)}]")
    if one.consequence:
        parts.append(f":small[:material/schedule: {safe(plain(one.consequence))}]")
    say("  \n".join(parts))


def page() -> None:
    """The page."""
    desk = access.require("team", "strategist", "admin")
    names = reads.client_names(desk)
    st.title("Data sources", anchor=False)
    lead = st.empty()
    client = access.one_client(desk, names)
    sources_upload.said()
    left, right = st.columns([7, 5], gap="small")
    with left, states.guarded("The sources"):
        with states.loading():
            view = sources_of(desk.house.store, desk.scope, client, desk.now)
        lead.markdown(
            safe(f"**{plain(view.lead)}** A late source is shown, but never moves money.")
        )
        covered(view)
    with right, states.guarded("The upload"):
        waiting = sources_upload.choose(desk, client)
    with states.guarded("The preview"):
        sources_upload.previews(desk, client, names[client], waiting)
        sources_upload.receipts(desk, client)
    with states.guarded("The files taken in"):
        sources_history.show(desk, client)
    note("The same on the command line: `python -m jobs ingest FILE --client CLIENT`.")


page()
