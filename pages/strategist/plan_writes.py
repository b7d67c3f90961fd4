"""What would be written to the platform this moment: the printed diff of ``python -m jobs plan``, as a card."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from engine.commands import plans
from engine.reporting.client.read import version
from engine.reporting.words import count, stamp
from pages.parts import states
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain, safe
from pages.parts.reads import about

KINDS = {
    "create_campaign": "open the campaign",
    "set_budget": "budget a day",
    "enable_campaign": "start the campaign",
    "pause_campaign": "pause the campaign",
    "create_ad": "new ad",
    "enable_ad": "start an ad",
    "pause_ad": "pause an ad",
}
SHOWN = 20
Write = tuple[str, str, str, str]


def show(desk: Desk, client: str, titles: dict[str, str]) -> None:
    """The account is read at most once a minute; nothing is written by looking."""
    with card("writes", "What would be written now", "everything decided so far, nothing proposed"):
        with states.loading(90):
            store = desk.house.store
            changed = version(store, desk.scope, client)  # an approval shows at once
            found = _read(store.url, client, changed, _desk=desk)
        when = stamp(desk.now, about(desk, client)["time_zone"], desk.now)
        if not found:
            say("**Nothing would be written.**  \nThe account shows what was decided.")
        else:
            say(f"**{count(len(found), 'change')}** would be written by the next pass.")
            rows = [
                (
                    plain(titles.get(c, c)),
                    KINDS.get(k, plain(k)),
                    safe(plain(b)),
                    f"**{safe(plain(a))}**",
                )
                for c, k, b, a in found[:SHOWN]
            ]
            st.table(
                pd.DataFrame(rows, columns=["Campaign", "What", "On the account", "After"]),
                border="horizontal",
                hide_index=True,
                alt="What would be written: on the account now, and after",
            )
            if len(found) > SHOWN:
                note(f"and {len(found) - SHOWN} more.")
        note(
            f"Read from the account at {when}; the same as `python -m jobs plan --client {client}`."
        )


@st.cache_data(ttl=60, max_entries=32, show_spinner=False)
def _read(url: str, client: str, version: str, *, _desk: Desk) -> list[Write]:  # noqa: ARG001  url and version are the key
    found = plans.diff(_desk.house, _desk.scope, _desk.now, client)
    return [(c.campaign_key, c.kind, c.before, c.after) for c in found]
