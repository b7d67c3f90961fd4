"""A figure drifting past its target, judged on days and leads old enough and with an interval."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pyarrow as pa
import pyarrow.compute as pc

from engine.model.alarms import Alarm, Option
from engine.model.lag import MIN_CLOSED
from engine.model.trajectory import MONTH_DAYS, Interval, Trajectory, trajectory
from engine.model.world import World
from policies.actions import Evidence
from policies.money import MICROS, decimal_text, spoken


@dataclass(frozen=True)
class _Drift:
    """One figure past its target; ``ends`` are the kind and the unkind one, ``waste`` is in micros a day."""

    key: str
    title: str
    sentence: str
    name: str
    figure: str
    ends: tuple[str, str]
    target: str
    unit: str
    more: tuple[Evidence, ...]
    waste: int | None
    leave: str


def watch(world: World) -> list[Alarm]:
    """One alarm a month and target at most, when even the kind end of an 80 % interval is past the target.

    Judged are the targets that are written, on the trigger's window of final days; customers are those won from
    the window's leads and those its open deals still promise at their age.
    """
    if world.late_sources:
        return []
    found = _settled(world)
    if not found.media_micros:
        return []
    drifts = (check(world, found) for check in _CHECKS)
    return [_alarm(world, drift, found.media_micros) for drift in drifts if drift is not None]


def _settled(world: World) -> Trajectory:
    days = world.policy.triggers.performance_drift.window_days
    last = world.today - timedelta(days=world.final_after_days + 1)
    first = last - timedelta(days=days - 1)
    facts = _window(world.facts, "day", first, last)
    facts = facts.filter(pc.equal(facts["level"], "campaign"))
    cost = int(pc.sum(facts["cost_micros"]).as_py() or 0)
    deals = _window(world.deals, "created_on", first, last)
    return trajectory(cost, deals, world.deals, world.today, (first, last))


def _window(table: pa.Table, column: str, first: object, last: object) -> pa.Table:
    inside = pc.and_(pc.greater_equal(table[column], first), pc.less_equal(table[column], last))
    return table.filter(inside)


def _above(found: Interval, target: float, share: float) -> bool:
    return found.mid > target * (1 + share) and found.low > target


def _below(found: Interval, target: float, share: float) -> bool:
    return found.mid < target * (1 - share) and found.high < target


def _share(world: World) -> float:
    return world.policy.triggers.performance_drift.max_over_target_share / MICROS


def _cac(world: World, found: Trajectory) -> _Drift | None:
    target, unit, cac = world.policy.targets.cac, world.currency, found.cac
    if cac is None or found.customers is None or not _above(cac, target, _share(world)):
        return None
    customers = round(found.customers.mid, 1)
    waste = max(found.media_micros - found.customers.mid * target, 0) / found.days
    return _Drift(
        "all",
        "Cost per customer is over its target",
        f"a closed-won customer costs {spoken(cac.mid, unit)}, counting what open deals still promise;"
        f" the target is {spoken(target, unit)}",
        "Cost per customer",
        _money(cac.mid),
        (_money(cac.low), _money(cac.high)),
        decimal_text(target),
        unit,
        (Evidence(name="Customers, won and expected", value=customers, unit="customers"),),
        _whole(waste),
        f"About {spoken(_whole(waste), unit)} a day goes over the target.",
    )


def _cost_per_action(world: World, found: Trajectory) -> _Drift | None:
    target, unit, cost = world.policy.targets.cost_per_action, world.currency, found.cost_per_action
    known = (
        world.deals.num_rows >= MIN_CLOSED
    )  # a CRM that tells next to nothing is no proof of no action
    if target is None or not known or not _above(cost, target, _share(world)):
        return None
    waste = max(found.media_micros - found.actions.mid * target, 0) / found.days
    noun = world.policy.targets.primary_action.replace("_", " ")
    return _Drift(
        "cost_per_action",
        "Cost per primary action is over its ceiling",
        f"one {noun} costs {spoken(cost.mid, unit)}; the ceiling is {spoken(target, unit)}",
        "Cost per primary action",
        _money(cost.mid),
        (_money(cost.low), _money(cost.high)),
        decimal_text(target),
        unit,
        (Evidence(name="Primary actions", value=round(found.actions.mid, 1), unit="actions"),),
        _whole(waste),
        f"About {spoken(_whole(waste), unit)} a day goes over the ceiling.",
    )


def _roas(world: World, found: Trajectory) -> _Drift | None:
    floor, unit, roas = world.policy.targets.roas_floor, world.currency, found.roas
    if floor is None or roas is None or not _below(roas, floor / MICROS, _share(world)):
        return None
    lacking = (floor / MICROS - roas.mid) * found.media_micros / found.days
    revenue = _money(roas.mid * found.media_micros)
    return _Drift(
        "roas",
        "Blended ROAS is under its floor",
        f"each {spoken(MICROS, unit)} of media brings {spoken(roas.mid * MICROS, unit)} of closed-won revenue,"
        f" counting what open deals still promise; the floor is {spoken(floor, unit)}",
        "Blended ROAS",
        f"{roas.mid:.2f}",
        (f"{roas.high:.2f}", f"{roas.low:.2f}"),
        f"{floor / MICROS:.2f}",
        "x",
        (Evidence(name="Revenue, won and expected", value=revenue, unit=unit),),
        _whole(lacking),
        f"About {spoken(_whole(lacking), unit)} of revenue a day is missing to the floor.",
    )


def _payback(world: World, found: Trajectory) -> _Drift | None:
    targets = world.policy.targets
    most, told = targets.payback_months, found.payback(_margin(world))
    if most is None or told is None or told.known_months < most:
        return None  # no deal is old enough yet to have been late
    if not _above(told.months, most, _share(world)):
        return None
    known = math.floor(told.known_months)
    return _Drift(
        "payback",
        "Media is paid back too late",
        f"media is paid back {_months(told.months.mid, known)} by the customers it won, {_basis(world)};"
        f" the target is {most} months",
        "Payback",
        _months(told.months.mid, known),
        (_months(told.months.low, known), _months(told.months.high, known)),
        str(most),
        "months",
        (Evidence(name="Deals are known up to an age of", value=known, unit="months"),),
        None,
        "The cash tied up in media grows with each day; what it costs is not known here.",
    )


def _contribution(world: World, found: Trajectory) -> _Drift | None:
    floor, unit = world.policy.targets.contribution_floor, world.currency
    month = found.month_contribution(_margin(world))
    if floor is None or month is None or not _below(month, floor, _share(world)):
        return None
    lacking = (floor - month.mid) / MONTH_DAYS
    return _Drift(
        "contribution",
        "Contribution is under its floor",
        f"the pace is {spoken(month.mid, unit)} of contribution a month after media, {_basis(world)}, fees not"
        f" counted; the floor is {spoken(floor, unit)}",
        "Contribution a month",
        _money(month.mid),
        (_money(month.high), _money(month.low)),
        decimal_text(floor),
        unit,
        (),
        _whole(lacking),
        f"About {spoken(_whole(lacking), unit)} a day is missing to the floor.",
    )


_CHECKS: tuple[Callable[[World, Trajectory], _Drift | None], ...] = (
    _cac,
    _cost_per_action,
    _roas,
    _payback,
    _contribution,
)


def _margin(world: World) -> float:
    margin = world.policy.targets.margin
    return 1.0 if margin is None else margin / MICROS


def _basis(world: World) -> str:
    margin = world.policy.targets.margin
    if margin is None:
        return "with revenue standing in for margin, which is not written"
    return f"at a margin of {100 * margin / MICROS:.0f}%"


def _months(months: float, known: int) -> str:
    return f"not within {known} months" if math.isinf(months) else f"after {months:.1f} months"


def _alarm(world: World, drift: _Drift, media_micros: int) -> Alarm:
    days, media = world.policy.triggers.performance_drift.window_days, decimal_text(media_micros)
    return Alarm(
        kind="performance_drift",
        cause=f"performance_drift:{drift.key}:{world.today:%Y-%m}",
        title=drift.title,
        what=f"Over {days} settled days {drift.sentence}.",
        evidence=(
            Evidence(name=drift.name, value=drift.figure, unit=drift.unit),
            Evidence(name="At best (80%)", value=drift.ends[0], unit=drift.unit),
            Evidence(name="At worst (80%)", value=drift.ends[1], unit=drift.unit),
            Evidence(name="Target", value=drift.target, unit=drift.unit),
            *drift.more,
            Evidence(name="Media", value=media, unit=world.currency),
        ),
        options=(
            Option(
                label="Plan the month again",
                consequence="A new plan on today's curves comes to you for approval.",
            ),
            Option(
                label="Change the target",
                consequence=f"With {_agreed(drift)} as the target the drift counts as agreed and this closes.",
            ),
            Option(label="Leave it", consequence=drift.leave),
        ),
        waiting_cost_micros=drift.waste,
    )


def _agreed(drift: _Drift) -> str:
    return f"{drift.figure} {drift.unit}" if drift.key != "payback" else "a longer time"


def _money(amount: float) -> str:
    return decimal_text(_whole(amount))


def _whole(amount: float) -> int:
    return round(amount / 10_000) * 10_000
