"""The versions before, and the policy as a file."""

from __future__ import annotations

import streamlit as st

from engine.reporting.policies.read import text_of
from engine.reporting.policies.view import Page
from engine.reporting.words import count
from pages.parts import go
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.formats import plain
from pages.team import guardrails_acts as acts

SHOWN = 8
STATES = {
    "published": ("green", "in force"),
    "draft": ("blue", "draft"),
    "retired": ("gray", "retired"),
    "discarded": ("gray", "discarded"),
    "replaced": ("gray", "replaced"),
}
FILE = "policy_file"


def badges(view: Page) -> list[str]:
    """What is in force, and the drafts, as coloured words."""
    found = []
    if view.in_force is not None:
        number = view.in_force.version
        found.append(
            f":green-badge[v{number} in force]"
            if view.in_force.readable
            else f":red-badge[v{number} cannot be read]"
        )
    else:
        found.append(":red-badge[nothing in force]" if not view.material.agency else "")
    if view.review is not None:
        changes = count(len(view.review.lines), "change")
        found.append(f":orange-badge[v{view.review.version} draft, {changes}]")
    elif view.drafts:
        found.append(f":orange-badge[{count(len(view.drafts), 'draft')}]")
    if view.material.above.version is not None:
        found.append(f":gray-badge[agency v{view.material.above.version}]")
    return [badge for badge in found if badge]


def show(desk: Desk, view: Page) -> None:
    """History and files."""
    history(view)
    if not view.material.agency:
        files(desk, view)


def history(view: Page) -> None:
    """Who wrote and published each version, and what it changed."""
    with card("versions", "History", "every version, newest first"):
        if not view.history:
            say("**No version yet.**  \nThe first draft begins the history.")
        for one in view.history[:SHOWN]:
            colour, word = STATES.get(one.state, ("gray", one.state))
            text, button = st.columns([7, 3], vertical_alignment="center", gap="small")
            with text:
                lines = (plain(text) for text in (one.written, one.published) if text)
                say(
                    f"**v{one.version}** :{colour}-badge[{word}]  \n"
                    + "".join(f":small[:gray[{text}]]  \n" for text in lines)
                    + f":small[{plain(one.changes)}]"
                )
            with button:
                st.button(
                    f"See v{one.version}",
                    type="tertiary",
                    key=f"see-{one.version}",
                    on_click=acts.open_version,
                    args=(one.version,),
                )
        if len(view.history) > SHOWN:
            note(f"and {len(view.history) - SHOWN} older ones; put ?version= in the address.")
        if view.history and not view.material.agency:
            go.to("In the ledger", go.LEDGER, "policy-lines", kind="tertiary", find="Policy")


def files(desk: Desk, view: Page) -> None:
    """The version looked at as TOML, and a file as a draft."""
    client = view.material.client
    with card("file", "As a file", "TOML or JSON"):
        if view.opened is not None:
            number = view.opened.version
            text = text_of(desk.house.store, desk.scope, client, number, ".toml")
            if text:
                st.download_button(
                    f"Download v{number} (TOML)",
                    text.encode(),
                    file_name=f"{client}-policy-v{number}.toml",
                    mime="application/toml",
                    icon=":material/download:",
                    key="policy-download",
                    on_click="ignore",
                )
        if view.material.writes:
            st.file_uploader(
                "A policy file, as the download writes it",
                type=["toml", "json"],
                max_upload_size=1,
                key=FILE,
            )
            st.button(
                "Save as a draft",
                key="policy-upload",
                icon=":material/upload:",
                on_click=acts.upload,
                args=(client, FILE),
            )
            note("Every mistake is named by its field; nothing is kept of a file that has one.")
