"""What the buttons of the moves page do; each asks for the desk again, for a click may come late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

import streamlit as st

from engine.commands import locks, moves, phases
from engine.commands.moves import Preview
from engine.model.errors import Fault
from engine.model.moves import Kind, Wanted, micros_of
from pages.parts import access
from pages.parts.access import Desk
from pages.parts.formats import plain

SAID = "moves_said"
SHOWN = "moves_preview"
CLIENT = "moves_client"


def said() -> None:
    """What the last click did, once."""
    told = st.session_state.pop(SAID, None)
    if told:
        {"ok": st.success, "asked": st.warning, "no": st.error}[told[0]](plain(told[1]))


def turned_to(client: str) -> None:
    """Another client was picked: what was looked at was of the one before."""
    if st.session_state.get(CLIENT) != client:
        st.session_state[CLIENT] = client
        st.session_state.pop(SHOWN, None)


def shown() -> tuple[str, Any, Preview] | None:
    """The move being looked at: ("move", Wanted, …) or ("undo", decision, …)."""
    return cast("tuple[str, Any, Preview] | None", st.session_state.get(SHOWN))


def look(client: str, wanted: Wanted) -> None:
    """See what the gate says of a move."""

    def act(desk: Desk) -> None:
        found = moves.preview(desk.house, desk.scope, desk.now, client=client, wanted=wanted)
        st.session_state[SHOWN] = ("move", wanted, found)

    _done(act)


def look_at_form(client: str, kind: Kind, campaign: str) -> None:
    """See what the gate says of what the form holds."""
    amount = st.session_state.get("move-amount")
    daily = micros_of(amount)
    variant = str(st.session_state.get("move-ad") or "")
    look(client, Wanted(kind, campaign, daily if kind == "budget" else None, variant))


def look_back(client: str, decision: str) -> None:
    """See what the gate says of taking an act back."""

    def act(desk: Desk) -> None:
        found = moves.preview_undo(
            desk.house, desk.scope, desk.now, client=client, decision=decision
        )
        st.session_state[SHOWN] = ("undo", decision, found)

    _done(act)


def forget() -> None:
    """Look at nothing any more."""
    st.session_state.pop(SHOWN, None)


def make(client: str) -> None:
    """Make the move that is shown."""
    seen = shown()
    if seen is None:
        return
    why = str(st.session_state.get("move-why") or "")

    def act(desk: Desk) -> None:
        kind, what, preview = seen
        given: dict[str, Any] = {"client": client, "reason": why, "seal": preview.seal}
        if kind == "move":
            made = moves.make(desk.house, desk.scope, desk.now, wanted=what, **given)
        else:
            made = moves.undo(desk.house, desk.scope, desk.now, decision=what, **given)
        mood = {"allowed": "ok", "escalated": "asked"}.get(made.verdict, "no")
        st.session_state[SAID] = (mood, f"{made.decision}: {preview.act} {made.sentence}")
        forget()

    _done(act)


def lock(client: str, zone: str) -> None:
    """Say hands off."""
    state = st.session_state
    level, thing = state["lock-level"], state["lock-thing"]
    day: date = state["lock-until"]
    until = datetime.combine(day, time(23, 59), ZoneInfo(zone))

    def act(desk: Desk) -> None:
        locks.put(
            desk.house,
            desk.scope,
            desk.now,
            client=client,
            level=level,
            thing=thing,
            until=until,
            reason=str(state.get("lock-why") or ""),
        )
        state[SAID] = ("ok", "Nothing but the kill switch touches it until then.")

    _done(act)


def lift(client: str, number: str) -> None:
    """Take a lock away."""
    why = str(st.session_state.get(f"lift-why-{number}") or "")

    def act(desk: Desk) -> None:
        locks.lift(desk.house, desk.scope, desk.now, client=client, lock=number, reason=why)
        st.session_state[SAID] = ("ok", "Lifted; the agents look at it again with the next pass.")

    _done(act)


def move_phase(client: str, seen: Any, to: Any) -> None:
    """Promote, or take back."""
    why = str(st.session_state.get("phase-why") or "")

    def act(desk: Desk) -> None:
        phases.move(desk.house, desk.scope, desk.now, client=client, seen=seen, to=to, reason=why)
        st.session_state[SAID] = ("ok", "The phase was changed; the next pass goes by it.")

    _done(act)


def _done(act: Callable[[Desk], None]) -> None:
    desk = access.require("strategist")
    try:
        act(desk)
    except Fault as fault:
        st.session_state[SAID] = ("no", str(fault))
