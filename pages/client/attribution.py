"""Whose claim counts: the switch, and two views beside each other with their disagreement as one number."""

from __future__ import annotations

from typing import cast

import pandas as pd
import streamlit as st

from engine.reporting.client.credit import NAMES, Comparison, Credit
from engine.reporting.client.kpis import Totals
from engine.reporting.client.view import Performance
from engine.reporting.words import channel, count, days, money, multiple, percent
from pages.parts.cards import card, note, say
from pages.parts.formats import safe
from pages.parts.tones import phone

KEY = "credit"
COLUMNS = ("Channel", "Last-click", "Closed-won", "Won", "Expected", "Platform claims")
DRIVES = "The optimiser works on closed-won truth, whichever view is on."


def switch(noun: str) -> Credit:
    """The view in force, named on the button and kept in the address."""
    captions = {
        "closed_won": f"Every {noun} in the CRM once, whichever ad or none led to it; return is money of deals won.",
        "last_click": f"Only a {noun} with a click on record, given to the channel of its last click.",
        "platform": "What each platform claims for itself, by channel. Never added up: two may claim one customer.",
    }
    with st.popover(NAMES[_current()], icon=":material/join_inner:", key="attribution"):
        chosen = st.radio(
            "Attribution in force",
            list(NAMES),
            format_func=lambda key: NAMES[cast("Credit", key)],
            captions=[captions[key] for key in NAMES],
            key=KEY,
            bind="query-params",
        )
        note(f"{DRIVES} The sentence on top and the targets rest on it too.")
    return chosen or "closed_won"


def _current() -> Credit:
    """The view in force before the switch is drawn: as chosen, or at first as the address names it."""
    chosen = st.session_state.get(KEY)
    if chosen in NAMES:
        return cast("Credit", chosen)
    named = st.query_params.get(KEY, "")
    return next((key for key, name in NAMES.items() if name == named), "closed_won")


def compared(view: Performance) -> None:
    """Closed-won truth and last-click for the same days, and how far they split credit apart."""
    found, noun, currency = view.comparison, view.about["primary_action"], view.about["currency"]
    note_ = days(view.period.first, view.period.last)
    with card("credit", "Two views of credit", note_):
        if not found.truth.actions:
            say(
                f"**No {noun} in the CRM on these days.**  \nThe views are set beside each other when the first "
                "one arrives; a longer period may have some."
            )
            return
        grid = st.grid(3, min_column_width=200)
        with grid.cell():
            _total("Closed-won truth", found.truth, noun, currency)
        with grid.cell():
            none = f"{count(found.unclicked)} have no click on record"
            _total("Last-click", found.last_click, noun, currency, none if found.unclicked else "")
        with grid.cell():
            points = "–" if found.points is None else count(found.points, "point")
            settled = f"of all credit, settled days {days(found.first, found.last)}"
            say(f":small[Disagreement]  \n**{points}**  \n:small[:gray[{settled}]]")
        with st.container(horizontal=True, vertical_alignment="center"):
            say(f"{found.sentence} {DRIVES}")
            if found.channels:
                _by_channel(found, currency)


def _total(name: str, totals: Totals, noun: str, currency: str, more: str = "") -> None:
    say(
        f":small[{name}]  \n**{count(totals.actions, noun)}** at **{money(totals.cost_micros, currency)}** each  \n"
        f":small[:gray[{count(totals.won)} won · {multiple(totals.roas)} return{f' · {more}' if more else ''}]]"
    )


def _by_channel(found: Comparison, currency: str) -> None:
    with st.popover("By channel"):
        say(f"**Who gets the credit, {days(found.first, found.last)}.** Settled days only.")
        table = channels_table(found, currency)
        parts = [table[list(COLUMNS[:3])], table[[COLUMNS[0], *COLUMNS[3:]]]]
        for part in parts if phone() else [table]:
            st.table(part, border="horizontal", hide_index=True, alt=found.sentence)
        note(
            "Closed-won shares weigh what was won and what open deals still promise at their age. "
            "As money the two are never added up."
        )


def channels_table(found: Comparison, currency: str) -> pd.DataFrame:
    """Both shares, won and expected money, and the platform's own claim, by channel; ready to show."""
    return pd.DataFrame(
        [
            (
                channel(c["channel"]),
                percent(c["last_click_share"]),
                percent(c["closed_won_share"]),
                safe(money(c["revenue_micros"], currency)),
                safe(money(c["expected_revenue_micros"], currency)),
                count(c["claimed"]),
            )
            for c in found.channels
        ],
        columns=list(COLUMNS),
    )
