"""Where it comes from: channel, campaign, ad group and ad, opened level by level; the place is in the address."""

from __future__ import annotations

import streamlit as st

from engine.reporting.client.drill import Drill, Line
from engine.reporting.client.drill_sheet import sheet
from engine.reporting.client.view import Performance
from engine.reporting.words import channel, count, day, days
from pages.client import drill_table
from pages.parts import reads, states
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain
from pages.parts.tones import phone

LEVELS = ("channel", "campaign", "group", "ad")
"""The address of a place, from the widest; each is read only below the one before. A lone ad group goes unnamed."""
ALL = "all"
PER_PAGE = 20
OPEN = {
    "campaign": "Open a campaign",
    "ad group": "Open an ad group",
    "ad": "Read an ad",
}


def show(desk: Desk, client: str, view: Performance) -> None:
    """The card."""
    span = view.period
    told = f"{days(span.first, span.last)} · {view.attribution}"
    with card("drill", "Where it comes from", told), states.guarded("This table"):
        at = _place(view)
        _channels(view, at.get("channel", ALL))
        found = reads.drill(desk, client, span.choice, view.credit, at)
        _trail(found, at)
        if found.empty:
            say(
                "**Nothing ran here on these days.**  \nChoose a longer period above, or go back a level."
            )
            return
        _table(found, view, client)
        _opener(found, at)
        if found.level == "ad" and at.get("ad") in found.things:
            _copy(found, at["ad"])


def _place(view: Performance) -> dict[str, str]:
    """The place the address names; what the client does not have is left out, with all below it."""
    at: dict[str, str] = {}
    for level in LEVELS:
        value = st.query_params.get(level)
        if value and (at or (level == "channel" and value in view.channels)):
            at[level] = value
        elif level != "group":
            break
    return at


def _channels(view: Performance, chosen: str) -> None:
    """All channels or one of them."""
    st.session_state["drill-channel"] = chosen
    with st.container(key="seg-drill"):
        st.segmented_control(
            "Channel",
            [ALL, *view.channels],
            required=True,
            format_func=lambda key: "All" if key == ALL else channel(key),
            key="drill-channel",
            on_change=_pick_channel,
            label_visibility="collapsed",
        )


def _pick_channel() -> None:
    picked = str(st.session_state.get("drill-channel") or ALL)
    move({} if picked == ALL else {"channel": picked})


def move(at: dict[str, str]) -> None:
    """Put a place into the address, and begin at its first page."""
    for level in LEVELS:
        st.query_params.pop(level, None)
    st.query_params.update(at)
    st.session_state["rows"] = 1


def _trail(found: Drill, at: dict[str, str]) -> None:
    """The way back: every level above the one shown."""
    if len(at) < 2:
        return
    steps: list[tuple[str, dict[str, str]]] = [
        ("All channels", {}),
        (channel(at["channel"]), {"channel": at["channel"]}),
    ]
    if "group" in at:
        steps.append((found.campaign, {k: at[k] for k in ("channel", "campaign")}))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for number, (label, place) in enumerate(steps):
            st.button(
                plain(label),
                key=f"back-{number}",
                type="tertiary",
                icon=":material/chevron_left:",
                on_click=move,
                args=(place,),
            )
        here = found.group_title if "group" in at else found.campaign
        say(f"**{plain(here)}**", width="content")


def _table(found: Drill, view: Performance, client: str) -> None:
    lines = _page(found)
    noun, currency = view.about["primary_action"], view.about["currency"]
    styled = drill_table.table(found, lines, view.credit, noun, currency, narrow=phone())
    st.table(styled, border="horizontal", hide_index=True, alt=_alt(found, view))
    if len(found.lines) > PER_PAGE:
        with st.container(horizontal=True, horizontal_alignment="center"):
            st.pagination(-(-len(found.lines) // PER_PAGE), key="rows")
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        note(_small_print(found, view), width="stretch")
        st.download_button(
            "Download CSV",
            sheet(
                found,
                view.period,
                view.credit,
                currency,
                final_until=view.maturing_after.isoformat(),
            ),
            file_name=f"performance-{client}-{found.level.replace(' ', '-')}.csv",
            mime="text/csv",
            icon=":material/download:",
            key="drill-csv",
            on_click="ignore",
        )


def _page(found: Drill) -> tuple[Line, ...]:
    """The lines of the page asked for, the nearest there is."""
    pages = -(-len(found.lines) // PER_PAGE)
    number = min(max(int(st.session_state.get("rows") or 1), 1), max(pages, 1))
    return found.lines[(number - 1) * PER_PAGE : number * PER_PAGE]


def _alt(found: Drill, view: Performance) -> str:
    return f"Spend and results by {found.level}, {days(view.period.first, view.period.last)}, {view.attribution}"


def _small_print(found: Drill, view: Performance) -> str:
    """How many lines, why a figure is missing, and which days may still change."""
    told = [count(sum(line.opens for line in found.lines), found.level)]
    if view.period.last > view.maturing_after:
        told.append(f"days after {day(view.maturing_after)} are still maturing")
    told.append("changes compare whole days")
    return " · ".join(told) + "".join(f"  \n– {reason}" for reason in found.missing)


def _opener(found: Drill, at: dict[str, str]) -> None:
    """One button a line that leads further down; channels are picked above the table."""
    if found.level == "channel":
        return
    level = "group" if found.level == "ad group" else found.level
    lines = {line.key: line for line in _page(found) if line.opens and _leads(found, line)}
    if not lines:
        return
    chosen = at.get(level)
    st.session_state["drill-open"] = chosen if chosen in lines else None
    st.pills(
        OPEN[found.level],
        list(lines),
        format_func=lambda key: _label(found, lines[key]),
        key="drill-open",
        on_change=_go_down,
        args=(level, at),
    )


def _leads(found: Drill, line: Line) -> bool:
    return found.level != "ad" or line.key in found.things


def _label(found: Drill, line: Line) -> str:
    tail = f" · {line.key[-6:]}" if found.level == "ad" else ""
    return plain(f"{line.name}{tail}")


def _go_down(level: str, at: dict[str, str]) -> None:
    picked = st.session_state.get("drill-open")
    above = {k: v for k, v in at.items() if LEVELS.index(k) < LEVELS.index(level)}
    page = st.session_state.get("rows", 1)
    move({**above, level: str(picked)} if picked else above)
    if level == "ad":
        st.session_state["rows"] = page


def _copy(found: Drill, key: str) -> None:
    """What one ad says, of which concept, and who approved that."""
    thing = found.things[key]
    approved = found.approvals.get(thing["concept"])
    with st.container(border=True, key=f"rule-ad-{key}", gap="small"):
        say(f"**{plain(thing['title'])}** {drill_table.STATES.get(thing['state'], '')}")
        say(" · ".join(plain(text) for text in thing["headlines"]))
        say("  \n".join(plain(text) for text in thing["descriptions"]))
        by = f"approved by {plain(approved)}" if approved else "no approval on record"
        offer = thing.get("offer")
        sells = f" · sells {plain(offer)}" if offer else ""
        note(f"Concept {plain(thing['concept'])}{sells} · {by} · {plain(key)}")
