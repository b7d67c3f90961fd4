"""What a page says when there is nothing, when a source is late, and when something failed."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import streamlit as st

from engine.model.errors import Fault, TryLater
from engine.reporting.client.material import Fresh
from engine.reporting.words import source, stamp
from pages.parts.cards import card, say
from pages.parts.formats import plain

log = logging.getLogger(__name__)


def empty(key: str, fact: str, change: str) -> None:
    """Nothing to show: the fact in bold, and when that changes."""
    with card(f"empty-{key}"):
        say(f"**{fact}**  \n{change}")


def late(sources: list[Fresh], zone: str, now: datetime) -> None:
    """A warning for every source that is late or failing; its old figures stay, with their stamp."""
    for row in sources:
        if row["state"] == "fresh":
            continue
        since = f"Its figures are from {stamp(row['as_of'], zone, now)}. " if row["as_of"] else ""
        st.warning(
            f"{source(row['source'])}: {plain(row['sentence'])} {since}"
            "No budget moves on them until it is back.",
            icon=":material/schedule:",
        )


def short_of(found: tuple[datetime, tuple[str, ...]] | None, zone: str, now: datetime) -> None:
    """When no plan stands inside the bounds: since when, and each reason; nothing otherwise."""
    if found is None:
        return
    at, reasons = found
    told = "  \n".join(f"- {plain(reason)}" for reason in reasons)
    st.warning(
        f"**No plan stands inside the bounds**, seen {stamp(at, zone, now)}.\n\n{told}",
        icon=":material/block:",
    )


@contextmanager
def loading(height: int = 160) -> Iterator[None]:
    """A grey block in place of what is being read; it is gone when the block ends, however it ends."""
    with st.skeleton(height):
        yield


@contextmanager
def guarded(what: str) -> Iterator[None]:
    """Keep one broken part from taking the page along: it shows a reference and a way to try again."""
    try:
        yield
    except TryLater as wait:
        st.warning(plain(str(wait)), icon=":material/schedule:")
        st.button("Try again", icon=":material/refresh:", key=f"again-{what}")
    except Fault as fault:
        st.error(plain(str(fault)), icon=":material/error:")
    except Exception:  # the rest of the page is still right, and the log has it all
        reference = secrets.token_hex(2).upper()
        log.exception("%s failed; reference %s", what, reference)
        st.error(
            f"{what} could not be shown. The figures are safe; reference {reference}.",
            icon=":material/error:",
        )
        st.button("Try again", icon=":material/refresh:", key=f"again-{what}")
