"""What each rule did in a month, what its bound cost, and the change its record suggests. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from typing import Any

from engine.reporting.learning.people import overridden
from engine.reporting.words import money
from policies.drafting.forms import FormField, policy_fields
from policies.money import MICROS

LEAST_OVERRIDES = 3
_GAIN = "Expected gain"
_SHARES = "guardrails.share_cap.max_shares"


@dataclass(frozen=True)
class Suggested:
    """A change a rule's record suggests; ``path`` is "" where no single value can be named.

    ``value`` is as a policy writes it (decimal text of units, or of one), ``field`` and ``shown`` are the value's name
    and the value as people read them, ``why`` says how it was found or what to look at.
    """

    path: str
    value: str
    field: str
    shown: str
    why: str


@dataclass(frozen=True)
class RuleFigures:
    """One rule's month.

    ``cost_micros`` is about what holding the distinct acts it stopped cost, in the client's
    currency: their expected gain a day times the days until carried out, rejected or the month's end. None: none of
    them stated a gain.
    """

    rule: str
    title: str
    allowed: int
    escalated: int
    blocked: int
    overridden: int
    cost_micros: int | None
    suggested: Suggested | None


Stops = list[tuple[Mapping[str, Any], list[dict[str, Any]]]]


def stops(rows: Iterable[Mapping[str, Any]]) -> dict[str, Stops]:
    """The decisions each rule escalated or blocked, with the reasons it gave."""
    found: dict[str, Stops] = {}
    for row in rows:
        by_rule: dict[str, list[dict[str, Any]]] = {}
        for reason in json.loads(row["reasons_json"] or "[]"):
            if reason.get("outcome") in {"escalate", "block"}:
                by_rule.setdefault(reason["rule"], []).append(reason)
        for rule, reasons in by_rule.items():
            found.setdefault(rule, []).append((row, reasons))
    return found


def cost(stopped: Stops, until: date) -> int | None:
    """About what it cost to hold these, to ``until`` (that account-day included), in micros."""
    total, known, seen = Decimal(0), False, set()
    for row, _ in stopped:
        gain = _gain(row)
        if row["fingerprint"] in seen or gain is None:
            continue
        seen.add(row["fingerprint"])
        known = True
        ended = [t.date() for t in (row["applied_at"], _said_no(row)) if t is not None]
        days = (min([*ended, until]) - row["account_day"]).days
        total += gain * max(days, 0)
    return int(total * MICROS) if known else None


def _said_no(row: Mapping[str, Any]) -> Any:
    return row["answered_at"] if row["answered"] in {"rejected", "tightened"} else None


def _gain(row: Mapping[str, Any]) -> Decimal | None:
    for fact in json.loads(row["action_json"] or "{}").get("evidence", []):
        if fact.get("name") == _GAIN and isinstance(fact.get("value"), int | float):
            return Decimal(str(fact["value"]))
    return None


def loosened(
    rule: str, stopped: Stops, values: Mapping[str, Any], currency: str
) -> Suggested | None:
    """Where every answer about it was a yes: the bound at the largest figure a person approved."""
    answered = [(row, reasons) for row, reasons in stopped if _answered(row)]
    if len(answered) < LEAST_OVERRIDES or not all(overridden(row) for row, _ in answered):
        return None
    head = f"All {len(answered)} times it asked, a person said yes."
    found = [_named(rule, reason, values) for _, reasons in answered for reason in reasons]
    places = {one[0].path for one in found if one is not None}
    if len(places) != 1 or None in found:
        return _look(f"{head} No single value accounts for them; look at the rule's bounds.")
    field = policy_fields()[next(iter(places))]
    most = max(one[1] for one in found if one is not None)
    return _suggest(field, most, currency, f"{head} This is the largest figure approved.")


def _answered(row: Mapping[str, Any]) -> bool:
    return row["answered"] in {"approved", "rejected", "tightened"} or overridden(row)


def _named(
    rule: str, reason: Mapping[str, Any], values: Mapping[str, Any]
) -> tuple[FormField, Decimal] | None:
    """The one value a reason's bound is, the channel's own before the general one, and the figure that met it."""
    facts = reason.get("facts", {})
    fields = [
        f
        for path, f in policy_fields().items()
        if path.startswith(f"guardrails.{rule}.")
        and f.row in {"", facts.get("channel")}
        and f.kind in {"share", "money"}
        and values.get(path) is not None
        and _read(facts.get("bound"), f) == Decimal(str(values[path]))
    ]
    own = [f for f in fields if f.row] or fields
    figure = _read(facts.get("figure"), own[0]) if len(own) == 1 else None
    return None if figure is None else (own[0], figure)


def _read(text: Any, place: FormField) -> Decimal | None:
    """A figure of a reason as a policy writes it; None when it is none."""
    cleaned = str(text or "").replace("%", "").replace(",", "").strip()
    try:
        number = Decimal(cleaned)
    except InvalidOperation:
        return None
    return number / 100 if place.kind == "share" else number


def tightened(
    rule: str, values: Mapping[str, Any], shares: Mapping[str, int], currency: str
) -> Suggested:
    """For a rule not met in three months: halfway from its bound to what was used, where that is known.

    ``shares`` are the largest share of a month's media each channel took, in millionths.
    """
    head = "Not met once in three months."
    room = {
        path: (Decimal(str(values[path])), Decimal(used) / MICROS)
        for channel, used in shares.items()
        if values.get(path := f"{_SHARES}.{channel}") is not None
    }
    if rule == "share_cap" and room:
        path = max(room, key=lambda p: room[p][0] - room[p][1])
        bound, used = room[path]
        half = ((bound + used) / 2).quantize(Decimal("0.01"), ROUND_CEILING)
        if used < half < bound:
            why = f"{head} The most used was {used:.0%} of a month's media; this is halfway to it."
            return _suggest(policy_fields()[path], half, currency, why)
    return _look(
        f"{head} How much of it was used is not recorded; compare its bounds with what the plan asks for."
    )


def _suggest(field: FormField, value: Decimal, currency: str, why: str) -> Suggested:
    shown = (
        f"{(value * 100).normalize():f}%"
        if field.kind == "share"
        else money(float(value * MICROS), currency)
    )
    return Suggested(field.path, f"{value:f}", field.name, shown, why)


def _look(why: str) -> Suggested:
    return Suggested("", "", "", "", why)
