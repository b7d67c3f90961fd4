"""The cards of the plan page: the comparison, what binds, the worst case, who decided before."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from engine.reporting.plans.view import CampaignRow, PlanPage, Shown
from engine.reporting.words import channel, stamp
from pages.parts import go
from pages.parts.cards import card, note, say, swatch
from pages.parts.formats import plain, safe
from pages.parts.tones import phone

STATES = {"met": "blue", "asks": "orange", "stops": "red"}
WORDS = {"met": "reached", "asks": "asks a person", "stops": "stops it"}
STATUS = {"approved": "green", "rejected": "red", "superseded": "gray", "waiting": "blue"}
SHOWN = 12


def compared(one: Shown, key: str, zone: str, now: datetime, *, proposal: bool) -> None:
    """Budgets now and by the plan, by channel and by campaign, with what is expected for the month."""
    made = f"drawn up {stamp(one.meta.created_at, zone, now)} · {one.meta.ref}"
    title = "Proposed" if proposal else "In force"
    with card(f"plan-{key}", f"{title}: {one.meta.month:%B %Y}", made):
        if one.meta.decided_at is not None:
            when = stamp(one.meta.decided_at, zone, now)
            say(f":small[Approved by **{plain(one.meta.by)}**, {when}: {plain(one.meta.reason)}]")
        channels(one, key, ["Set now", "Plan", "Change"] if proposal else ["Set now", "Plan"])
        figures(one, key)
        campaigns(one, key)
        for text in one.notes:
            note(plain(text))


def channels(one: Shown, key: str, wanted: list[str]) -> None:
    """One line a channel; on a phone only the budgets, the rest as text."""
    say("**Daily budget by channel**")
    rows = [
        (swatch(r.channel), safe(r.now), f"**{safe(r.after)}**", safe(r.change), r.share)
        for r in one.channels
    ]
    frame = pd.DataFrame(rows, columns=["Channel", "Set now", "Plan", "Change", "Share"])
    st.table(
        frame[["Channel", *wanted[:2]] if phone() else ["Channel", *wanted, "Share"]],
        border="horizontal",
        hide_index=True,
        alt=f"Daily budgets by channel, now and by the {key} plan",
    )
    for r in one.channels:
        note(f"{channel(r.channel)}: {r.actions} expected this month, {safe(r.cost)} each.")


def figures(one: Shown, key: str) -> None:
    """The month's figures."""
    rows = [(name, safe(value)) for name, value in one.figures]
    st.table(
        pd.DataFrame(rows, columns=["For the month", "Expected"]),
        border="horizontal",
        hide_index=True,
        alt=f"What the {key} plan is expected to bring",
    )


def _named(row: CampaignRow) -> str:
    """The campaign, and under it what it sells."""
    sells = f"  \n:small[:gray[{plain(row.offer)}]]" if row.offer else ""
    return f"{plain(row.name)}{sells}"


def campaigns(one: Shown, key: str) -> None:
    """Every campaign's daily budget, folded away."""
    with st.expander(f"By campaign ({len(one.campaigns)})"):
        rows = [
            (_named(r), safe(r.before), f"**{safe(r.after)}**", safe(r.moved))
            for r in one.campaigns
        ]
        names = ["Campaign", "Set now", "Plan", "Since"]
        frame = pd.DataFrame(rows, columns=names)
        moved = any(r.moved for r in one.campaigns)
        st.table(
            frame if moved else frame[names[:3]],
            border="horizontal",
            hide_index=True,
            alt=f"Daily budgets by campaign, now and by the {key} plan",
        )


def binding(one: Shown) -> None:
    """The bounds the plan comes up to, each with its rule."""
    with card(f"binds-{one.meta.ref}", "What binds", "the rule, and the figure that meets it"):
        if not one.binds:
            say("**No written bound is reached.**  \nThe campaigns' own limits hold the budgets.")
        for bound in one.binds:
            badge = f":{STATES[bound.state]}-badge[{WORDS[bound.state]}]"
            say(f"**{plain(bound.rule)}** {badge}  \n:small[{plain(bound.sentence)}]")


def exposed(view: PlanPage) -> None:
    """The worst case of today and the month, now and after the proposed plan."""
    with st.container(border=True, key="now-plan-exposure"):
        say(f":material/shield: {safe(view.exposure)}")
        if view.over_cap:
            say(":red-badge[past the cap] The gate asks a person for each such write.")


def history(view: PlanPage, now: datetime) -> None:
    """Every plan before, with who decided, when and why."""
    rows = view.known.history
    with card("plan-history", "Plans before", "who decided, when, why"):
        if not rows:
            say("**No plan has been decided yet.**  \nThe first decision is told here.")
        for one in rows[:SHOWN]:
            badge = f":{STATUS.get(one.status, 'gray')}-badge[{one.status.capitalize()}]"
            when = stamp(one.decided_at or one.created_at, view.known.zone, now)
            who = f"{plain(one.by)}, {when}" if one.by else f"nobody decided it, drawn up {when}"
            why = f" · {plain(one.reason)}" if one.reason else ""
            text, way = st.columns([7, 2], vertical_alignment="center")
            with text:
                say(f"**{one.month:%B %Y}** {badge}  \n:small[:gray[{who}{why} · {one.ref}]]")
            with way:
                go.to(
                    "In the ledger",
                    go.LEDGER,
                    f"lines-{one.ref}",
                    kind="tertiary",
                    find=one.ref,  # the client picked here stays picked
                )
        if len(rows) > SHOWN:
            note(f"and {len(rows) - SHOWN} older ones in the ledger.")
