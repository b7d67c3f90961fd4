"""What the last click in the inbox did, told once at the top of the page."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from engine.model.errors import Fault
from pages.parts.formats import plain

SAID = "inbox_said"


def said() -> None:
    """What the last click did, once."""
    told = st.session_state.pop(SAID, None)
    if told:
        kind, text = told
        (st.success if kind == "ok" else st.warning)(plain(text))


def tried(done: str, act: Callable[[], object], *, stay: bool = False) -> None:
    """Do it and say so; a refusal is said instead. After an answer the question is closed, unless it is to ``stay``."""
    try:
        act()
    except Fault as fault:
        st.session_state[SAID] = ("no", str(fault))
        return
    st.session_state[SAID] = ("ok", done)
    if not stay:
        st.query_params.pop("e", None)
