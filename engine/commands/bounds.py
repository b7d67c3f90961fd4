"""Answering a question with a bound: tightened, or a draft that would widen it; another person publishes it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands import drafting
from engine.commands.acting import found, moved, told
from engine.commands.book import note, reason_given
from engine.commands.house import House
from engine.commands.tending import Place
from engine.model.errors import BadInput
from engine.model.escalation_life import Answer, Drafted
from engine.model.people import Scope
from engine.store import endings, layers
from engine.store import policies as table
from policies.drafting.diff import Difference, Direction, differences
from policies.drafting.forms import policy_fields
from policies.drafting.spoken import line
from policies.drafting.typed import read
from policies.drafting.versions import values_of


@dataclass(frozen=True)
class Bound:
    """One value of the policy, by path, and what was typed for it: as its field of the form shows it."""

    path: str
    raw: Any


def tighten(
    house: House, scope: Scope, now: datetime, place: Place, *, bound: Bound, reason: str
) -> int:
    """Answer with a tighter bound: a policy draft is opened and stays attached; what was proposed never runs.

    Returns the draft's number. It is in force once a second person has published it.

    Raises:
        AskPerson: decided by somebody else already.
        BadInput: no reason, no such escalation, or a value that does not tighten that bound.
    """
    scope.check(place.client, "strategist")
    why = reason_given(reason)

    def write(conn: Any) -> int:
        one = found(conn, place.client, place.escalation_id)
        version, diff = _draft(conn, scope, now, place.client, bound, "tighter")
        said = f"{why} Tightened in draft v{version}: {diff}."
        event = Answer(scope.person, "tightened", said)
        kept = {"policy_draft": version, "policy_diff_json": json.dumps([diff])}
        moved(conn, one, event, place.version, now, **kept)
        if one.decision_id is not None:
            endings.lose_variant(conn, place.client, one.decision_id, now)
        sentence = f"{scope.name} tightened a bound in draft v{version}: {one.title}. {diff}. {why}"
        told(conn, scope, now, one, "tightened", sentence, {"policy_draft": version, "diff": diff})
        return version

    return house.store.write(write)


def widen(
    house: House, scope: Scope, now: datetime, place: Place, *, bound: Bound, reason: str
) -> int:
    """Write a draft that widens a bound; the question stays open until a second person has published it.

    Nothing is approved by it. Returns the draft's number.

    Raises:
        AskPerson: decided by somebody else already.
        BadInput: no reason, no such escalation, or a value that does not widen that bound.
    """
    scope.check(place.client, "strategist")
    why = reason_given(reason)

    def write(conn: Any) -> int:
        one = found(conn, place.client, place.escalation_id)
        version, diff = _draft(conn, scope, now, place.client, bound, "looser")
        kept = {"policy_draft": version, "policy_diff_json": json.dumps([diff])}
        moved(conn, one, Drafted(scope.person), place.version, now, **kept)
        said = (
            f"{scope.name} wrote draft v{version} that would widen a bound: {one.title}. {diff}. {why}"
            " A second person publishes it or not."
        )
        told(conn, scope, now, one, "drafted", said, {"policy_draft": version, "diff": diff})
        return version

    return house.store.write(write)


def _draft(
    conn: Any, scope: Scope, now: datetime, client: str, bound: Bound, wanted: Direction
) -> tuple[int, str]:
    """The draft's number, and what it changes in words."""
    there = table.current(conn, client)
    if there is None:
        raise BadInput("No policy is in force for this client; write one under Guardrails.")
    own = {**layers.own(conn, there), bound.path: _value(bound)}
    version = drafting.keep(conn, scope, now, client, own)
    draft = table.version(conn, client, version)
    assert draft is not None
    changes = differences(values_of(there.body_json), values_of(draft.body_json))
    unit = drafting.head(conn, client).currency
    if {d.direction for d in changes} != {wanted}:
        raise BadInput(_wrong(changes, wanted, unit))
    diff = "; ".join(f"{d.block.title}, {d.field.name}: {line(d, unit)}" for d in changes)
    said = f"Policy draft v{version} was written. {diff}."
    note(conn, scope, now, client, kind="policy", ref=f"v{version}", sentence=said)
    return version, diff


def _value(bound: Bound) -> Any:
    one = policy_fields().get(bound.path)
    if one is None:
        raise BadInput(f"The policy has no value {bound.path}; choose one of those shown.")
    try:
        value = read(one, bound.raw)
    except ValueError as wrong:
        raise BadInput(f"{one.name}: {wrong}") from None
    if value is None:
        raise BadInput(f"Write a value for {one.name}.")
    return value


def _wrong(changes: tuple[Difference, ...], wanted: Direction, unit: str) -> str:
    verb = "tighten" if wanted == "tighter" else "widen"
    diff = "; ".join(f"{d.field.name}: {line(d, unit)}" for d in changes)
    return f"That does not {verb} the bound ({diff}); choose another value."
