"""What a draft changes, field by field, and whether each change lets more or less through. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from policies.drafting.fallbacks import holds
from policies.drafting.forms import EVERYTHING, Block, FormField, policy_blocks
from policies.drafting.layers import Values

Direction = Literal["looser", "tighter", "changed"]
OPPOSITE: Mapping[Direction, Direction] = {
    "looser": "tighter",
    "tighter": "looser",
    "changed": "changed",
}
LISTS = frozenset({"choices", "words", "rows", "entries"})


@dataclass(frozen=True)
class Difference:
    """One field that differs; None: nothing is written. ``added`` and ``removed`` are entries of a list."""

    block: Block
    field: FormField
    before: Any
    after: Any
    direction: Direction
    added: tuple[Any, ...] = ()
    removed: tuple[Any, ...] = ()


def differences(
    before: Values, after: Values, blocks: Sequence[Block] | None = None
) -> tuple[Difference, ...]:
    """Every field whose value differs, in the order of the form; amounts written otherwise are the same."""
    found = []
    for block in policy_blocks() if blocks is None else blocks:
        for one in block.fields:
            was, now = before.get(one.path), after.get(one.path)
            if not same(one, was, now):
                way = _way(block, one, before, after)
                found.append(_difference(block, one, was, now, way))
    return tuple(found)


def same(one: FormField, was: Any, now: Any) -> bool:
    """True when both say the same."""
    if was is None or now is None:
        return was is now
    return bool(_figure(one, was) == _figure(one, now))


def _figure(one: FormField, value: Any) -> Any:
    return Decimal(str(value)) if one.kind in {"money", "share"} else value


def _way(block: Block, one: FormField, before: Values, after: Values) -> Direction:
    """The direction, a field that is left empty counting with the value it falls back to.

    One that says what its absence means is a bound beside the other, not in its place.
    """
    if one.falls_back_to is None or one.absent is not None:
        return _direction(one, before.get(one.path), after.get(one.path))
    (was, _), (now, _) = holds(block, one, before), holds(block, one, after)
    return "changed" if same(one, was, now) else _direction(one, was, now)


def _difference(
    block: Block, one: FormField, was: Any, now: Any, direction: Direction
) -> Difference:
    added: tuple[Any, ...] = ()
    removed: tuple[Any, ...] = ()
    if one.kind in LISTS:
        old, new = _entries(one, was), _entries(one, now)
        added, removed = _without(new, old), _without(old, new)
    return Difference(block, one, was, now, direction, added, removed)


def _direction(one: FormField, was: Any, now: Any) -> Direction:
    if was is None or now is None:
        if one.absent is None:
            return "changed"
        return one.absent if now is None else OPPOSITE[one.absent]
    if one.kind in LISTS:
        return _of_lists(one, _entries(one, was), _entries(one, now))
    if one.looser is None or one.looser in {"more", "fewer"}:
        return "changed"
    rises = _rank(one, now) > _rank(one, was)
    return "looser" if rises == (one.looser in {"higher", "yes", "later"}) else "tighter"


def _of_lists(one: FormField, was: list[Any], now: list[Any]) -> Direction:
    """One entry on the looser side makes the whole looser, whatever else moved: a person must see it."""
    added = () if _has(was, one.every) else _without(now, was)
    removed = () if _has(now, one.every) else _without(was, now)
    if one.looser not in {"more", "fewer"} or not (added or removed):
        return "changed"
    bound = _of_bounds(one, added, removed)
    if bound is not None or one.falls_back_to:
        return bound or "changed"  # an exception may lie on either side of the general value
    return "looser" if (added if one.looser == "more" else removed) else "tighter"


def _of_bounds(one: FormField, added: Sequence[Any], removed: Sequence[Any]) -> Direction | None:
    """Of rows whose only change is a figure that says which way is looser; None where anything else changed."""
    names = [c.path.rpartition(".")[2] for c in one.columns]
    figures = [(n, c.looser) for n, c in zip(names, one.columns, strict=True) if c.looser]
    if len(figures) != 1 or len(names) != 2:
        return None
    key, (figure, looser) = names[0], figures[0]
    old, new = ({r[key]: Decimal(str(r[figure])) for r in rows} for rows in (removed, added))
    if not old or old.keys() != new.keys():
        return None
    looser_ones = [k for k in new if (new[k] > old[k]) == (looser == "higher")]
    return "looser" if looser_ones else "tighter"


def _has(entries: list[Any], every: str | None) -> bool:
    """True where one entry stands for all: beside it no other comes or goes in effect."""
    return every is not None and every in entries


def _rank(one: FormField, value: Any) -> Any:
    return list(one.choices).index(value) if one.kind == "choice" else _figure(one, value)


def _entries(one: FormField, value: Any) -> list[Any]:
    if value is None:
        return []
    if value == EVERYTHING and one.everything:
        return [*one.choices, EVERYTHING]
    return list(value)


def _without(some: Iterable[Any], others: Iterable[Any]) -> tuple[Any, ...]:
    seen = {json.dumps(o, sort_keys=True) for o in others}
    return tuple(s for s in some if json.dumps(s, sort_keys=True) not in seen)
