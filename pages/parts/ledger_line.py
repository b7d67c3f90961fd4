"""One line of the ledger, opened: the act before and after, the rule quoted, the evidence, the receipt."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from engine.reporting.ledger.details import Details, details
from pages.parts import go, states
from pages.parts.access import Desk
from pages.parts.cards import note, say
from pages.parts.formats import plain, safe

SHOWN = 20


def show(desk: Desk, client: str, seq: int) -> None:
    """Everything on record about it, or a word that there is nothing."""
    with (
        st.container(border=True, key=f"rule-line-{seq}", gap="small"),
        states.guarded("This line"),
    ):
        found = details(desk.house.store, desk.scope, client, seq)
        if found is None:
            note("There is no such line.")
            return
        act(found)
        record(found)
        ways(found)
        note(f"Seal {found.hash[:16]}…, made over {found.before[:16]}… of the line before it.")


def act(found: Details) -> None:
    """What it was about: by whom it was proposed, what changed, which rule spoke."""
    if found.title:
        say(f"**{plain(found.title)}**")
    said = [
        f"proposed by {plain(found.agent)}" if found.agent else "",
        plain(found.policy),
        f"pass {plain(found.tick)}" if found.tick else "",
    ]
    if any(said):
        note(" · ".join(s for s in said if s))
    if found.diff:
        table(
            [(plain(x.what), safe(plain(x.before)), safe(plain(x.after))) for x in found.diff],
            ["What", "Before", "After"],
            f"Before and after of {found.ref}",
        )
    for rule, sentence in found.rules:
        say(f"**The rule:** {plain(sentence)} :small[:gray[{plain(rule)}]]")


def record(found: Details) -> None:
    """The figures it rested on, who approved it, what was written."""
    if found.facts:
        rows = [(plain(name), safe(plain(value))) for name, value in found.facts]
        table(rows, ["On record", "Value"], f"The figures behind {found.ref}")
    if found.approval:
        say(f":material/how_to_reg: {plain(found.approval)}")
    if found.receipt:
        first, *writes = [plain(text) for text in found.receipt]
        say(f"**Receipt:** {first}")
        if writes:
            say("\n".join(f"- {text}" for text in writes[:SHOWN]))
    if found.outcome:
        say(f"**Outcome:** {plain(found.outcome)}")
    if not (found.diff or found.rules or found.facts or found.receipt or found.title):
        note("Nothing more is on record about it than the line itself.")


def ways(found: Details) -> None:
    """To the question or the plan it speaks of, where the reader has that page."""
    if found.lines:
        note("On the same decision: " + ", ".join(f"no. {n}" for n in found.lines))
    if found.speaks == "escalation" and go.open_to(go.INBOX):
        go.to("Open in the inbox", go.INBOX, f"go-{found.seq}", e=found.ref)
    if found.speaks == "plan" and go.open_to(go.PLAN):
        go.to("Open the plan", go.PLAN, f"go-{found.seq}")  # the client picked here stays picked


def table(rows: Sequence[tuple[str, ...]], columns: list[str], alt: str) -> None:
    """A small table without numbers of rows."""
    st.table(
        pd.DataFrame(rows[:SHOWN], columns=columns), border="horizontal", hide_index=True, alt=alt
    )
