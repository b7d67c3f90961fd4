"""Divide money over arms with falling returns, inside bounds per arm and per group: water-filling.

At the optimum every free arm has the same marginal value; a group at its cap (or floor) has its
own. The multipliers are found by bisection on all groups at once, so thousands of arms take
milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Inverse = Callable[[Floats], Floats]
"""Marginal value wanted per arm -> spend per arm at which it is reached (unbounded); falling."""
_ROUNDS = 80
_DEEPEST, _HIGHEST = -80.0, 80.0


@dataclass(frozen=True)
class Room:
    """Bounds: ``low``/``high`` per arm; ``group`` is each arm's group; ``floor``/``cap`` per group."""

    low: Floats
    high: Floats
    group: Ints
    floor: Floats
    cap: Floats


def divide(inverse: Inverse, room: Room, total: float) -> Floats | None:
    """Spend per arm, in the unit of ``room``, adding up to at most ``total``; None when no division fits.

    All of ``total`` is spent unless the bounds or the arms' saturation keep some back.
    """
    groups = len(room.cap)
    least = np.maximum(_sums(room.low, room, groups), room.floor)
    if (
        (least > room.cap + 1e-6).any()
        or least.sum() > total + 1e-6
        or (room.low > room.high).any()
    ):
        return None
    most = _sums(room.high, room, groups)
    if (room.floor > most + 1e-6).any():
        return None
    at_cap = _group_level(inverse, room, room.cap)
    at_floor = _group_level(inverse, room, np.minimum(least, most))
    low, high = _DEEPEST, _HIGHEST
    for _ in range(_ROUNDS):
        level = 0.5 * (low + high)
        spend = _at(inverse, room, np.clip(level, at_cap, at_floor))
        low, high = (level, high) if spend.sum() > total else (low, level)
    return _fitted(_at(inverse, room, np.clip(high, at_cap, at_floor)), room, total)


def _sums(values: Floats, room: Room, groups: int) -> Floats:
    sums: Floats = np.bincount(room.group, values, groups).astype(np.float64)
    return sums


def _at(inverse: Inverse, room: Room, log_level: Floats) -> Floats:
    """Spend per arm at a log marginal value per group."""
    spend: Floats = np.clip(inverse(np.exp(log_level)[room.group]), room.low, room.high)
    return spend


def _group_level(inverse: Inverse, room: Room, target: Floats) -> Floats:
    """The log marginal value at which each group spends its target (or just under it)."""
    low = np.full(len(target), _DEEPEST)
    high = np.full(len(target), _HIGHEST)
    for _ in range(_ROUNDS):
        level = 0.5 * (low + high)
        over = _sums(_at(inverse, room, level), room, len(target)) > target
        low, high = np.where(over, level, low), np.where(over, high, level)
    return high


def _fitted(spend: Floats, room: Room, total: float) -> Floats:
    """Lift groups still a rounding error under their floor, inside arm bounds and the total."""
    groups = len(room.cap)
    short = np.maximum(room.floor - _sums(spend, room, groups), 0.0)
    gap = room.high - spend
    room_left = _sums(gap, room, groups)
    share = np.divide(short, room_left, out=np.zeros(groups), where=room_left > 0)
    lifted: Floats = spend + gap * np.minimum(share, 1.0)[room.group]
    return lifted if lifted.sum() <= total + 1e-6 else spend
