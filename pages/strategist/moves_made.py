"""The cards of a move: what is wanted, what the gate says of it, and what can be taken back."""

from __future__ import annotations

from typing import Any, cast

import streamlit as st

from engine.commands.moves import Preview
from engine.model.moves import Kind
from engine.reporting.moves import CampaignView, Moves
from engine.reporting.words import money, stamp
from pages.parts.access import Desk
from pages.parts.cards import card, note, say, swatch
from pages.parts.formats import plain
from pages.strategist import moves_acts

KINDS: dict[str, str] = {
    "budget": "Daily budget",
    "pause": "Pause campaign",
    "start": "Start campaign",
    "pause_ad": "Pause an ad",
    "start_ad": "Start an ad",
}
_MOOD = {
    "allowed": (
        "check_circle",
        "green",
        "Within every bound: it is carried out with the next pass.",
    ),
    "escalated": ("person_raised_hand", "orange", "It meets a bound: another person is asked."),
    "blocked": ("block", "red", "It is stopped; no approval can run it."),
}


def make(client: str, found: Moves) -> None:
    """What is wanted, and the way to look at it."""
    with card("move", "Make a move"):
        if not found.campaigns:
            say(
                "**No campaign of ours is on record yet.** The first pass over the account finds them."
            )
            return
        by_key = {c.campaign: c for c in found.campaigns}
        campaign = by_key[
            st.selectbox(
                "Campaign", list(by_key), format_func=lambda k: by_key[k].title, key="move-campaign"
            )
        ]
        now = "running" if campaign.enabled else "paused"
        say(
            f"{swatch(campaign.channel)} · {now} at {money(campaign.daily_micros, found.currency)} a day"
        )
        kind = cast("Kind", _kind(campaign))
        _more(kind, campaign, found)
        st.button(
            "See what the gate says",
            key="move-look",
            on_click=moves_acts.look_at_form,
            args=(client, kind, campaign.campaign),
        )
        _shown(client)


def _kind(campaign: CampaignView) -> str:
    kinds = ["budget", "pause" if campaign.enabled else "start"]
    kinds += ["pause_ad"] if any(a.enabled for a in campaign.ads) else []
    kinds += ["start_ad"] if any(not a.enabled for a in campaign.ads) else []
    if st.session_state.get("move-kind") not in kinds:
        st.session_state["move-kind"] = kinds[0]
    with st.container(key="seg-move"):
        return str(
            st.segmented_control(
                "What", kinds, format_func=KINDS.__getitem__, required=True, key="move-kind"
            )
        )


def _more(kind: Kind, campaign: CampaignView, found: Moves) -> None:
    if kind == "budget":
        key = f"move-amount-for-{campaign.campaign}"
        amount = st.number_input(
            f"New daily budget, {found.currency}",
            min_value=0.0,
            value=campaign.daily_micros / 1_000_000,
            step=5.0,
            key=key,
        )
        st.session_state["move-amount"] = amount
    elif kind in ("pause_ad", "start_ad"):
        ads = {a.variant: a for a in campaign.ads if a.enabled == (kind == "pause_ad")}
        st.selectbox("Ad", list(ads), format_func=lambda v: ads[v].headline, key="move-ad")


def _shown(client: str) -> None:
    seen = moves_acts.shown()
    if seen is None:
        return
    _, _, preview = seen
    icon, colour, words = _MOOD[preview.verdict]
    with st.container(border=True, key="now-move"):
        say(f"**{plain(preview.act)}**")
        say(f":{colour}-badge[:material/{icon}: {preview.verdict.capitalize()}] {words}")
        for reason in preview.reasons:
            with st.container(key=f"rule-{abs(hash(reason)) % 10**8}"):
                say(plain(reason))
        _worst(preview)
        if preview.verdict == "blocked":
            st.button("Close", key="move-close", on_click=moves_acts.forget)
            return
        st.text_input("Your reason", key="move-why", max_chars=1000)
        with st.container(horizontal=True):
            label = "Make this move" if preview.verdict == "allowed" else "Ask for it"
            st.button(
                label, type="primary", key="move-make", on_click=moves_acts.make, args=(client,)
            )
            st.button("Leave it", key="move-close", on_click=moves_acts.forget)


def _worst(preview: Preview) -> None:
    if preview.month_before is None or preview.month_after is None:
        return
    before, after = (
        money(m, preview.currency) for m in (preview.month_before, preview.month_after)
    )
    note(f"The most that can be billed this month: {before} as it is, {after} with it.")


def done(desk: Desk, client: str, found: Moves) -> None:
    """The acts of the last fortnight, each with the way back."""
    with card("undo", "Done lately", "the last 14 days, newest first"):
        if not found.done:
            say("**Nothing was carried out in the last 14 days.**")
        for act in found.done:
            told, back = st.columns([5, 1], vertical_alignment="center", wrap=False)
            with told:
                say(
                    f"{plain(act.sentence)}  \n"
                    f":small[:gray[{stamp(act.at, found.zone, desk.now)} · {plain(act.by)} · {act.decision}]]"
                )
            with back:
                _undo(client, act.decision)


def _undo(client: str, decision: str) -> Any:
    return st.button(
        "Take back", key=f"undo-{decision}", on_click=moves_acts.look_back, args=(client, decision)
    )
