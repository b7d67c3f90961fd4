"""The division of a day's money over the arms: the best the curves know inside every bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine.model import allocate, curves
from engine.model.plans import PlanInputs
from engine.planning import envelope as bounds
from engine.planning.arms import Arm
from engine.planning.envelope import Envelope

GRAIN = 1_000_000
"""Budgets are whole units: readable, and valid in every currency."""
_ROUNDS = 60


def divide(inputs: PlanInputs, arms: Sequence[Arm], limits: Envelope) -> list[int] | None:
    """A daily budget per arm in micros; None when the rounds found none inside every bound.

    Shares and worst cases depend on the division itself, so the total is lowered until all of them
    hold.
    """
    total = min(limits.total, float(sum(a.most_micros for a in arms)))
    for _ in range(_ROUNDS):
        daily = _once(arms, limits, total)
        if daily is None:
            return None
        if _over_worst(inputs, arms, limits, daily):
            total *= 0.98
        elif _over_share(arms, limits, daily):
            total = min(total * 0.995, float(sum(daily)))
        else:
            return daily
    return None


def _once(arms: Sequence[Arm], limits: Envelope, total: float) -> list[int] | None:
    channels = list(limits.spent)
    place = np.array([channels.index(a.channel) for a in arms])
    caps = bounds.channel_caps(limits, total)
    bare = np.array([float(min(GRAIN, a.most_micros)) for a in arms])
    room = allocate.Room(
        low=np.maximum(bare, np.array([float(min(a.least_micros, a.most_micros)) for a in arms])),
        high=np.array([float(a.most_micros) for a in arms]),
        group=place,
        floor=np.array([float(limits.least[c]) for c in channels]),
        cap=np.array([caps[c] for c in channels]),
    )
    inverse = curves.inverse([a.value for a in arms])
    spend = allocate.divide(inverse, room, total)
    if spend is None:  # the bounds leave no room to keep what campaigns have
        spend = allocate.divide(inverse, replace(room, low=bare), total)
    if spend is None:
        return None
    daily = [int(x) // GRAIN * GRAIN or int(x) for x in spend + 1e-3]
    for n, channel in enumerate(channels):
        _keep_minimum(daily, np.flatnonzero(place == n), arms, limits.least[channel])
    return daily


def _keep_minimum(daily: list[int], rows: np.ndarray, arms: Sequence[Arm], least: int) -> None:
    """Give back to a channel what rounding took below its minimum."""
    missing = least - sum(daily[r] for r in rows)
    for r in rows:
        if missing <= 0:
            return
        extra = min(missing, arms[r].most_micros - daily[r])
        daily[r] += max(extra, 0)
        missing -= max(extra, 0)


def _over_worst(
    inputs: PlanInputs, arms: Sequence[Arm], limits: Envelope, daily: Sequence[int]
) -> bool:
    worst = sum(bounds.worst(inputs, arms, daily)) + limits.fixed_worst
    spend = sum(limits.spent.values()) + limits.days * sum(daily) + limits.fixed_worst
    return worst > limits.cap or spend > limits.budget


def _over_share(arms: Sequence[Arm], limits: Envelope, daily: Sequence[int]) -> bool:
    month = sum(limits.spent.values()) + limits.days_left * sum(daily)
    for channel, spent in limits.spent.items():
        set_now = sum(d for a, d in zip(arms, daily, strict=True) if a.channel == channel)
        share = limits.share_caps.get(channel, 0.0)
        if spent + limits.days_left * set_now > share * month + 1:
            return True
        if set_now > limits.most[channel]:
            return True
    return False
