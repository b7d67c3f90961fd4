"""Taking a file in: chosen, read, previewed, and only then kept or put aside."""

from __future__ import annotations

from typing import Any, cast

import streamlit as st

from engine.commands import files
from engine.model.errors import Fault
from engine.model.exports import Answers
from engine.model.imports import Preview
from engine.reporting.sources.told import keeps
from engine.reporting.words import count
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain
from pages.team import sources_preview, sources_receipt

TYPES = ["csv", "tsv", "txt", "zip", "xlsx"]
MEGABYTE = 1024 * 1024
SAID, SHELF, ROUND, RECEIPTS = "files_said", "files_shelf", "files_round", "files_receipts"


def said() -> None:
    """What the last click did, once."""
    told = st.session_state.pop(SAID, None)
    if told:
        kind, text = told
        (st.success if kind == "ok" else st.warning)(plain(text))


def choose(desk: Desk, client: str) -> list[Any]:
    """The place to drop files, what may be dropped, and what becomes of it; the files not dealt with yet."""
    limit = desk.house.upload_limit // MEGABYTE
    with card("upload", "Take a file in", "nothing is kept before you say so"):
        chosen = st.file_uploader(
            f"Downloads of ad platforms, analytics and CRMs, up to {limit} MB each",
            type=TYPES,
            accept_multiple_files=True,
            max_upload_size=limit,
            key=f"upload-{client}-{st.session_state.get(ROUND, 0)}",
        )
        formats = desk.house.export_formats()
        with st.popover(f"What can be read ({len(formats)})", icon=":material/description:"):
            say("\n".join(f"- {plain(text)}" for _, text in formats))
            note("The format is recognised from the file itself. A zip may hold several.")
        note(
            ":material/info: Files are kept beside what is read from the platforms, and shown here. No agent and no "
            "dashboard reads them, so **a file moves no money**."
        )
    dealt = shelf(client)
    return [f for f in chosen if not dealt.get(f.file_id, {}).get("done")]


def previews(desk: Desk, client: str, name: str, waiting: list[Any]) -> None:
    """Each file as it would be taken in, with the choice below it."""
    for number, file in enumerate(waiting, 1):
        shown = looked_at(desk, client, file, f"{number} of {len(waiting)}")
        with card(f"preview-{file.file_id}", plain(shown.file), f"for {plain(name)}, not kept yet"):
            place = shelf(client)[file.file_id]
            sources_preview.questions(shown, place, file.file_id)
            sources_preview.show(shown, file.file_id, dict(desk.house.export_formats()))
            choice(desk, client, file, shown)


def looked_at(desk: Desk, client: str, file: Any, which: str) -> Preview:
    """The file's preview: read once for each set of answers, and anew when what is stored has changed."""
    place = shelf(client).setdefault(file.file_id, {"answers": {}})
    said = place["answers"]
    answers = Answers(said.get("currency"), said.get("day_order"))
    shown = cast("Preview | None", place.get("shown"))
    if shown is not None and shown.answers == answers:
        if files.current(desk.house, desk.scope, desk.now, client, shown):
            return shown
        place["before"] = shown
    words = f"Reading {plain(file.name)}, {file.size / MEGABYTE:.1f} MB ({which}) …"
    try:
        with st.spinner(words, show_time=True):
            shown = files.preview(
                desk.house, desk.scope, desk.now, client, file.name, file.getvalue(), answers
            )
    except Fault as fault:  # such as an answer that is none: the question stays on the card
        shown = Preview(client, file.name, "", answers, reason=str(fault))
    place["shown"] = shown
    before = cast("Preview | None", place.pop("before", None))
    if before is not None and before.members != shown.members:
        st.warning(
            f"What is stored changed since you looked at {plain(shown.file)}. This is what it would do now.",
            icon=":material/sync:",
        )
    return shown


def choice(desk: Desk, client: str, file: Any, shown: Preview) -> None:
    """Keep exactly what is shown, or put it aside."""
    place = shelf(client)[file.file_id]
    open_ = [ask for ask in shown.asks if ask == "currency"]
    settled = shown.reason is None and (not shown.asks or bool(place.get("leave_open")))
    useful = not shown.repeated and any(m.read for m in shown.members)
    brings = bool(keeps(shown))
    with st.container(horizontal=True, vertical_alignment="center"):
        if shown.reason is None and useful:
            kept = st.button(
                "Keep",
                type="primary",
                icon=":material/save:",
                key=f"keep-{file.file_id}-{shown.fingerprint[:12]}",  # a click is for what was shown then
                disabled=not (settled and brings),
            )
            if kept and settled and brings:
                keep(desk, client, file, shown, leave_open=bool(open_))
        st.button(
            "Discard",
            icon=":material/close:",
            key=f"discard-{file.file_id}",
            on_click=dealt_with,
            args=(client, file.file_id),
        )
        if shown.reason is None and useful and not brings:
            note("Nothing of it would be kept.", width="content")
        elif shown.reason is None and useful and not settled:
            note("Answer the question above first.", width="content")


def keep(desk: Desk, client: str, file: Any, shown: Preview, *, leave_open: bool) -> None:
    """Carry it out; a second click finds the file dealt with, here and in the store."""
    if shelf(client)[file.file_id].get("done"):
        return
    try:
        with st.spinner(f"Keeping {plain(shown.file)} …", show_time=True):
            made = files.keep(
                desk.house,
                desk.scope,
                desk.now,
                client,
                file.name,
                file.getvalue(),
                shown.answers,
                fingerprint=shown.fingerprint,
                leave_open=leave_open,
            )
    except Fault as fault:
        st.session_state[SAID] = ("no", str(fault))
        shelf(client)[file.file_id].pop("shown", None)
        st.rerun()
    rows = sum(m.judged.kept for m in shown.members)
    st.session_state.setdefault(RECEIPTS, {})[client] = [*kept_now(client), *made]
    st.session_state[SAID] = ("ok", f"Kept {shown.file}: {count(rows, 'row')} new or changed.")
    dealt_with(client, file.file_id)
    st.rerun()


def receipts(desk: Desk, client: str) -> None:
    """What was kept while this page is open, each with its undo."""
    for import_id in reversed(kept_now(client)):
        sources_receipt.show(desk, client, import_id, where="receipt")


def kept_now(client: str) -> list[str]:
    """The imports made since the page was opened."""
    return list(st.session_state.get(RECEIPTS, {}).get(client, ()))


def dealt_with(client: str, file_id: str) -> None:
    """Forget the file; when it was the last one, the uploader starts empty again and lets go of the bytes."""
    mine = shelf(client)
    mine[file_id] = {"done": True}
    uploader = f"upload-{client}-{st.session_state.get(ROUND, 0)}"
    waiting = st.session_state.get(uploader) or []
    if all(mine.get(f.file_id, {}).get("done") for f in waiting):
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
        mine.clear()


def shelf(client: str) -> dict[str, dict[str, Any]]:
    """What is known of the files on the table, by upload: answers, preview, dealt with. Never their contents."""
    everything = st.session_state.setdefault(SHELF, {})
    found: dict[str, dict[str, Any]] = everything.setdefault(client, {})
    return found
