"""A platform claiming conversions the CRM never saw, or missing those it did."""

from __future__ import annotations

import math
from datetime import timedelta

import pyarrow as pa
import pyarrow.compute as pc

from engine.model.alarms import Alarm, Option
from engine.model.world import World
from policies.actions import Evidence
from policies.money import MICROS, decimal_text
from policies.rule import channel_name

_LEAST = 20  # claims or leads: fewer say nothing


def watch(world: World) -> list[Alarm]:
    """At most one alarm per channel and month, over the trigger's window of final days.

    The gap is the difference over the larger of the two counts, and must be beyond chance as well.
    """
    if world.late_sources:
        return []
    trigger = world.policy.triggers.attribution_mismatch
    last = world.today - timedelta(days=world.final_after_days + 1)
    first = last - timedelta(days=trigger.window_days - 1)
    facts = _window(world.facts, "day", (first, last))
    facts = facts.filter(pc.equal(facts["level"], "campaign"))
    deals = _window(world.deals, "created_on", (first, last))
    found = []
    for channel in sorted({c.channel for c in world.standing.campaigns}):
        mine = facts.filter(pc.equal(facts["channel"], channel))
        claimed = float(pc.sum(mine["conversions"]).as_py() or 0.0)
        cost = int(pc.sum(mine["cost_micros"]).as_py() or 0)
        leads = int(pc.sum(pc.equal(deals["channel"], channel)).as_py() or 0)
        most = max(claimed, leads)
        gap = abs(claimed - leads) / most if most else 0.0
        chance = 2.0 * math.sqrt(claimed + leads)
        beyond = gap > trigger.max_gap_share / MICROS and abs(claimed - leads) > chance
        if most >= _LEAST and beyond:
            found.append(_alarm(world, channel, (claimed, leads, gap), cost))
    return found


def _window(table: pa.Table, column: str, days: tuple[object, object]) -> pa.Table:
    inside = pc.and_(
        pc.greater_equal(table[column], days[0]), pc.less_equal(table[column], days[1])
    )
    return table.filter(inside)


def _alarm(
    world: World, channel: str, figures: tuple[float, int, float], cost_micros: int
) -> Alarm:
    claimed, leads, gap = figures
    name = channel_name(channel)
    days = world.policy.triggers.attribution_mismatch.window_days
    word = "more" if claimed > leads else "fewer"
    evidence = [
        Evidence(name="Claimed by the platform", value=round(claimed, 1), unit="conversions"),
        Evidence(name="Leads in the CRM", value=leads, unit="leads"),
        Evidence(name="Gap", value=round(100 * gap, 1), unit="%"),
        Evidence(name="Media", value=decimal_text(cost_micros), unit=world.currency),
    ]
    return Alarm(
        kind="attribution_mismatch",
        cause=f"attribution_mismatch:{channel}:{world.today:%Y-%m}",
        title=f"{name} and the CRM disagree on conversions",
        what=(
            f"Over {days} settled days {name} claims {claimed:.0f} conversions and the CRM knows {leads}"
            f" leads of it, so the platform has {word}: a gap of {100 * gap:.0f}%."
            " Money still follows the CRM alone."
        ),
        evidence=tuple(evidence),
        options=(
            Option(
                label="Check the tracking",
                consequence="The two counts are compared again on the days after the repair.",
            ),
            Option(
                label="Accept the gap",
                consequence="Nothing moves: the optimiser never uses the platform's own claim.",
            ),
        ),
    )
