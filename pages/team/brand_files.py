"""Evidence and pictures: what is on record and until when, what waits, and bringing another file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast

import streamlit as st

from engine.commands import brand
from engine.commands.brand import Told
from engine.commands.brand_content import MOST_BYTES
from engine.model.brand import BrandKind
from engine.model.errors import Fault
from engine.reporting.brand.read import Brand, FileLine, preview
from pages.parts import access
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain

SAID, ROUND = "brand_said", "brand_round"
TONES = {
    "in date": "green",
    "soon": "orange",
    "waiting": "blue",
    "expired": "red",
    "not yet": "gray",
}
KINDS = {"evidence": "Evidence", "image": "Picture", "logo": "Logo"}
TYPES = ["pdf", "txt", "png", "jpg", "jpeg", "gif", "webp"]
MEGABYTE = 1024 * 1024


def said() -> None:
    """What the last click did, once."""
    told = st.session_state.pop(SAID, None)
    if told:
        kind, text = told
        (st.success if kind == "ok" else st.warning)(plain(text))


def shelves(desk: Desk, client: str, view: Brand) -> None:
    """What is on record."""
    with card("evidence", "Evidence", "what a claim may rest on"):
        if not view.evidence:
            say(
                "**No evidence is on record.**  \nA claim is blocked until a file covers it; bring one here."
            )
        for one in view.evidence:
            _line(desk, client, one)
    with card("assets", "Pictures and logos", "the only ones an ad may carry"):
        if not view.pictures:
            say("**The library is empty.**  \nNo ad can carry a picture yet; bring one here.")
        for one in view.pictures:
            _line(desk, client, one)


def _line(desk: Desk, client: str, one: FileLine) -> None:
    number = one.record.number
    with st.container(border=True, key=f"rule-file-{number}"):
        badge = f":{TONES.get(one.state, 'gray')}-badge[{plain(one.badge)}]"
        facts = " · ".join(plain(f) for f in one.facts)
        say(f"**{plain(one.title)}** {badge}  \n:small[:gray[{facts}]]")
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.toggle("Look at it", key=f"look-{number}"):
                _look(desk, client, number)
            if one.approves:
                st.button(
                    "Approve",
                    type="primary",
                    icon=":material/check:",
                    key=f"approve-{number}",
                    on_click=_decide,
                    args=(client, number, "approve"),
                )
            if one.approves:
                _with_reason(client, number, "reject", "Reject")
            if one.retires:
                _with_reason(client, number, "retire", "Retire")


def _with_reason(client: str, number: int, what: str, label: str) -> None:
    with st.popover(label, icon=":material/block:"):
        st.text_input("Reason", key=f"{what}-reason-{number}", max_chars=300)
        st.button(label, key=f"{what}-{number}", on_click=_decide, args=(client, number, what))


def _look(desk: Desk, client: str, number: int) -> None:
    record, data = preview(desk.house.store, desk.scope, client, number)
    if record.media_type.startswith("image/"):
        st.image(data, caption=plain(record.name), width=260)
    elif record.media_type == "text/plain":
        st.code(data[:5_000].decode("utf-8", "replace"), language=None, wrap_lines=True)
    st.download_button(
        "Download",
        data,
        file_name=record.name,
        mime=record.media_type,
        key=f"download-{number}",
        icon=":material/download:",
    )


def _decide(client: str, number: int, what: str) -> None:
    desk = access.require("team", "strategist", "admin")
    reason = str(st.session_state.get(f"{what}-reason-{number}", ""))
    acts: dict[str, tuple[Callable[..., None], tuple[Any, ...], str]] = {
        "approve": (brand.approve, (), "counts from the next pass"),
        "reject": (brand.reject, (reason,), "was rejected"),
        "retire": (brand.retire, (reason,), "counts no more; its bytes are kept"),
    }
    act, more, told = acts[what]
    try:
        act(desk.house, desk.scope, desk.now, client, number, *more)
    except Fault as fault:
        st.session_state[SAID] = ("no", str(fault))
        return
    st.session_state[SAID] = ("ok", f"File {number} {told}.")


def bring(desk: Desk, client: str, view: Brand) -> None:
    """Another file."""
    with card("bring", "Bring a file", "counts once a second person approves it"):
        if not view.writes:
            note("The team and strategists bring files.")
            return
        with st.container(key="seg-brand-kind", width="content"):
            kind = st.segmented_control(
                "What it is",
                list(KINDS),
                default="evidence",
                format_func=lambda key: KINDS[key],
                required=True,
                key="brand_kind",
            )
        limit, turn = MOST_BYTES // MEGABYTE, st.session_state.get(ROUND, 0)
        with st.form(f"bring {kind} {client} {turn}", border=False):
            held = st.file_uploader(
                f"A PDF, text or picture, up to {limit} MB"
                if kind == "evidence"
                else f"A picture, up to {limit} MB",
                type=TYPES if kind == "evidence" else TYPES[2:],
                max_upload_size=limit,
                key=f"brand-file-{kind}-{client}-{turn}",
            )
            told = _told(cast("BrandKind", kind), view.today)
            sent = st.form_submit_button("Put on record", type="primary", icon=":material/upload:")
        if sent and held is None:
            st.warning("Choose a file first.")
        elif sent and held is not None:
            _keep(desk, client, cast("BrandKind", kind), held, told)


def _told(kind: BrandKind, today: date) -> Told:
    claim = source = text = ground = ""
    if kind == "evidence":
        claim = st.text_input(
            "Claim it covers, word for word",
            key="brand_claim",
            placeholder="Cut costs by 30%",
            max_chars=200,
        )
    source = st.text_input("Where it comes from", key="brand_source", max_chars=300)
    if kind != "evidence":
        left, right = st.columns(2)
        text = left.text_input(
            "Colour of writing on it", key="brand_text", placeholder="#1a2b3c", max_chars=7
        )
        ground = right.text_input(
            "What that stands on", key="brand_ground", placeholder="#ffffff", max_chars=7
        )
    left, right = st.columns(2)
    since = left.date_input("Counts from", today, key="brand_since", format="DD/MM/YYYY")
    until = right.date_input(
        "Until (empty: until retired)", None, key="brand_until", format="DD/MM/YYYY"
    )
    return Told(since, until, claim, source, text, ground)


def _keep(desk: Desk, client: str, kind: BrandKind, held: Any, told: Told) -> None:
    try:
        with st.spinner("Reading it …", show_time=True):
            number = brand.bring(
                desk.house, desk.scope, desk.now, client, kind, held.name, held.getvalue(), told
            )
    except Fault as fault:
        st.warning(plain(str(fault)), icon=":material/error:")
        return
    st.session_state[SAID] = ("ok", f"File {number} is on record and waits for a second person.")
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.rerun()
