"""The one open store that pages, routes and the scheduler share."""

from __future__ import annotations

import os
from typing import Any

import streamlit as st

from engine import wiring
from engine.commands.house import House
from engine.model.errors import BadInput
from engine.model.open_id import OpenId


@st.cache_resource(show_spinner=False)
def _engine(url: str) -> Any:
    return wiring.connect(url)


def sign_in() -> OpenId | None:
    """How people sign in to this server; None where it is not set up.

    Raises:
        BadInput: it is set up by half, or behind a proxy whose headers the server below us would rewrite.
    """
    door = wiring.settings().sign_in
    if door and door.proxies and os.environ.get("FORWARDED_ALLOW_IPS") != "":
        raise BadInput(
            "Behind a proxy, start with `python -m jobs serve`: the web server must leave forwarded headers to us."
        )
    return door


def house() -> House:
    """The house around the open store, made anew each time: only the engine is kept, one for each address.

    Raises:
        TryLater: another process has the store open.
    """
    chosen = wiring.settings()
    return wiring.house(_engine(chosen.url), chosen)
