"""One import: who took it in and when, what became of its rows, its totals, and the way to undo it."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import urlencode

import streamlit as st

from engine.commands import files
from engine.model.errors import Fault
from engine.model.exports import RefusedRow, Total
from engine.reporting.sources.history import Taken, one, receipt
from engine.reporting.sources.told import total_line
from engine.reporting.words import count, stamp
from pages.parts import access, reads
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain, safe
from pages.team import sources_preview

BADGES = {
    "in_force": "green",
    "partly": "blue",
    "replaced": "gray",
    "repeat": "gray",
    "empty": "gray",
    "undone": "gray",
}
SAID = "files_said"


def show(desk: Desk, client: str, import_id: str, *, where: str) -> None:
    """The receipt as a card; ``where`` keeps two of them on one page apart."""
    found = one(desk.house.store, desk.scope, client, desk.now, import_id)
    if found is None:
        note("There is no such import of this client.")
        return
    with card(f"{where}-{import_id}", f"Receipt {import_id}", plain(found.record.file)):
        about = reads.about(desk, client)
        when = stamp(found.record.at, about["time_zone"], desk.now)
        say(f"**Taken in by {plain(found.by)}, {when}** {badge(found)}  \n{plain(found.told)}")
        body(found)
        link = urlencode({"client": about["name"], "import": import_id})
        note(
            f"{plain(found.record.format)} · SHA-256 {found.record.sha256[:16]}… · "
            f"[link to this receipt](/sources?{link})"
        )
        ways(client, found, where)


def badge(found: Taken) -> str:
    """The state as a coloured word."""
    return f":{BADGES.get(found.state, 'gray')}-badge[{plain(found.badge)}]"


def body(found: Taken) -> None:
    """Counts, totals, notes, refusals."""
    r = found.record
    say(
        f"{count(r.read, 'row')} read: {r.kept:,} new or changed, {r.already:,} already there, {r.refused:,} refused."
    )
    for text in found.notes:
        say(f":small[:material/info: {safe(plain(text))}]")
    if found.totals:
        lines = tuple(
            total_line(
                column,
                Total(Decimal(rows), Decimal(stated) if stated is not None else None, rounded),
            )
            for column, rows, stated, rounded in found.totals
        )
        sources_preview.totals(lines, f"Totals of {r.file}")
    if found.refused:
        sources_preview.refused(tuple(RefusedRow(line, why) for line, why in found.refused))


def ways(client: str, found: Taken, where: str) -> None:
    """The receipt as a file, and the undo with what it does."""
    import_id = found.record.import_id
    with st.container(horizontal=True):
        st.download_button(
            "Receipt as JSON",
            receipt(found),
            file_name=f"{client}-{import_id}.json",
            mime="application/json",
            icon=":material/download:",
            key=f"json-{where}-{import_id}",
            on_click="ignore",
        )
        if found.state == "undone":
            return
        if found.record.wrote_over:
            note(
                "**It cannot be undone**: it was taken in when a file still wrote over the rows it told anew, so what "
                "stood there before is not kept. To correct it, take in a new download of the same days."
            )
            return
        with st.popover("Undo", icon=":material/undo:"):
            say(
                f"**{count(found.held, 'row')} will go**, and what they stood over is in force again.  \n"
                "Files taken in later keep their own rows, but no longer borrow what only this one told. "
                "The same file may be taken in again."
            )
            st.button(
                "Undo this import",
                type="primary",
                key=f"undo-{where}-{import_id}",
                on_click=undo,
                args=(client, import_id),
            )


def undo(client: str, import_id: str) -> None:
    """Carry it out. The desk is asked for again: a click may come long after the page was drawn."""
    desk = access.require("team", "strategist", "admin")
    try:
        gone = files.undo(desk.house, desk.scope, desk.now, client, import_id)
    except Fault as fault:
        st.session_state[SAID] = ("no", str(fault))
        return
    st.session_state[SAID] = ("ok", f"{import_id} was undone: {count(gone, 'row')} went.")
