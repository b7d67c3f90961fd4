"""Drafts: those that wait, what the one looked at changes, and who publishes it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from engine.reporting.policies.review import DiffLine, Review
from engine.reporting.policies.view import Page
from engine.reporting.words import span, stamp
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain, safe
from pages.team import guardrails_acts as acts
from pages.team import guardrails_restated, guardrails_trial

TONES = {"looser": "orange", "tighter": "blue", "changed": "gray"}
STATES = {"retired": "retired", "discarded": "discarded", "replaced": "replaced by a later draft"}


def show(desk: Desk, view: Page) -> None:
    """The draft looked at with its answer, an earlier version, and the drafts that wait."""
    if view.review is not None:
        changes(view.review)
        guardrails_restated.show(desk, view)
        guardrails_trial.show(desk, view, view.review)
        answer(view, view.review)
    if view.old is not None and view.opened is not None:
        earlier(view, view.old)
    waiting(desk, view)


def changes(draft: Review) -> None:
    """Field by field: now, by the draft, and whether it lets more or less through."""
    was = f"v{draft.against}" if draft.against else "nothing"
    with card("changes", "What changes", f"{was} → v{draft.version}"):
        say(f"**{plain(draft.told)}**")
        table(draft.lines, "Draft", f"What draft v{draft.version} changes")


def table(lines: Sequence[DiffLine], after: str, alt: str) -> None:
    """The differences; nothing where there are none."""
    if not lines:
        return
    rows = [
        (
            plain(_named(line)),
            safe(plain(line.before)),
            f"**{safe(plain(line.after))}** :{TONES[line.direction]}-badge[{line.direction}]",
        )
        for line in lines
    ]
    st.table(
        pd.DataFrame(rows, columns=["Guardrail", "Now", after]),
        border="horizontal",
        hide_index=True,
        alt=alt,
    )


def answer(view: Page, draft: Review) -> None:
    """Publish, or why not; carry over where what it was made on holds no more; discard."""
    client = view.material.client
    with card("publish", "Publish", "bound to this draft and to what it is compared with"):
        if draft.outdated:
            since = "".join(f"\n- {plain(line)}" for line in draft.since)
            told = f"\n\nPublished since:{since}" if since else ""
            st.warning(f"{plain(draft.outdated)}{told}", icon=":material/merge:")
        say(verdict(draft))
        with st.container(horizontal=True):
            if draft.outdated and view.material.writes:
                overtaken(client, draft)
            if not draft.refusal:
                st.button(
                    f"Publish v{draft.version}",
                    type="primary",
                    icon=":material/verified:",
                    key=f"publish-{draft.version}",
                    on_click=acts.publish,
                    args=(client, draft.version, draft.seal, draft.against),
                )
            if draft.discards:
                st.button(
                    "Discard",
                    type="tertiary",
                    icon=":material/delete:",
                    key=f"discard-{draft.version}",
                    on_click=acts.discard,
                    args=(client, draft.version),
                )


def verdict(draft: Review) -> str:
    """Whether the reader may publish it and why, as Markdown."""
    if draft.refusal:
        return safe(plain(draft.refusal))
    if draft.alone:
        return (
            "**Proven tightening: you may publish it yourself.** Each change makes its rule stricter and nothing"
            " becomes allowed that was not; the past is judged again when you publish."
        )
    proven = " It is a proven tightening." if draft.proven else ""
    return f"**You may publish it.** {plain(draft.author)} wrote it; you are the second person.{proven}"


def overtaken(client: str, draft: Review) -> None:
    """What can be done with a draft that was made on a version no longer in force."""
    st.button(
        "Carry its changes over",
        type="primary",
        icon=":material/merge:",
        key=f"carry-{draft.version}",
        help="Only what the draft itself changed is put on the version in force.",
        on_click=acts.carry,
        args=(client, draft.version),
    )
    st.button(
        "Compare it as it stands",
        key=f"stands-{draft.version}",
        help="Every value of the draft is kept; what came into force since would be taken back.",
        on_click=acts.as_it_stands,
        args=(client, draft.version),
    )


def earlier(view: Page, lines: Sequence[DiffLine]) -> None:
    """An earlier version beside the one in force, and the way back to it."""
    kept = view.opened
    if kept is None:
        return
    with card("earlier", f"v{kept.version}", STATES.get(kept.state, kept.state)):
        if lines:
            say("**What would change if its values came back**")
        else:
            say("**Its values are those in force.**")
        table(lines, f"v{kept.version}", f"v{kept.version} beside the version in force")
        with st.container(horizontal=True):
            if view.material.writes and lines:
                st.button(
                    "Make a draft of it",
                    type="primary",
                    icon=":material/history:",
                    key=f"back-{kept.version}",
                    on_click=acts.roll_back,
                    args=(view.material.client, kept.version),
                )
            st.button(
                "Back to the one in force", key="in-force", on_click=acts.open_version, args=(None,)
            )


def waiting(desk: Desk, view: Page) -> None:
    """Every open draft with its author and age."""
    others = [d for d in view.drafts if view.review is None or d.version != view.review.version]
    if view.review is not None:
        st.button(
            "Leave the draft, show what is in force",
            type="tertiary",
            icon=":material/arrow_back:",
            key="leave-draft",
            on_click=acts.open_version,
            args=(None,),
        )
        if not others:
            return
    with card("drafts", "Drafts waiting", "nothing in them is in force"):
        if not others:
            how = "Change a value and save: it" if view.material.writes else "What others save"
            say(f"**No draft waits.**  \n{how} waits here for a second person.")
        for draft in others:
            text, button = st.columns([7, 3], vertical_alignment="center", gap="small")
            age = f"{stamp(draft.written_at, view.material.zone, desk.now)}, {span(desk.now - draft.written_at)} ago"
            outdated = " :orange-badge[made on an older version]" if draft.outdated else ""
            with text:
                say(
                    f"**v{draft.version}** by {plain(draft.author)}{outdated}  \n"
                    f":small[:gray[{age} · {plain(draft.told)}]]"
                )
            with button:
                st.button(
                    f"Open v{draft.version}",
                    key=f"open-{draft.version}",
                    on_click=acts.open_version,
                    args=(draft.version,),
                )
        if others and view.review is None:
            note("Open one to see what it changes and to publish it.")


def _named(line: DiffLine) -> str:
    return f"{line.block}: {line.name}"
