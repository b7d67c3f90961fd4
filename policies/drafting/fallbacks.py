"""What holds where nothing is written: the field of the same rule that a field falls back to. Pure."""

from __future__ import annotations

from typing import Any

from policies.drafting.forms import Block, FormField
from policies.drafting.layers import Values


def holds(block: Block, one: FormField, values: Values) -> tuple[Any, FormField | None]:
    """The value that holds for a field, and the field it is written in; (None, None): it is written nowhere.

    A cell of one channel falls back to the same channel of another table, else to the value for all channels; a list
    of exceptions falls back to nothing, for each of its rows is a value of its own.
    """
    seen: set[str] = set()
    at: FormField | None = one
    while at is not None and at.path not in seen:
        seen.add(at.path)
        if values.get(at.path) is not None:
            return values[at.path], at
        at = next_in(block, at)
    return None, None


def next_in(block: Block, one: FormField) -> FormField | None:
    """The field that holds where this one is empty; None where it names none."""
    if one.falls_back_to is None:
        return None
    path = f"{block.path}.{one.falls_back_to}"
    wanted = [f"{path}.{one.row}"] if one.row else []
    known = {f.path: f for f in block.fields}
    found = (known[p] for p in (*wanted, path) if p in known)
    return next((f for f in found if f.kind == one.kind), None)
