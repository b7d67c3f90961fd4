"""The parts of a card that let a person do more than yes or no: amounts, bounds, and what happened to it so far."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from engine.model.edited import editable
from engine.model.errors import GiveUp
from engine.model.evidence_change import bounds_of
from engine.model.working_hours import worked
from engine.reporting.words import count, money, stamp
from engine.store import calendars, codec
from engine.store import policies as policy_table
from policies.actions import budget_changes
from policies.drafting.forms import Block, FormField, policy_blocks
from policies.drafting.spoken import spoken
from policies.drafting.typed import shown
from policies.drafting.versions import values_of
from policies.money import MICROS

_TYPED = {"money", "share", "whole"}


@dataclass(frozen=True)
class Amount:
    """One daily budget a person may change: in whole units of the client's currency."""

    campaign: str
    name: str
    channel: str
    before: str
    proposed: float


@dataclass(frozen=True)
class BoundChoice:
    """One bound the question is about; ``now`` as people read it, ``start`` and ``unit`` as its field is typed.

    ``tighter`` says on which side it becomes tighter.
    """

    path: str
    name: str
    now: str
    start: float
    unit: str
    tighter: Literal["lower", "higher"]


def more(
    conn: Any,
    row: Mapping[str, Any],
    names: Mapping[str, str],
    titles: Mapping[str, str],
    channels: Sequence[str],
    now: datetime,
) -> dict[str, Any]:
    """The fields of a card beyond what the row itself holds."""
    asked = row["asked"] or row["owner"]
    rota = calendars.rota(conn, row["client_id"])
    left = worked(now, row["due_at"], rota.of(asked)) if row["due_at"] > now else None
    return {
        "asked": names.get(asked, asked),
        "asked_id": asked,
        "working": left,
        "notes": tuple(_notes(row, names, now)),
        "amounts": _amounts(row, titles),
        "bounds": _bounds(conn, row, channels),
    }


def _notes(row: Mapping[str, Any], names: Mapping[str, str], now: datetime) -> list[str]:
    """What happened to it so far, one sentence each."""
    zone, said = row["time_zone"], []
    seen = row["times_seen"] or 1
    if seen > 1 and row["last_seen_at"]:
        said.append(
            f"Seen {count(seen, 'time')}, last {stamp(row['last_seen_at'], zone, now)}; its evidence was added."
        )
    if row["acknowledged_by"]:
        who = names.get(row["acknowledged_by"], row["acknowledged_by"])
        said.append(f"{who} has taken it on, {stamp(row['acknowledged_at'], zone, now)}.")
    if row["breached_due"] is not None and row["breached_due"] == row["due_at"]:
        what = row["safe_note"] or "Its safe state is asked for at the next pass."
        said.append(f"Nobody decided in time. {what}")
    if row["follows"]:
        said.append(f"It comes back from {row['follows']}.")
    if row["policy_draft"] is not None:
        diff = "; ".join(json.loads(row["policy_diff_json"] or "[]"))
        said.append(f"Policy draft v{row['policy_draft']} belongs to it: {diff}.")
    return said


def _amounts(row: Mapping[str, Any], titles: Mapping[str, str]) -> tuple[Amount, ...]:
    try:
        action = codec.action(row["action_json"]) if row["action_json"] else None
    except GiveUp:
        return ()
    if not editable(action):
        return ()
    return tuple(
        Amount(
            c.campaign,
            titles.get(c.campaign, c.campaign),
            c.channel,
            money(c.before_micros, row["currency"]),
            c.after_micros / MICROS,
        )
        for c in budget_changes(action)
    )


def _bounds(conn: Any, row: Mapping[str, Any], channels: Sequence[str]) -> tuple[BoundChoice, ...]:
    """The bounds a question is about: of the rules it met, or of its trigger and the channels it names."""
    there = policy_table.current(conn, row["client_id"])
    if there is None:
        return ()
    values = values_of(there.body_json)
    rules, named = bounds_of(row["cause"]), {*channels, *row["cause"].split(":")}
    found = (
        _choice(block, one, values.get(one.path), row["currency"])
        for block in policy_blocks()
        for one in block.fields
        if _about(block, one, row["kind"], rules, named)
    )
    return tuple(choice for choice in found if choice is not None)


def _about(block: Block, one: FormField, kind: str, rules: frozenset[str], named: set[str]) -> bool:
    if one.kind not in _TYPED or one.looser not in {"higher", "lower"}:
        return False
    if rules:
        return block.name in rules and (not one.row or one.row in named)
    own = block.section == "triggers" and block.name == kind
    return own or (block.section == "guardrails" and one.row in named)


def _choice(block: Block, one: FormField, value: Any, currency: str) -> BoundChoice | None:
    start = shown(one, value)
    if start is None:
        return None
    unit = {"money": currency, "share": "%"}.get(one.kind, "")
    return BoundChoice(
        one.path,
        f"{block.title}: {one.name}",
        spoken(one, value, currency),
        float(start),
        unit,
        "lower" if one.looser == "higher" else "higher",
    )
