"""A day's spend away from both its history and the budgets set: more than overdelivery explains."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from engine.model.alarms import Alarm, Option
from engine.model.world import World
from policies.actions import Evidence
from policies.money import MICROS, decimal_text, spoken
from policies.rule import channel_name

Floats = npt.NDArray[np.float64]
_WEEKS = 8
_LEAST_HISTORY = 4  # same weekdays
_Z = 4.0
_QUIET = 0.18  # a day swings by about this much by itself: eight days may look calmer by luck
_OVERDELIVERY = 1.5  # Google spends up to twice a budget on a good day; 1.4 times is no news


def watch(world: World) -> list[Alarm]:
    """At most one alarm per channel, on yesterday: a day that is whole, if its source is fresh."""
    if world.late_sources:
        return []
    day = world.today - timedelta(days=1)
    campaign = world.facts.filter(pc.equal(world.facts["level"], "campaign"))
    found = []
    for channel in sorted({c.channel for c in world.standing.campaigns}):
        spend = _days(campaign.filter(pc.equal(campaign["channel"], channel)), day)
        alarm = _judged(world, channel, day, spend)
        if alarm is not None:
            found.append(alarm)
    return found


def _days(table: pa.Table, last: date) -> Floats:
    """Spend of each day up to ``last``, oldest first; days without a row are 0."""
    length = 7 * (_WEEKS + 1)
    first = last - timedelta(days=length - 1)
    ago = table["day"].cast(pa.int32()).to_numpy() - (first - date(1970, 1, 1)).days
    inside = (ago >= 0) & (ago < length)
    cost = table["cost_micros"].to_numpy().astype(np.float64)
    sums: Floats = np.bincount(ago[inside], cost[inside], length).astype(np.float64)
    return sums


def _judged(world: World, channel: str, day: date, spend: Floats) -> Alarm | None:
    history = _same_weekday(spend)
    if history is None:
        return None
    ratios, level = history
    middle = float(np.median(ratios))
    scale = max(1.4826 * float(np.median(np.abs(ratios - middle))), _QUIET * max(middle, 0.1))
    seen, usual = float(spend[-1]), middle * level
    z = (seen / level - middle) / scale
    expected = _nearest(seen, usual, middle * _set_level(world, channel))
    trigger = world.policy.triggers.spend_anomaly
    off = seen - expected
    share = trigger.min_deviation_share / MICROS
    enough = abs(off) > max(trigger.min_deviation, share * expected)
    high = seen > _OVERDELIVERY * expected
    if abs(z) < _Z or not enough or (off > 0 and not high):
        return None
    return _alarm(world, channel, day, (seen, expected, z))


def _same_weekday(spend: Floats) -> tuple[Floats, float] | None:
    """Each same weekday over the mean of the week before it, and that mean for the day itself."""
    places = np.arange(len(spend) - 1, 6, -7)
    before = np.array([spend[p - 7 : p].mean() for p in places])
    if before[0] <= 0:
        return None
    used = before[1:] > 0
    if used.sum() < _LEAST_HISTORY:
        return None
    ratios: Floats = spend[places[1:]][used] / before[1:][used]
    return ratios, float(before[0])


def _set_level(world: World, channel: str) -> float:
    """What is set a day on the channel, in micros: the yardstick right after our own change."""
    return float(
        sum(c.daily_micros for c in world.standing.campaigns if c.channel == channel and c.enabled)
    )


def _nearest(seen: float, *expected: float) -> float:
    """Of several expectations the kindest: an alarm must be off against all of them."""
    return min(expected, key=lambda e: abs(seen - e))


def _alarm(world: World, channel: str, day: date, figures: tuple[float, float, float]) -> Alarm:
    seen, expected, z = figures
    name, unit = channel_name(channel), world.currency
    year, week, _ = day.isocalendar()
    word = "above" if seen > expected else "below"
    off = abs(seen - expected)
    spent, usual = decimal_text(_whole(seen)), decimal_text(_whole(expected))
    return Alarm(
        kind="spend_anomaly",
        cause=f"spend_anomaly:{channel}:{year}-W{week:02d}",
        title=f"{name} spend is far {word} a normal {day:%A}",
        what=(
            f"{name} spent {spoken(seen, unit)} on {day:%A %d %B}; {spoken(expected, unit)} was expected"
            f" from the same weekday and from the budgets set. That is more than overdelivery explains."
        ),
        evidence=(
            Evidence(name="Spent", value=spent, unit=unit),
            Evidence(name="Expected", value=usual, unit=unit),
            Evidence(name="Robust z", value=round(z, 1)),
        ),
        options=(
            Option(
                label="Pause the channel",
                consequence=f"About {spoken(expected, unit)} a day is not spent, and its leads stop.",
            ),
            Option(
                label="Leave it",
                consequence=f"Another day like this is {spoken(_whole(off), unit)} off.",
            ),
        ),
        waiting_cost_micros=_whole(off),
    )


def _whole(amount: float) -> int:
    return round(amount / 10_000) * 10_000
