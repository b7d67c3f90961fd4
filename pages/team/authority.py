"""Who may do what: how far each agent and a person may go alone on each lever, and what asks from there."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from engine.reporting.policies.authority import AGENTS, Authority, Entry, Line, authority
from engine.reporting.words import channel as channel_name
from pages.parts import access, reads, states
from pages.parts.cards import card, note, say
from pages.parts.formats import plain, safe
from pages.parts.screens import address
from pages.parts.tones import phone


def word(entry: Entry) -> str:
    """A cell: an icon, a word and its colour."""
    if entry.state == "asks":
        return ":orange-badge[:material/front_hand: Asks]"
    if entry.state == "alone":
        return ":green-badge[:material/check: Alone]"
    return safe(f":green-badge[:material/check: To {plain(entry.size)}]")


def one_channel(view: Authority) -> str:
    """The channel spoken of, kept in the address."""
    names = list(view.lines)
    with st.container(key="seg-channel"):
        return str(
            st.segmented_control(
                "Channel",
                names,
                default=names[0],
                format_func=channel_name,
                required=True,
                key="channel",
                bind="query-params",
                label_visibility="collapsed",
            )
        )


def one_agent() -> str:
    """On a phone one agent at a time."""
    return str(st.selectbox("Who", list(AGENTS), format_func=lambda key: AGENTS[key], key="who"))


def grid(lines: tuple[Line, ...], agents: list[str]) -> None:
    """Levers down, agents across."""
    rows = [[plain(x.lever), *(word(x.entries[a]) for a in agents)] for x in lines]
    frame = pd.DataFrame(rows, columns=["Lever", *(AGENTS[a] for a in agents)])
    st.table(frame, border="horizontal", hide_index=True)


def reasons(lines: tuple[Line, ...], rules: str) -> None:
    """Where each lever stops, and the rule that says so."""
    for x in lines:
        link = f"{rules}&rule={x.rule}"
        why = plain(x.why) or "No size of it asks."
        more = f"  \n:red-badge[:material/block: Never] {plain(x.never)}" if x.never else ""
        say(f"**{plain(x.lever)}** · [{plain(x.rule_title)}]({link})  \n:small[{why}]{more}")


def body(view: Authority, rules: str) -> None:
    """The grid, and what stands behind it."""
    if not view.lines:
        states.empty("authority", "Nothing to show yet.", "It fills when a campaign runs.")
        return
    channel = one_channel(view)
    agents = [one_agent()] if phone() else list(AGENTS)
    lines = view.lines[channel]
    with card("grid", channel_name(channel), f"{view.phase} phase · policy v{view.version}"):
        grid(lines, agents)
        note(
            "Sizes are of one act on the channel's largest campaign, on fresh figures, with nothing else"
            " waiting. Nothing but stops is done while everything is paused or a source is late."
        )
    with card("reasons", "Where it stops, and the rule that says so"):
        reasons(lines, rules)


def page() -> None:
    """The page."""
    desk = access.require("team", "strategist", "admin")
    st.title("Who may do what", anchor=False)
    client = access.one_client(desk, reads.client_names(desk))
    with states.guarded("Who may do what"):
        with states.loading():
            view = authority(desk.house.store, desk.scope, client, desk.now)
        say(f"**{safe(plain(view.lead))}**")
        body(view, f"{address(desk.scope.role, 'team/guardrails')}?client={client}")


page()
