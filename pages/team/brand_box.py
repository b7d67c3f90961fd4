"""The test box: copy goes in, every brand rule answers, and what it means is marked in the copy."""

from __future__ import annotations

from typing import Any

import streamlit as st

from engine.reporting.brand import box
from engine.reporting.brand.box import Box, Copy, RuleSays, Said
from engine.reporting.words import channel as channel_name
from engine.reporting.words import count
from pages.parts import go
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain

CHANNELS = ("google_search", "youtube", "linkedin", "meta")
WAYS = {"copy": "Some copy", "ad": "A whole ad"}
MARKS = {"block": "red", "escalate": "orange", "pass": "green"}
WORDS = {"block": "blocked", "escalate": "a person reads it", "pass": "passes"}
LEADS = {
    "block": "**Blocked.** No approval could run this as it is.",
    "escalate": "**A person reads this first**, whatever it costs.",
    "pass": "**Nothing stands against this copy.**",
}
TRY = "Gu4r4nteed savings, the No. 1 choice!"


def show(desk: Desk, client: str) -> None:
    """The box and its answer."""
    with card("test-box", "Test box", "judged as the gate would, kept nowhere"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            with st.container(key="seg-brand-way", width="content"):
                way = st.segmented_control(
                    "What is judged",
                    list(WAYS),
                    default="copy",
                    format_func=lambda key: WAYS[key],
                    required=True,
                    key="brand_way",
                )
            channel = st.selectbox(
                "Channel", CHANNELS, format_func=channel_name, key="brand_channel", width=200
            )
        copy = _pasted(channel) if way == "copy" else _ad(channel)
    if copy is None:
        return
    with st.spinner("Asking every rule …", show_time=True):
        found = box.tested(desk.house.store, desk.scope, desk.now, client, copy, whole=way == "ad")
    _answer(found, client)


def _pasted(channel: str) -> Copy | None:
    with st.form("brand test copy", border=False):
        text = st.text_area(
            "Copy, one headline or sentence a line",
            key="brand_copy",
            height=130,
            placeholder=TRY,
            max_chars=box.MOST_CHARACTERS,
        )
        st.form_submit_button("Ask the rules", type="primary", icon=":material/rule:")
    return box.pasted(channel, text) if text.strip() else None


def _ad(channel: str) -> Copy | None:
    with st.form("brand test ad", border=False):
        most = box.MOST_CHARACTERS
        fields: dict[str, Any] = {
            "headlines": st.text_area(
                "Headlines, one a line", key="brand_headlines", max_chars=most
            ),
            "descriptions": st.text_area(
                "Descriptions, one a line", key="brand_descriptions", max_chars=most
            ),
        }
        left, right = st.columns(2)
        path = left.text_input("Path", key="brand_path", placeholder="offers/today", max_chars=200)
        name = right.text_input("Business name", key="brand_name", max_chars=200)
        st.form_submit_button("Ask the rules", type="primary", icon=":material/rule:")
    lines = {k: tuple(p.strip() for p in v.splitlines() if p.strip()) for k, v in fields.items()}
    if not any(lines.values()):
        return None
    parts = tuple(p.strip() for p in path.split("/") if p.strip())
    return Copy(channel, path=parts, business_name=name.strip(), **lines)


def _answer(found: Box, client: str) -> None:
    with card("test-answer", "What the rules say", f"by policy v{found.version}"):
        say(LEADS[found.outcome])
        for fault in found.faults[: box.TOLD]:
            say(f":red[:material/straighten:] {plain(fault)}")
        for rule in sorted(
            found.rules, key=lambda r: ("block", "escalate", "pass").index(r.outcome)
        ):
            _rule(rule, client)


def _rule(rule: RuleSays, client: str) -> None:
    badge = f":{MARKS[rule.outcome]}-badge[{WORDS[rule.outcome]}]"
    if rule.outcome == "pass":
        say(f"{badge} **{plain(rule.title)}**  \n:small[:gray[{plain(rule.describe[:300])}]]")
        return
    with st.container(border=True, key=f"rule-{rule.name}"):
        with st.container(
            horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
        ):
            say(f"{badge} **{plain(rule.title)}**", width="content")
            go.to(
                "Open the limit",
                go.GUARDRAILS,
                f"limit-{rule.name}",
                kind="tertiary",
                icon=":material/tune:",
                client=client,
                rule=f"guardrails.{rule.name}",
            )
        for reason in rule.said:
            _reason(reason, MARKS[rule.outcome])
        if rule.more:
            note(f"And {count(rule.more, 'more place')} like these.")
        say(f":small[:material/lightbulb: {plain(rule.instead)}]")


def _reason(reason: Said, tone: str) -> None:
    if reason.line and reason.marks:
        say(f"“{marked(reason.line, reason.marks, tone)}”")
    say(plain(reason.sentence))


def marked(line: str, marks: tuple[tuple[int, int], ...], tone: str) -> str:
    """A line letter by letter, with these places marked."""
    parts, at = [], 0
    for start, end in marks:
        parts += [_kept(line[at:start]), f":{tone}-background[{plain(line[start:end])}]"]
        at = end
    return "".join([*parts, _kept(line[at:])])


def _kept(text: str) -> str:
    """Text with the spaces at its ends, which a mark beside it needs."""
    return f"{' ' if text[:1].isspace() else ''}{plain(text)}{' ' if text.strip() and text[-1:].isspace() else ''}"
