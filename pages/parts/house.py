"""The one open store that pages, routes and the scheduler share."""

from __future__ import annotations

from typing import Any

import streamlit as st

from engine import wiring
from engine.commands.house import House


@st.cache_resource(show_spinner=False)
def _engine(url: str) -> Any:
    return wiring.connect(url)


def house() -> House:
    """The house around the open store, made anew each time: only the engine is kept, one for each address.

    Raises:
        TryLater: another process has the store open.
    """
    chosen = wiring.settings()
    return wiring.house(_engine(chosen.url), chosen)
