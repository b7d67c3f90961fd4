"""Fewer leads becoming customers than before, compared at equal lead age, and the segment that explains it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy import stats

from engine.model import lag
from engine.model.alarms import Alarm, Option
from engine.model.world import World
from policies.actions import Evidence
from policies.money import MICROS, decimal_text, spoken
from policies.rule import channel_name

Flags = npt.NDArray[np.bool_]
_SEGMENTS = (
    "audience",
    "ad_group",
    "campaign",
)  # the finest first; what a deal does not say is skipped
_EXPLAINS = 0.5  # a segment is named when at least this part of the missing customers is its own


@dataclass(frozen=True)
class _Counts:
    """Customers and leads of the window and of the days before it, at equal lead age."""

    won: int
    leads: int
    won_before: int
    leads_before: int

    @property
    def rate(self) -> float:
        return self.won / self.leads

    @property
    def before(self) -> float:
        return self.won_before / self.leads_before

    @property
    def p_value(self) -> float:
        """Fisher's exact test, two-sided."""
        return self.p_against(self.won_before)

    def p_against(self, won_before: int) -> float:
        """The same with another count of customers before."""
        rows = [
            [self.won, self.leads - self.won],
            [won_before, self.leads_before - won_before],
        ]
        return float(stats.fisher_exact(rows).pvalue)


@dataclass(frozen=True)
class _Compared:
    """The deals of one channel: which are of the window, which of before, which count as won, and how old each is."""

    deals: pa.Table
    window: Flags
    before: Flags
    won: Flags
    age: npt.NDArray[np.int64]

    def older(self, curve: lag.Lag) -> float:
        """How much further the window's leads are than those before: the ratio of the shares closed by their ages.

        Under 1 the window has more of the young ones, by a busy day at its end.
        """
        now, then = (
            float(curve.closed_share(self.age[side]).mean()) for side in (self.window, self.before)
        )
        return now / then if then else 1.0

    def counts(self, kept: Flags) -> _Counts:
        now, then = self.window & kept, self.before & kept
        return _Counts(
            int((now & self.won).sum()),
            int(now.sum()),
            int((then & self.won).sum()),
            int(then.sum()),
        )


def watch(world: World) -> list[Alarm]:
    """At most one alarm a channel and month.

    The days before are cut into stretches as long as the window, and each is seen as it stood when it was as old
    as the window is now: a customer counts only when won by that day. So a lead of either side has had the same
    time to become one. Now is the last whole day all sources have told of. The window ends so long ago that its
    leads are on average as old as half of the deals that close, and a day at least. Where the window has more of
    its leads at its young end than the days before, the fall must be beyond chance after that as well.
    """
    if world.late_sources:
        return []
    curve = lag.fit(world.deals, world.today)
    if curve is None:
        return []
    trigger = world.policy.triggers.lead_quality
    last = world.told_until - timedelta(days=_waited(curve, trigger.window_days))
    found = []
    for channel in sorted({c.channel for c in world.standing.campaigns}):
        deals = world.deals.filter(pc.equal(world.deals["channel"], channel))
        sides = _compared(deals, last, world)
        counts = sides.counts(np.ones(deals.num_rows, dtype=np.bool_))
        enough = min(counts.leads, counts.leads_before) >= trigger.min_leads
        if enough and _worse(counts, sides.older(curve), _bound(world)):
            found.append(_alarm(world, channel, sides, counts, last))
    return found


def _worse(counts: _Counts, older: float, bound: float) -> bool:
    """Fewer customers than before, beyond chance: as counted, and at the very mix of ages the window has."""
    expected = round(counts.won_before * min(older, 1.0))
    fewer = counts.rate < expected / counts.leads_before
    return fewer and counts.p_value <= bound and counts.p_against(expected) <= bound


def _bound(world: World) -> float:
    return world.policy.triggers.lead_quality.max_p_value / MICROS


def _waited(curve: lag.Lag, window_days: int) -> int:
    """Days the window is held back so that its leads are on average as old as half of the deals that close.

    One at least: what was won of a lead on its own day hangs on the hour it came.
    """
    median = int(np.searchsorted(curve.closed_by, curve.closed_by[-1] / 2))
    return max(1, median - window_days // 2)


def _compared(deals: pa.Table, last: date, world: World) -> _Compared:
    trigger = world.policy.triggers.lead_quality
    length = trigger.window_days
    ago = _number(last) - _numbers(deals["created_on"])
    stretch = np.floor_divide(ago, length)
    window = stretch == 0
    before = (stretch >= 1) & (ago < length + trigger.baseline_days)
    seen_until = _number(world.told_until) - np.maximum(stretch, 0) * length
    closed_on = pc.fill_null(deals["closed_on"].cast(pa.int32()), -1).to_numpy()
    in_time = (closed_on >= 0) & (closed_on <= seen_until)
    won = pc.fill_null(deals["won"], fill_value=False).to_numpy() & in_time
    age = np.maximum(seen_until - _numbers(deals["created_on"]), 0)
    return _Compared(deals, window, before, won, age)


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def _numbers(column: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    days: npt.NDArray[np.int64] = column.cast(pa.int32()).to_numpy().astype(np.int64)
    return days


def _segment(sides: _Compared, whole: _Counts) -> tuple[str, str, _Counts] | None:
    """The kind and name of the segment most of the missing customers are of, with its own counts."""
    missing = whole.leads * whole.before - whole.won
    for kind in (k for k in _SEGMENTS if k in sides.deals.column_names):
        names = np.array(pc.fill_null(sides.deals[kind], "").to_pylist(), dtype=object)
        there = sorted({n for n in names[sides.window] if n})
        if len(there) + bool((names[sides.window] == "").any()) < 2:
            continue  # a single segment explains nothing
        worst = max(there, key=lambda n: _missing(sides.counts(names == n), whole))
        counts = sides.counts(names == worst)
        if _missing(counts, whole) >= _EXPLAINS * missing:
            return kind, worst, counts
    return None


def _missing(counts: _Counts, whole: _Counts) -> float:
    return counts.leads * whole.before - counts.won


def _alarm(world: World, channel: str, sides: _Compared, counts: _Counts, last: date) -> Alarm:
    name, days = channel_name(channel), world.policy.triggers.lead_quality.window_days
    first = last - timedelta(days=days - 1)
    cost = _cost(world, first, last, "channel", channel)
    segment = _segment(sides, counts)
    told, more = _told(segment, counts)
    lost = max(0.0, 1 - counts.rate / counts.before) * cost / days
    return Alarm(
        kind="lead_quality",
        cause=f"lead_quality:{channel}:{world.today:%Y-%m}",
        title=f"Fewer {name} leads become customers",
        what=(
            f"Of the {counts.leads} {name} leads begun {first:%d %B} to {last:%d %B}, {counts.won} were won"
            f" ({_percent(counts.rate)}); of the {counts.leads_before} before them, at the same age,"
            f" {counts.won_before} ({_percent(counts.before)}). Chance alone would show this in"
            f" {_percent(counts.p_value)} of looks (Fisher exact).{told}"
        ),
        evidence=(
            Evidence(name="Won of the window", value=counts.won, unit=f"of {counts.leads} leads"),
            Evidence(
                name="Won before, at the same age",
                value=counts.won_before,
                unit=f"of {counts.leads_before} leads",
            ),
            Evidence(name="Fisher p, two-sided", value=round(counts.p_value, 3)),
            Evidence(name="Media", value=decimal_text(cost), unit=world.currency),
            *more,
        ),
        options=_options(world, segment, counts, cost),
        waiting_cost_micros=_whole(lost),
    )


def _told(
    segment: tuple[str, str, _Counts] | None, whole: _Counts
) -> tuple[str, tuple[Evidence, ...]]:
    if segment is None:
        return " No single segment explains it.", ()
    kind, name, counts = segment
    word = kind.replace("_", " ")
    rest = (whole.won - counts.won, whole.leads - counts.leads)
    new = " It brought no lead before." if not counts.leads_before else ""
    sentence = (
        f" The {word} {name} explains most of it: {counts.won} won of {counts.leads} leads; the others"
        f" {rest[0]} of {rest[1]}.{new}"
    )
    return sentence, (
        Evidence(
            name=f"Of it in the {word} {name}", value=counts.won, unit=f"of {counts.leads} leads"
        ),
    )


def _options(
    world: World, segment: tuple[str, str, _Counts] | None, counts: _Counts, cost: int
) -> tuple[Option, ...]:
    unit, days = world.currency, world.policy.triggers.lead_quality.window_days
    each = cost / counts.leads
    then = spoken(_whole(each / counts.before), unit)
    now = (
        f"about {spoken(_whole(each / counts.rate), unit)}" if counts.won else "more than was spent"
    )
    a_week = round(7 * counts.leads / days)
    where = "the channel" if segment is None else f"the {segment[0].replace('_', ' ')} {segment[1]}"
    part = counts.leads if segment is None else segment[2].leads
    spent = spoken(_whole(part * each / days), unit)
    return (
        Option(
            label="Tighten the bound",
            consequence=f"At most about {spent} a day is kept out of {where}, at {spoken(_whole(each), unit)} a lead.",
        ),
        Option(
            label="Wait a week",
            consequence=f"About {a_week} more leads are seen, for {spoken(_whole(7 * cost / days), unit)} of media.",
        ),
        Option(
            label="Leave it",
            consequence=f"At today's rate a customer costs {now} at this age; at the earlier rate {then}.",
        ),
    )


def _cost(world: World, first: date, last: date, column: str, value: str) -> int:
    facts = world.facts
    inside = pc.and_(pc.greater_equal(facts["day"], first), pc.less_equal(facts["day"], last))
    mine = pc.and_(pc.equal(facts["level"], "campaign"), pc.equal(facts[column], value))
    return int(pc.sum(facts["cost_micros"].filter(pc.and_(inside, mine))).as_py() or 0)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _whole(amount: float) -> int:
    return round(amount / 10_000) * 10_000
