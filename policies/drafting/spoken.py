"""Values of a policy as people read them, to the last digit. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from policies.drafting.diff import LISTS, Difference, same
from policies.drafting.forms import EVERYTHING, FormField
from policies.money import exactly, micros
from policies.rule import percent

NOTHING = "–"
KEY = "key"
"""The column by which a wide entry stays the same entry when its other columns change."""
_SAID: Mapping[str, Callable[[Any], str]] = {
    "share": lambda value: percent(micros(value)),
    "date": lambda value: f"{date.fromisoformat(value):%d %b %Y}".lstrip("0"),
    "yes_no": lambda value: "yes" if value else "no",
}
LONGEST = 6
"""So many entries of a list are told under a field, then how many more there are; a diff tells every one."""


def spoken(one: FormField, value: Any, currency: str) -> str:
    """``£1,400``, ``35%``, ``7``, ``“guaranteed”, “No. 1”``; an en dash where nothing is written."""
    if value is None:
        return NOTHING
    if one.kind == "money":
        return exactly(micros(value), currency)
    if one.kind in _SAID:
        return _SAID[one.kind](value)
    if one.kind in LISTS:
        return _listed(one, value)
    return one.choices.get(value, str(value)) if one.choices else str(value)


def both(one: Difference, currency: str) -> tuple[str, str]:
    """Before and after; of a list that only changed in part, how long it is and what came or went."""
    if one.field.kind not in LISTS or one.before is None or one.after is None:
        found = (one.before, one.after)
        before, after = (_whole(one.field, value, currency) for value in found)
        return before, after
    if one.field.kind == "entries":
        return _long(one.before), f"{_long(one.after)}: {_by_key(one, currency)}"
    came, went = ([_entry(one.field, e) for e in entries] for entries in (one.added, one.removed))
    told = {
        "added": [e for e in came if e not in went],
        "removed": [e for e in went if e not in came],
    }
    parts = [f"{', '.join(names)} {what}" for what, names in told.items() if names]
    parts += [_reworded(one, name) for name in dict.fromkeys(came) if name in went]
    return _long(one.before), f"{_long(one.after)}: {'; '.join(parts) or 'in another order'}"


def _by_key(one: Difference, currency: str) -> str:
    """What came, what went, and of an entry that kept its key each column that says something else."""
    came, went = ({e.get(KEY): e for e in entries} for entries in (one.added, one.removed))
    told = {
        "added": [_entry(one.field, e) for key, e in came.items() if key not in went],
        "removed": [_entry(one.field, e) for key, e in went.items() if key not in came],
    }
    parts = [f"{', '.join(names)} {what}" for what, names in told.items() if names]
    for key in (k for k in came if k in went):
        moved = [
            f"{c.label} {spoken(c, went[key].get(n), currency)} → {spoken(c, came[key].get(n), currency)}"
            for c in one.field.columns
            for n in [c.path.rpartition(".")[2]]
            if not same(c, went[key].get(n), came[key].get(n))
        ]
        parts.append(f"{_entry(one.field, went[key])}: {', '.join(moved)}")
    return "; ".join(parts) or "in another order"


def line(one: Difference, currency: str) -> str:
    """``£1,400 → £1,300 (tighter)``."""
    before, after = both(one, currency)
    return f"{before} → {after} ({one.direction})"


def _whole(one: FormField, value: Any, currency: str) -> str:
    if isinstance(value, list) and value:
        return ", ".join(_entry(one, e) for e in value)
    return spoken(one, value, currency)


def _reworded(one: Difference, name: str) -> str:
    """Every column of a row before and after: the one that names it is not the one that changed."""
    before, after = (
        " and ".join(_columns(one.field, e) for e in entries if _entry(one.field, e) == name)
        for entries in (one.removed, one.added)
    )
    return f"{before} → {after}"


def _columns(one: FormField, entry: Any) -> str:
    if not isinstance(entry, dict):
        return _entry(one, entry)
    cells = ((c, entry.get(c.path.rpartition(".")[2])) for c in one.columns)
    return ", ".join(f"{c.label} {_cell(c, value)}" for c, value in cells)


def _cell(column: FormField, value: Any) -> str:
    if column.kind in {"share", "whole"}:
        return percent(micros(value)) if column.kind == "share" else str(value)
    if value == EVERYTHING and column.everything:
        return EVERYTHING
    words = value if isinstance(value, list) else [value]
    told = (column.choices.get(w, w) if column.choices else f"“{w}”" for w in words)
    return (" / " if column.choices else " or ").join(map(str, told)) or "none"


def _listed(one: FormField, value: Any) -> str:
    if value == EVERYTHING and one.everything:
        return EVERYTHING
    return _told(one, value) or "none"


def _told(one: FormField, entries: Iterable[Any]) -> str:
    return _some([_entry(one, e) for e in entries])


def _some(words: Sequence[str]) -> str:
    more = f" and {len(words) - LONGEST} more" if len(words) > LONGEST else ""
    return ", ".join(words[:LONGEST]) + more


def _entry(one: FormField, entry: Any) -> str:
    if isinstance(entry, dict):
        first, *rest = (entry.get(c.path.rpartition(".")[2]) for c in one.columns)
        named = " or ".join(f"“{v}”" for v in (first if isinstance(first, list) else [first]))
        bounds = [_cell(c, v) for c, v in zip(one.columns[1:], rest, strict=True) if c.looser]
        return f"{named} {', '.join(bounds)}" if bounds else named
    return one.choices.get(entry, f"“{entry}”") if one.choices else f"“{entry}”"


def _long(value: Any) -> str:
    if not isinstance(value, list):
        return str(value)
    return f"{len(value)} {'entry' if len(value) == 1 else 'entries'}"
