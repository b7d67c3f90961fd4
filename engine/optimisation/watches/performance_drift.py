"""Cost per closed-won customer drifting over its target, judged on leads old enough and with an interval."""

from __future__ import annotations

from datetime import timedelta

import pyarrow.compute as pc
from scipy import special

from engine.model import lag
from engine.model.alarms import Alarm, Option
from engine.model.world import World
from policies.actions import Evidence
from policies.money import MICROS, decimal_text, spoken


def watch(world: World) -> list[Alarm]:
    """One alarm a month at most, when even the kind end of an 80 % interval is over the target.

    Customers are those won from the window's leads and those its open deals still promise at their
    age.
    """
    if world.late_sources:
        return []
    trigger, target = world.policy.triggers.performance_drift, world.policy.targets.cac
    last = world.today - timedelta(days=world.final_after_days + 1)
    first = last - timedelta(days=trigger.window_days - 1)
    facts = world.facts.filter(
        pc.and_(
            pc.equal(world.facts["level"], "campaign"),
            pc.and_(
                pc.greater_equal(world.facts["day"], first), pc.less_equal(world.facts["day"], last)
            ),
        )
    )
    cost = int(pc.sum(facts["cost_micros"]).as_py() or 0)
    customers = _customers(world, (first, last))
    if customers is None or cost == 0:
        return []
    low, mid, high = customers
    if cost / mid <= target * (1 + trigger.max_over_target_share / MICROS) or cost / high <= target:
        return []
    return [_alarm(world, cost, (low, mid, high), trigger.window_days)]


def _customers(world: World, days: tuple[object, object]) -> tuple[float, float, float] | None:
    """Expected customers of the paid leads of those days with an 80 % interval (gamma); None: no lag known."""
    curve = lag.fit(world.deals, world.today)
    if curve is None:
        return None
    created = world.deals["created_on"]
    paid = pc.not_equal(world.deals["channel"], "")
    inside = pc.and_(pc.greater_equal(created, days[0]), pc.less_equal(created, days[1]))
    deals = world.deals.filter(pc.and_(inside, paid))
    age, closed = lag.ages(deals, world.today)
    won = pc.fill_null(deals["won"], fill_value=False).to_numpy() & closed
    _, all_closed = lag.ages(world.deals, world.today)
    all_won = pc.fill_null(world.deals["won"], fill_value=False).to_numpy() & all_closed
    rate = float(all_won.sum() / max(all_closed.sum(), 1))
    mid = float(won.sum() + curve.expected_won(age[~closed], rate).sum())
    shape = max(mid, 0.1) + 0.5
    low, high = special.gammaincinv(shape, [0.1, 0.9])
    return float(low), max(mid, 0.1), float(high)


def _alarm(
    world: World, cost: int, customers: tuple[float, float, float], window_days: int
) -> Alarm:
    low, mid, high = customers
    target, unit = world.policy.targets.cac, world.currency
    cac = cost / mid
    waste = max(cost - mid * target, 0) / window_days
    said = decimal_text(_whole(cac))
    return Alarm(
        kind="performance_drift",
        cause=f"performance_drift:all:{world.today:%Y-%m}",
        title="Cost per customer is over its target",
        what=(
            f"Over {window_days} settled days a closed-won customer costs {spoken(cac, unit)}, counting what open deals"
            f" still promise; the target is {spoken(target, unit)}."
        ),
        evidence=(
            Evidence(name="Cost per customer", value=said, unit=unit),
            Evidence(name="At best (80%)", value=decimal_text(_whole(cost / high)), unit=unit),
            Evidence(name="At worst (80%)", value=decimal_text(_whole(cost / low)), unit=unit),
            Evidence(name="Target", value=decimal_text(target), unit=unit),
            Evidence(name="Customers, won and expected", value=round(mid, 1), unit="customers"),
            Evidence(name="Media", value=decimal_text(cost), unit=unit),
        ),
        options=(
            Option(
                label="Plan the month again",
                consequence="A new plan on today's curves comes to you for approval.",
            ),
            Option(
                label="Change the target",
                consequence=f"At {spoken(cac, unit)} the drift counts as agreed and this closes.",
            ),
            Option(
                label="Leave it",
                consequence=f"About {spoken(_whole(waste), unit)} a day goes over the target.",
            ),
        ),
        waiting_cost_micros=_whole(waste),
    )


def _whole(amount: float) -> int:
    return round(amount / 10_000) * 10_000
