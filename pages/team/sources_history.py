"""Every file that was taken in: filtered and searched in the address, twenty a page, each opened on demand."""

from __future__ import annotations

import streamlit as st

from engine.reporting.sources.history import History, Taken, history
from engine.reporting.words import count, dated, source, stamp
from pages.parts import listed, states
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain
from pages.parts.tones import phone
from pages.team import sources_receipt

ALL = "all"
PAGE = "files"
"""Not ``page``: the ledger's number would be taken over on the way from there."""


def show(desk: Desk, client: str) -> None:
    """The filters, the imports of one page, and the one that is open."""
    opened = st.query_params.get("import")
    with card("history", "Files taken in", "newest first"):
        wanted, text = filters(desk, client)
        with states.loading(90):
            found = history(
                desk.house.store,
                desk.scope,
                client,
                desk.now,
                source=wanted,
                text=text,
                number=listed.numbered(PAGE),
            )
        if opened and opened not in {t.record.import_id for t in found.rows}:
            details(desk, client, opened)
        if not found.total:
            nothing(narrow=bool(wanted or text))
        for one in found.rows:
            row(one, found, desk, opened=one.record.import_id == opened)
            if one.record.import_id == opened:
                details(desk, client, opened)
        foot(found)


def filters(desk: Desk, client: str) -> tuple[str | None, str]:
    """By outside system and by words; both are kept in the address."""
    known = history(desk.house.store, desk.scope, client, desk.now).sources
    with st.container(horizontal=True, key="seg-files", vertical_alignment="center"):
        chosen = ALL
        if len(known) > 1:
            chosen = st.segmented_control(
                "Source",
                [ALL, *known],
                default=ALL,
                required=True,
                format_func=lambda key: "All" if key == ALL else source(key),
                key="source",
                bind="query-params",
                on_change=listed.first_page,
                args=(PAGE, "import"),
                label_visibility="collapsed",
            )
        text = st.text_input(
            "Search",
            placeholder="Search file, format, id or person",
            label_visibility="collapsed",
            width=300,
            icon=":material/search:",
            key="name",
            bind="query-params",
            on_change=listed.first_page,
            args=(PAGE, "import"),
            max_chars=100,
        )
    return (None if chosen in (ALL, None) else str(chosen)), text or ""


def nothing(*, narrow: bool) -> None:
    """Nothing to list."""
    if narrow:
        say("**Nothing matches.**  \nWiden the search or the source.")
    else:
        say("**No file yet.**  \nDrop one above; you see what it would change before it is kept.")


def row(one: Taken, found: History, desk: Desk, *, opened: bool) -> None:
    """One import: when and its state, what it was, what became of it, and the way to its receipt."""
    r = one.record
    when = f":small[:gray[{stamp(r.at, found.zone, desk.now)}]]"
    badge = sources_receipt.badge(one)
    span = dated(*one.period, desk.now.year) if one.period else "no days named"
    what = f"{source(r.source)} · {span} · {r.currency or 'no one currency'}"
    counts = f"{r.kept:,} of {r.read:,} rows new or changed · {r.already:,} there already · {r.refused:,} refused"
    text = (
        f"**{plain(r.file)}**  \n:small[{plain(what)}]  \n"
        f":small[:gray[{counts} · {plain(one.by)} · {plain(r.import_id)}]]"
    )
    if phone():
        say(f"{when} {badge}  \n{text}")
        listed.opener("import", r.import_id, opened=opened)
        return
    stamped, told, way = st.columns([3, 14, 3], gap="small")
    with stamped:
        say(f"{when}  \n{badge}")
    with told:
        say(text)
    with way:
        listed.opener("import", r.import_id, opened=opened)


def details(desk: Desk, client: str, import_id: str) -> None:
    """The receipt of the one that is open."""
    sources_receipt.show(desk, client, import_id, where="details")


def foot(found: History) -> None:
    """How many there are, and the way to older ones."""
    if found.total:
        note(count(found.total, "import"))
    listed.pager(PAGE, found.pages)
