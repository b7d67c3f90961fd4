"""The card on a draft's review: past figures its conversion definitions would restate."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from engine.reporting.policies.restated import Restated, restated
from engine.reporting.policies.view import Page
from engine.reporting.words import plural
from pages.parts import states
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain, safe
from pages.parts.tones import phone


def show(desk: Desk, view: Page) -> None:
    """The card, only where the draft looked at would move a figure."""
    if view.review is None:
        return
    with states.guarded("Past figures"):
        found = restated(
            desk.house.store, desk.scope, view.material.client, desk.now, view.review.version
        )
        if found is not None:
            _card(found, view.review.version)


def _card(found: Restated, version: int) -> None:
    nouns = plural(found.noun).capitalize()
    with card("restated", "Past figures this would restate", f"in force → draft v{version}"):
        if phone():
            for line in found.lines:
                say(
                    f"**{plain(line.name)}**  \n{nouns} {safe(line.actions)} · {safe(line.cost)} each"
                    f"  \n:small[:gray[CAC {safe(line.cac)} · ROAS {safe(line.roas)}]]"
                )
        else:
            rows = [
                (plain(x.name), *(safe(cell) for cell in (x.actions, x.cost, x.cac, x.roas)))
                for x in found.lines
            ]
            st.table(
                pd.DataFrame(rows, columns=["Month", nouns, "Cost each", "CAC", "ROAS"]),
                border="horizontal",
                hide_index=True,
                alt=f"Past figures draft v{version} would restate",
            )
        for sentence in found.untold:
            note(plain(sentence))
        note(
            "Nothing is restated before the draft is published; the ledger then keeps these figures."
        )
