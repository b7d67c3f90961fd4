"""What one upload holds and would change, and the questions it leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from engine.model.exports import RefusedRow
from engine.model.imports import Preview, Previewed
from engine.reporting.sources.told import Told, TotalLine, told
from engine.reporting.words import count
from pages.parts.cards import note, say
from pages.parts.formats import plain, safe
from pages.parts.tones import phone

CODES = ["GBP", "USD", "EUR", "AUD", "CAD", "CHF", "DKK", "JPY", "NOK", "NZD", "PLN", "SEK"]
ORDERS = {"dmy": "Day first: 03/04 is 3 April", "mdy": "Month first: 03/04 is 4 March"}
VERDICTS = {
    "same": ":green-badge[the same]",
    "rounding": ":green-badge[within rounding]",
    "differs": ":orange-badge[more than rounding]",
    "alone": ":gray-badge[no total in the file]",
}
SHOWN = 20


def questions(shown: Preview, place: dict[str, Any], key: str) -> None:
    """Ask what the file leaves open; each answer is kept on the shelf and the file is read again."""
    said = place["answers"]
    asked = [ask for ask in ("day_order", "currency") if ask in shown.asks or said.get(ask)]
    if not asked:
        return
    with st.container(border=True, key=f"now-ask-{key}", gap="small"):
        if shown.reason and shown.asks:
            say(f":material/help: {plain(shown.reason)}")
        if "day_order" in asked:
            order = st.radio(
                "Which comes first in its dates?",
                list(ORDERS),
                index=list(ORDERS).index(said["day_order"]) if said.get("day_order") else None,
                format_func=lambda value: ORDERS[value],
                key=f"order-{key}",
            )
            answered(said, "day_order", order)
        if "currency" in asked:
            currency(said, place, key)


def currency(said: dict[str, Any], place: dict[str, Any], key: str) -> None:
    """Which currency the money is in, or that nobody knows."""
    codes = CODES if said.get("currency") in (None, *CODES) else [*CODES, said["currency"]]
    code = st.selectbox(
        "Which currency is its money in? The file does not say.",
        codes,
        index=codes.index(said["currency"]) if said.get("currency") else None,
        placeholder="Choose, or type three letters",
        accept_new_options=True,
        key=f"currency-{key}",
        width=320,
    )
    answered(said, "currency", code.strip().upper() if code else None)
    if not said.get("currency"):
        place["leave_open"] = st.checkbox(
            "Leave it open: the money is kept without a currency and never added to other money",
            key=f"open-{key}",
        )


def answered(said: dict[str, Any], ask: str, value: str | None) -> None:
    """Read the file again with a new answer."""
    if value and value != said.get(ask):
        said[ask] = value
        st.rerun()


def show(shown: Preview, key: str, formats: dict[str, str]) -> None:
    """Every part of the upload, or why it was refused."""
    if shown.reason is not None:
        if not shown.asks:
            st.error(f"**Not read.** {plain(shown.reason)}", icon=":material/block:")
        return
    for number, member in enumerate(shown.members[:SHOWN]):
        if number:
            st.space("small")
        kind = formats.get(member.format, member.format)
        part(member, f"{key}-{number}", kind, many=len(shown.members) > 1)
    if len(shown.members) > SHOWN:
        rest = shown.members[SHOWN:]
        rows = sum(member.judged.kept for member in rest)
        note(f"and {count(len(rest), 'further file')} with {count(rows, 'row')} new or changed.")


def part(member: Previewed, key: str, kind: str, *, many: bool) -> None:
    """One export: what it is, what would become of its rows, its totals, what it would change."""
    words = told(member)
    title = f"**{plain(member.file)}**  \n" if many else ""
    say(f"{title}:small[:gray[{plain(kind)} · {plain(words.what)}]]")
    say(f"**{plain(words.lead)}**")
    counts(words)
    for text in member.notes:
        say(f":small[:material/info: {safe(plain(text))}]")
    if words.change:
        changed(words, key)
    if words.totals:
        totals(words.totals, f"Totals of {member.file}")
    if member.refused:
        refused(member.refused)


def counts(words: Told) -> None:
    """The five counts side by side; they wrap on a phone."""
    grid = st.grid(5, min_column_width=96, gap="small")
    for label, number in words.counts:
        with grid.cell():
            say(f"**{number}**  \n:small[:gray[{label}]]")


def changed(words: Told, key: str) -> None:
    """Stored figures before and after, in one sentence and by day."""
    with st.container(border=True, key=f"rule-change-{key}", gap="small"):
        say(
            f":material/published_with_changes: **What is stored would change.** {safe(plain(words.change))}"
        )
        if words.changes:
            with st.expander("By day"):
                rows = [
                    (
                        plain(c.when),
                        plain(c.figure),
                        safe(plain(c.before)),
                        f"**{safe(plain(c.after))}**",
                    )
                    for c in words.changes
                ]
                table(rows, ["Day", "Figure", "Stored", "After"], "Stored figures before and after")
                if words.more_changes:
                    note(f"and {count(words.more_changes, 'further day')}.")


def totals(lines: tuple[TotalLine, ...], alt: str) -> None:
    """Each column added up beside the file's own total; only the sums where the file has none."""
    if all(t.verdict == "alone" for t in lines):
        say("**Totals, added up here**")
        table([(plain(t.column), safe(t.rows)) for t in lines], ["Column", "Added up"], alt)
        note("The file has no totals of its own to compare with.")
        return
    say("**Totals, added up here and as the file says**")
    rows: list[tuple[str, ...]] = [
        (plain(t.column), safe(t.rows), safe(t.file), safe(t.difference), VERDICTS[t.verdict])
        for t in lines
    ]
    names = ["Column", "Added up", "In the file", "Difference", "Verdict"]
    if phone():
        rows, names = [(r[0], r[1], r[4]) for r in rows], ["Column", "Added up", "Verdict"]
    table(rows, names, alt)


def refused(lines: tuple[RefusedRow, ...]) -> None:
    """The lines not kept, each with its reason."""
    with st.expander(f"{count(len(lines), 'line')} refused, with the reason"):
        table(
            [(str(r.line), safe(plain(r.reason))) for r in lines[:SHOWN]],
            ["Line", "Reason"],
            "Lines that were refused",
        )
        if len(lines) > SHOWN:
            note(f"and {len(lines) - SHOWN:,} more; the receipt has them all.")


def table(rows: Sequence[tuple[str, ...]], columns: list[str], alt: str) -> None:
    """A small table without numbers of rows."""
    frame = pd.DataFrame(rows, columns=columns)
    st.table(frame, border="horizontal", hide_index=True, alt=alt)
