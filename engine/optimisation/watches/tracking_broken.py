"""Clicks going on as ever while conversions or leads stop: the tracking, more likely than the people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc
from scipy import stats

from engine.model.alarms import Alarm, Option
from engine.model.world import World
from policies.actions import Evidence
from policies.money import MICROS, decimal_text, spoken
from policies.rule import channel_name

_NORMAL = 0.5  # of the usual clicks a day: with fewer it is the traffic that is gone
_LEAST = 20  # results before: a rate learnt from fewer says nothing


@dataclass(frozen=True)
class _Seen:
    """Clicks, results and media of the window and of the days before it."""

    clicks: int
    results: float
    clicks_before: int
    results_before: float
    cost_micros: int

    @property
    def expected(self) -> float:
        """Results at the usual rate."""
        return self.clicks * self.results_before / self.clicks_before


def watch(world: World) -> list[Alarm]:
    """At most one alarm a channel, kind of result and month.

    Conversions are those the platform claims, by the day of the click; leads those of the CRM, by the day they
    began and only of days it has told of. The test is binomial: so few results of so many clicks, at the usual
    rate less the share that may still come in.
    """
    if world.late_sources:
        return []
    trigger = world.policy.triggers.tracking_broken
    newest = world.today - timedelta(days=1 + trigger.settle_days)
    told = min(newest, world.told_until)
    facts = world.facts.filter(pc.equal(world.facts["level"], "campaign"))
    found = []
    for channel in sorted({c.channel for c in world.standing.campaigns}):
        mine = facts.filter(pc.equal(facts["channel"], channel))
        deals = world.deals.filter(pc.equal(world.deals["channel"], channel))
        for what, last in (("conversions", newest), ("leads", told)):
            seen = _seen(world, mine, deals if what == "leads" else None, last)
            p_value = _p_value(world, seen)
            if p_value is not None and p_value <= trigger.max_p_value / MICROS:
                found.append(_alarm(world, (channel, what), seen, p_value, last))
    return found


def _seen(world: World, facts: pa.Table, deals: pa.Table | None, last: date) -> _Seen:
    """``deals`` None: the results are the platform's conversions."""
    trigger = world.policy.triggers.tracking_broken
    first = last - timedelta(days=trigger.window_days - 1)
    sides = (
        (first, last),
        (first - timedelta(days=trigger.baseline_days), first - timedelta(days=1)),
    )
    now, then = (_between(facts, "day", *side) for side in sides)
    if deals is None:
        results = [float(pc.sum(t["conversions"]).as_py() or 0.0) for t in (now, then)]
    else:
        results = [float(_between(deals, "created_on", *side).num_rows) for side in sides]
    return _Seen(
        int(pc.sum(now["clicks"]).as_py() or 0),
        results[0],
        int(pc.sum(then["clicks"]).as_py() or 0),
        results[1],
        int(pc.sum(now["cost_micros"]).as_py() or 0),
    )


def _between(table: pa.Table, column: str, first: date, last: date) -> pa.Table:
    inside = pc.and_(pc.greater_equal(table[column], first), pc.less_equal(table[column], last))
    return table.filter(inside)


def _p_value(world: World, seen: _Seen) -> float | None:
    """The chance of so few results or fewer if nothing is broken; None where nothing can be said."""
    trigger = world.policy.triggers.tracking_broken
    usual = seen.clicks_before * trigger.window_days / trigger.baseline_days
    if seen.results_before < _LEAST or not seen.clicks_before or seen.clicks < _NORMAL * usual:
        return None
    rate = min(1.0, seen.results_before / seen.clicks_before)
    rate *= 1 - trigger.late_share / MICROS
    return float(stats.binom.cdf(round(seen.results), seen.clicks, rate))


def _alarm(world: World, about: tuple[str, str], seen: _Seen, p_value: float, last: date) -> Alarm:
    channel, what = about
    name, unit = channel_name(channel), world.currency
    days = world.policy.triggers.tracking_broken.window_days
    late = 100 * world.policy.triggers.tracking_broken.late_share / MICROS
    first = last - timedelta(days=days - 1)
    a_day = seen.cost_micros / days
    missing = max(0.0, seen.expected - seen.results)
    where = "from the ad platform" if what == "conversions" else "in the CRM"
    return Alarm(
        kind="tracking_broken",
        cause=f"tracking_broken:{what}:{channel}:{world.today:%Y-%m}",
        title=f"{name}: clicks go on, {what} stopped",
        what=(
            f"From {first:%d %B} to {last:%d %B} {name} had {seen.clicks:,} clicks and {seen.results:,.0f} {what}"
            f" {where}; {seen.expected:,.0f} were to be expected at its usual rate. Even with {late:.0f}% of them"
            " still to come in, chance alone does not explain it."
        ),
        evidence=(
            Evidence(name="Clicks", value=seen.clicks, unit="clicks"),
            Evidence(name=what.capitalize(), value=round(seen.results, 1), unit=what),
            Evidence(name="Expected", value=round(seen.expected, 1), unit=what),
            Evidence(name="Binomial p", value=float(f"{p_value:.2g}")),
            Evidence(name="Media", value=decimal_text(seen.cost_micros), unit=unit),
        ),
        options=(
            Option(
                label="Repair the tracking",
                consequence=f"About {missing:,.0f} {what} of these {days} days may have to be brought in later.",
            ),
            Option(
                label="Pause the channel meanwhile",
                consequence=f"About {spoken(_whole(a_day), unit)} a day is not spent, and its leads stop.",
            ),
            Option(
                label="Leave it",
                consequence=f"{spoken(_whole(a_day), unit)} a day goes on without anybody seeing what it brings.",
            ),
        ),
        waiting_cost_micros=_whole(a_day * missing / seen.expected),
    )


def _whole(amount: float) -> int:
    return round(amount / 10_000) * 10_000
