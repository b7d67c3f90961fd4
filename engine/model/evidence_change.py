"""Whether a proposal somebody said no to may be asked again: only when its evidence changed, and it says what. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from policies.actions import budget_changes
from policies.money import MICROS, decimal_text

MATERIAL_SHARE = 0.2
"""A figure has changed when it moved by a fifth of what it was; a convention of ours, without a source."""
_OURS = frozenset({"beyond_bound", "Question"})


def subject(action: Any) -> str:
    """What a proposal is about, whatever its amounts and whatever bound it meets."""
    things = sorted(c.campaign for c in budget_changes(action)) or [_thing(action)]
    return f"{action.kind}:{'+'.join(things)}"


def figures(action: Any, evidence_json: str = "") -> dict[str, float]:
    """The named figures behind a proposal: its evidence as stored (else its own), and each budget it asks for."""
    stored = json.loads(evidence_json) if evidence_json else None
    rows = stored if stored else [e.model_dump() for e in action.evidence]
    found: dict[str, float] = {}
    for row in rows:
        name, value = row.get("name"), row.get("value")
        if name and name not in _OURS and isinstance(value, int | float):
            found[str(name)] = float(value)
    for change in budget_changes(action):
        found[f"Budget of {change.campaign}"] = change.after_micros / MICROS
    return found


def bounds_of(cause: str) -> frozenset[str]:
    """The rules a question's cause names."""
    parts = cause.split(":")
    return frozenset(parts[2].split("+")) if parts[0] == "bound" and len(parts) > 2 else frozenset()


def changed(
    then: Mapping[str, float],
    now: Mapping[str, float],
    then_bounds: frozenset[str],
    now_bounds: frozenset[str],
) -> tuple[str, ...]:
    """What is different now, one clause each; empty when nothing is, and it must not be asked again.

    A figure that moved by at least ``MATERIAL_SHARE``, one that is new or gone, or another bound that is met.
    """
    clauses = []
    for name in dict.fromkeys((*then, *now)):
        before, after = then.get(name), now.get(name)
        if before is None or after is None or _moved(before, after):
            clauses.append(f"{name}: {_told(before)} → {_told(after)}")
    met = sorted(now_bounds - then_bounds)
    if then_bounds and met:
        clauses.append(f"it now also meets: {', '.join(rule.replace('_', ' ') for rule in met)}")
    return tuple(clauses)


def _moved(before: float, after: float) -> bool:
    return after != before and abs(after - before) >= MATERIAL_SHARE * abs(before)


def _told(value: float | None) -> str:
    return "–" if value is None else decimal_text(round(value * 100) * (MICROS // 100))


def _thing(action: Any) -> str:
    for name in ("variant", "ad_group", "campaign"):
        value = getattr(action, name, None)
        if isinstance(value, str):
            return value
    ad = getattr(action, "ad", None)
    return str(getattr(ad, "variant", action.kind))
