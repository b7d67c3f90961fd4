"""The evidence of a question as figures and as rows of before and after. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.reporting.inbox.diff import Line
from engine.reporting.words import money
from policies.money import MICROS
from policies.policy import CURRENCIES

_OURS = {"beyond_bound"}  # marks between layers, nothing to read


@dataclass(frozen=True)
class Figure:
    """One figure of the evidence: its name, and its value as text with its unit."""

    name: str
    value: str


def figures(text: str) -> tuple[Figure, ...]:
    """The named figures of a stored evidence text; rows of before and after are not among them."""
    return tuple(
        Figure(str(row["name"]), told(row.get("value", ""), str(row.get("unit", ""))))
        for row in _rows(text)
        if row.get("name") and row["name"] not in _OURS
    )


def before_after(text: str) -> tuple[Line, ...]:
    """The rows of before and after that an alarm brings along."""
    return tuple(
        Line(str(row["what"]), str(row.get("before", "–")), str(row.get("after", "–")))
        for row in _rows(text)
        if row.get("what")
    )


def told(value: Any, unit: str) -> str:
    """A value with its unit; an amount of a currency as money, whatever is said of it after the code."""
    code, _, of_what = unit.partition(" ")
    if code in CURRENCIES:
        try:
            return f"{money(float(Decimal(str(value)) * MICROS), code)} {of_what}".strip()
        except (InvalidOperation, ValueError, OverflowError):
            return f"{value} {unit}"
    if isinstance(value, float):
        value = f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    elif isinstance(value, int):
        value = f"{value:,}"
    return f"{value}{'' if unit.startswith('%') else ' '}{unit}".strip()


def _rows(text: str) -> list[dict[str, Any]]:
    found = json.loads(text or "[]")
    rows = found if isinstance(found, list) else [{"name": k, "value": v} for k, v in found.items()]
    return [r for r in rows if isinstance(r, dict)]
