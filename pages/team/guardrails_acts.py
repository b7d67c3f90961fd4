"""What the buttons of the guardrails page do; each asks for the desk again, for a click may come late."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from engine.commands import policies
from engine.commands.policies import Mistakes, Opened, Seal
from engine.model.errors import Fault
from engine.reporting.policies.form import FieldView
from pages.parts import access
from pages.parts.access import Desk
from pages.parts.formats import plain
from pages.parts.policy_fields import Sentences, typed_in

T = TypeVar("T")
SAID = "guardrails_said"
WRONG = "guardrails_wrong"
LOOKED = "guardrails_looked_at"


def said() -> None:
    """What the last click did, once."""
    told = st.session_state.pop(SAID, None)
    if told:
        _show(*told)


def turned_to(client: str) -> None:
    """Another client was picked: the version looked at was of the one before, and is left."""
    here = (client, st.query_params.get("version"))
    before = st.session_state.get(LOOKED, here)
    if before[0] != client and before[1] == here[1]:
        open_version(None)
    st.session_state[LOOKED] = (client, st.query_params.get("version"))


def version_asked() -> int | None:
    """The version in the address."""
    text = st.query_params.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def wrong(form: str) -> Sentences:
    """What was wrong with the form when it was last sent; nothing for another form.

    Where another version came into force since, what was typed is told, so that it can be typed again.
    """
    client, name, found, lines = st.session_state.get(WRONG, ("", "", {}, ()))
    if name == form:
        return dict(found)
    if lines and client == form.split(maxsplit=1)[0]:
        _show("no", ("What you typed was on a version that is in force no more:", *lines))
    return {}


def open_version(version: int | None) -> None:
    """Look at another version; None: the one in force."""
    st.session_state.pop(WRONG, None)
    st.query_params.pop("preset", None)
    if version is None:
        st.query_params.pop("version", None)
    else:
        st.query_params["version"] = str(version)


def start(preset: str) -> None:
    """Fill the form with a preset; nothing is kept before it is saved."""
    st.query_params["preset"] = preset


def clear(key: str) -> None:
    """Empty one field, so that the agency's value holds."""
    st.session_state[key] = None


def save(client: str, form: str, fields: Sequence[FieldView], opened: Opened) -> None:
    """Keep what was typed as a draft; what is wrong stands at its field and nothing typed is lost."""
    desk = _desk()
    raws = {one.path: typed_in(form, one) for one in fields}
    lines = [f"{f.label}: {_typed(raws[f.path])}" for f in fields if raws[f.path] != f.value]
    st.session_state.pop(WRONG, None)
    try:
        version = policies.save_typed(desk.house, desk.scope, desk.now, client, raws, opened)
    except Mistakes as bad:
        st.session_state[WRONG] = (form.split(maxsplit=1)[0], form, bad.by_field, lines)
        return
    except Fault as fault:
        _tell("no", str(fault), *(f"You typed {line}" for line in lines))
        return
    open_version(version)
    _tell("ok", f"Draft v{version} is saved. Nothing changes until it is published.")


def upload(client: str, key: str) -> None:
    """Keep a file as a draft, or list what is wrong with it."""
    desk = _desk()
    file = st.session_state.get(key)
    if file is None:
        _tell("no", "Choose a file first: TOML or JSON, as the download writes it.")
        return

    def act() -> int:
        return policies.save_upload(
            desk.house, desk.scope, desk.now, client, file.name, file.getvalue()
        )

    version = _try(act, "The file was not taken; nothing changed.")
    if version is not None:
        open_version(version)
        _tell("ok", f"Draft v{version} was made from {file.name}.")


def publish(client: str, version: int, fingerprint: str, against: int | None) -> None:
    """Put exactly the draft that is shown in force."""
    desk = _desk()
    seal = Seal(fingerprint, against)

    def act() -> Sequence[str]:
        reached = policies.publish(desk.house, desk.scope, desk.now, client, version, seal=seal)
        return [f"{one.name}: {one.sentence}" for one in reached]

    told = _try(act)
    if told is not None:
        open_version(None)
        agency = client == policies.AGENCY
        more = (
            "No client's values change by it."
            if agency
            else "The next pass of the loop judges by it."
        )
        if told:
            more = (
                "It reaches these clients as drafts; a senior person who did not write the values"
                " publishes each."
            )
        _tell("ok", f"v{version} is in force. {more}", *told)


def discard(client: str, version: int) -> None:
    """Close a draft."""
    desk = _desk()

    def act() -> bool:
        policies.discard(desk.house, desk.scope, desk.now, client, version)
        return True

    if _try(act):
        open_version(None)
        _tell("ok", f"Draft v{version} is discarded; its values stay in the history.")


def carry(client: str, version: int) -> None:
    """Put a draft's own changes on the version in force."""
    desk = _desk()
    found = _try(
        lambda: policies.carry_over(desk.house, desk.scope, desk.now, client, version),
        "The changes were not carried over; the draft stays as it was.",
    )
    if found is not None:
        open_version(found.version)
        met = [
            f"{name}: both had changed it, and the draft's value was kept." for name in found.met
        ]
        _tell("ok", f"v{version}'s changes are carried over to draft v{found.version}.", *met)


def as_it_stands(client: str, version: int) -> None:
    """Put every value of a draft beside the version in force."""
    desk = _desk()
    kept = _try(lambda: policies.as_it_stands(desk.house, desk.scope, desk.now, client, version))
    if kept is not None:
        open_version(kept)
        _tell(
            "ok", f"Draft v{kept} holds the values of v{version}, compared with what is in force."
        )


def roll_back(client: str, version: int) -> None:
    """A draft with the values of an earlier version."""
    desk = _desk()
    kept = _try(lambda: policies.draft_from(desk.house, desk.scope, desk.now, client, version))
    if kept is not None:
        open_version(kept)
        _tell("ok", f"Draft v{kept} holds the values of v{version}. A second person publishes it.")


def _desk() -> Desk:
    return access.require("team", "strategist", "admin")


def _try(act: Callable[[], T], failed: str = "") -> T | None:
    """What an act gives; None when it was refused, which is then told, sentence by sentence."""
    try:
        return act()
    except Mistakes as bad:
        _tell("no", failed or "That is no valid policy.", *bad.told)
    except Fault as fault:
        _tell("no", str(fault))
    return None


def _owner(form: str) -> str:
    return form.rsplit(" ", 2)[0]


def _typed(raw: object) -> str:
    return "(emptied)" if raw in (None, "", []) else str(raw)


def _show(kind: str, lines: Sequence[str]) -> None:
    text = plain(lines[0]) + "".join(f"\n- {plain(line)}" for line in lines[1:])
    (st.success if kind == "ok" else st.warning)(text)


def _tell(kind: str, *lines: str) -> None:
    st.session_state[SAID] = (kind, lines)
