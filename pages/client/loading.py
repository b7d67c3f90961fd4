"""What stands in place of the cards while a page is read for the first time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from pages.parts.cards import note

SEEN = "pages_seen"
PERFORMANCE = "Adding up the ad accounts and the CRM…"
DECISIONS = "Looking up what was decided…"


def figures() -> None:
    """Grey blocks in the shape of the performance page."""
    grid = st.grid(4, min_column_width=150)
    for _ in range(4):
        with grid.cell():
            st.skeleton(170)
    for column in st.columns([7, 5]):
        with column:
            st.skeleton(220)
    st.skeleton(420)


def days() -> None:
    """Grey blocks in the shape of the decisions of some days."""
    for _ in range(3):
        st.skeleton(160)


@contextmanager
def first_load(client: str, words: str, bones: Callable[[], None]) -> Iterator[None]:
    """Grey blocks and a word on what is being done; later runs of a session keep the old figures instead."""
    seen = st.session_state.setdefault(SEEN, [])
    if (client, words) in seen:
        yield
        return
    place = st.empty()
    with place.container():
        note(words)
        bones()
    try:
        yield
    except Exception:
        place.empty()
        raise
    place.empty()
    seen.append((client, words))
