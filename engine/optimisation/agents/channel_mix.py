"""Moves daily budget from the campaign whose last unit brings least to the one whose next brings most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import hypot

from engine.model import curves
from engine.model.curves import Curve
from engine.model.desired import titles
from engine.model.margins import worth
from engine.model.world import World
from engine.optimisation.evidence import bound, interval, may_move_money, movable, stopped_by
from policies import exposure, gate
from policies.actions import Action, BudgetChange, Evidence, SetBudgets, ShiftBudget
from policies.money import MICROS, decimal_text, spoken
from policies.standing import CampaignStanding, Standing
from policies.verdict import Allowed, Escalated

NAME = "channel_mix"
_GRAIN = 1_000_000  # whole units
_MOST_OF_SOURCE = 0.2  # of the giving campaign's budget in one move
_LEAST_OF_SOURCE = 0.03
_LEAST_RATIO = 1.15  # marginal of the taker over the giver: below it the difference may be noise
_CLEAR_RATIO = 1.3
_LEAST_GAIN = 0.002  # of the day's expected worth
_SIZES = (1.0, 0.8, 0.6, 0.45, 0.3, 0.2)
_BOUNDS = frozenset({"share_cap", "channel_daily"})


@dataclass(frozen=True)
class _Pair:
    giver: CampaignStanding
    taker: CampaignStanding
    give: Curve
    take: Curve
    noun: str  # what the curves are of: contribution, or the revenue that stands in for it

    @property
    def ratio(self) -> float:
        """The taker's marginal worth over the giver's, at the budgets now set."""
        least = self.give.marginal(self.giver.daily_micros)
        most = self.take.marginal(self.taker.daily_micros)
        return most / least if least > 0 else float("inf")

    def gain(self, micros: int, trim: int = 0) -> float:
        """Expected worth a day, in micros, of moving that much, ``trim`` of it not set again."""
        up = self.take.value(self.taker.daily_micros + micros - trim) - self.take.value(
            self.taker.daily_micros
        )
        down = self.give.value(self.giver.daily_micros) - self.give.value(
            self.giver.daily_micros - micros
        )
        return up - down

    def spread(self, micros: int, trim: int = 0) -> float:
        """The standard error of that gain, in micros: the two curves err independently of each other."""
        up, now = self.taker.daily_micros, self.giver.daily_micros
        more = self.take.value(up + micros - trim) - self.take.value(up)
        less = self.give.value(now) - self.give.value(now - micros)
        return hypot(more * self.take.error, less * self.give.error)


def propose(world: World) -> list[Action]:
    """At most one shift: the best pair of campaigns whose move the gate would allow.

    When only a written bound stands in the way of a clear gain, one proposal past it a month, to be
    escalated.
    """
    if not may_move_money(world):
        return []
    every = curves.fit(world.facts, world.deals, world.today, world.final_after_days)
    fitted = [c for c in every if c.top_micros > 0]
    money = worth(world.policy, world.standing, [c.campaign for c in fitted])
    learnt = {c.campaign: money.of(c) for c in fitted}
    pairs = sorted(_pairs(world, learnt, money.noun), key=lambda p: -p.gain(_wanted(p)))
    least = _LEAST_GAIN * sum(c.value(c.spend_micros) for c in learnt.values())
    for pair in pairs:
        found = _within(world, pair, least)
        if found is not None:
            return [found]
    beyond = _beyond(world, pairs, least)
    return [beyond] if beyond is not None else []


def _pairs(world: World, learnt: Mapping[str, Curve], noun: str) -> Iterator[_Pair]:
    ready = [c for c in movable(world) if c.campaign in learnt]
    for giver in ready:
        for taker in ready:
            pair = _Pair(giver, taker, learnt[giver.campaign], learnt[taker.campaign], noun)
            noise = 1.0 + 0.25 * min(pair.give.error + pair.take.error, 1.0)
            if giver is not taker and pair.ratio > _LEAST_RATIO * noise:
                yield pair


def _wanted(pair: _Pair, most: float = _MOST_OF_SOURCE) -> int:
    """The move that levels the two marginals, at most that share of the giver; whole units."""
    low, high = 0, int(most * pair.giver.daily_micros)
    giver, taker = pair.giver.daily_micros, pair.taker.daily_micros
    if pair.take.marginal(taker + high) < pair.give.marginal(giver - high):
        while high - low > _GRAIN:
            middle = (low + high) // 2
            better = pair.take.marginal(taker + middle) > pair.give.marginal(giver - middle)
            low, high = (middle, high) if better else (low, middle)
        high = low
    return high // _GRAIN * _GRAIN


def _within(world: World, pair: _Pair, least: float) -> Action | None:
    wanted = _wanted(pair)
    floor = max(_GRAIN, int(_LEAST_OF_SOURCE * pair.giver.daily_micros))
    held: tuple[str, ...] = ()
    for size in _SIZES:
        micros = int(size * wanted) // _GRAIN * _GRAIN
        if micros < floor or pair.gain(micros) < least:
            return None
        action = _shift(world, pair, micros, _evidence(world, pair, micros, held=held))
        verdict = gate.judge(action, world.policy, world.standing)
        if isinstance(verdict, Allowed):
            return action
        held = held or stopped_by(verdict)
        if {r.rule for r in verdict.reasons} == {"month_cap"}:
            trimmed = _trimmed(world, pair, micros, least)
            if trimmed is not None:
                return trimmed
    return None


def _trimmed(world: World, pair: _Pair, micros: int, least: float) -> SetBudgets | None:
    """The move with the taker's rise held back until the month's worst case is inside its cap.

    A change ends what an unchanged budget may bill at most, so after days ahead of pace even a move that
    conserves the day's money raises what the month can bill.
    """
    account = world.standing.account(pair.taker.account)
    if account is None:
        return None
    targets = world.policy.targets
    cap = targets.month_budget * world.policy.guardrails.month_cap.max_share // MICROS
    excess = exposure.client_month_worst_case(_after(world, pair, micros)) - cap
    trim = -(-excess // (account.days_left * _GRAIN)) * _GRAIN
    if not 0 < trim < micros or pair.gain(micros, trim) < least:
        return None
    moved = _shift(world, pair, micros, _evidence(world, pair, micros, trim, ("month cap",)))
    giver, taker = moved.changes
    held = taker.model_copy(update={"after_micros": taker.after_micros - trim})
    action = SetBudgets(
        **{**dict(moved), "kind": "set_budgets", "changes": (giver, held)},
    )
    verdict = gate.judge(action, world.policy, world.standing)
    return action if isinstance(verdict, Allowed) else None


def _beyond(world: World, pairs: list[_Pair], least: float) -> ShiftBudget | None:
    month = world.today.replace(day=1)
    if any(m.beyond_bound and m.at.date() >= month for m in world.last_moves):
        return None
    for pair in pairs:
        micros = _wanted(pair)
        if pair.ratio < _CLEAR_RATIO or pair.gain(micros) < least or micros < _GRAIN:
            continue
        action = _shift(world, pair, micros, ())
        verdict = gate.judge(action, world.policy, world.standing)
        if isinstance(verdict, Escalated) and {r.rule for r in verdict.reasons} <= _BOUNDS:
            evidence = (*_evidence(world, pair, micros), *_worth_of_bound(world, pair, micros))
            return _shift(world, pair, micros, evidence)
    return None


def _held(world: World, pair: _Pair, micros: int, held: tuple[str, ...]) -> tuple[Evidence, ...]:
    """What would level the two campaigns, where less is moved, and which limits hold it there."""
    level = _wanted(pair, 1.0)
    own = level > _wanted(pair)
    limit = (
        (f"the agent's own limit of {_MOST_OF_SOURCE:.0%} of a budget in one move",) if own else ()
    )
    if not limit and not held:
        return ()
    whole = level + _GRAIN > pair.giver.daily_micros
    end = "all the giving campaign has" if whole else "which levels the two campaigns"
    said = f"{spoken(max(level, micros), world.currency)} a day moved, {end}"
    return bound(said, (*limit, *held))


def _evidence(
    world: World, pair: _Pair, micros: int, trim: int = 0, held: tuple[str, ...] = ()
) -> tuple[Evidence, ...]:
    give, take, unit, one = pair.give, pair.take, world.currency, _one(world)
    taker, giver = titles(world.desired, take.campaign, give.campaign)
    return (
        Evidence(
            name=f"The next {one} in {taker} brings",
            value=round(take.marginal(pair.taker.daily_micros), 2),
            unit=f"{unit} of {pair.noun}",
        ),
        Evidence(
            name=f"The last {one} in {giver} brings",
            value=round(give.marginal(pair.giver.daily_micros), 2),
            unit=f"{unit} of {pair.noun}",
        ),
        Evidence(
            name="Expected gain",
            value=round(pair.gain(micros, trim) / MICROS, 2),
            unit=f"{unit} of {pair.noun} a day",
        ),
        interval(pair.gain(micros, trim), pair.spread(micros, trim), unit, "of revenue a day"),
        *_held(world, pair, micros, held),
        Evidence(
            name="Final days seen", value=min(give.sample_days, take.sample_days), unit="days"
        ),
        Evidence(
            name="Relative error of the two curves",
            value=f"{take.error:.0%} and {give.error:.0%}",
        ),
    )


def _worth_of_bound(world: World, pair: _Pair, micros: int) -> tuple[Evidence, ...]:
    """What the bound costs: gain per further point of the taker's share, and the month's exposure after."""
    account = world.standing.account(pair.taker.account)
    channel = pair.taker.channel
    facts = [Evidence(name="beyond_bound", value=1)]
    if account is None:
        return tuple(facts)
    after = _after(world, pair, micros)
    before_share = exposure.channel_share(world.standing, channel) or 0.0
    after_share = exposure.channel_share(after, channel) or 0.0
    points = 100 * (after_share - before_share)
    gain = pair.gain(micros) * account.days_left / MICROS
    if points > 0:
        facts.append(
            Evidence(
                name="Gain per further point of share",
                value=round(gain / points, 2),
                unit=f"{world.currency} of {pair.noun} to month end",
            )
        )
    return (
        *facts,
        Evidence(name="Share after", value=round(100 * after_share, 1), unit="% of the month"),
        Evidence(
            name="Worst case of the month after",
            value=decimal_text(exposure.client_month_worst_case(after)),
            unit=world.currency,
        ),
    )


def _after(world: World, pair: _Pair, micros: int) -> Standing:
    moved = {pair.giver.campaign: -micros, pair.taker.campaign: micros}
    accounts = {a.account: a for a in world.standing.accounts}
    campaigns = tuple(
        exposure.after_change(c, accounts[c.account], c.daily_micros + moved[c.campaign])
        if c.campaign in moved
        else c
        for c in world.standing.campaigns
    )
    return world.standing.model_copy(update={"campaigns": campaigns})


def _one(world: World) -> str:
    """One unit of the client's money, as people say it."""
    return spoken(MICROS, world.currency).removesuffix(".00")


def _shift(world: World, pair: _Pair, micros: int, evidence: tuple[Evidence, ...]) -> ShiftBudget:
    sides = ((pair.giver, -micros), (pair.taker, micros))
    changes = tuple(
        BudgetChange(
            campaign=c.campaign,
            account=c.account,
            channel=c.channel,
            before_micros=c.daily_micros,
            after_micros=c.daily_micros + delta,
        )
        for c, delta in sides
    )
    taker, giver = titles(world.desired, pair.taker.campaign, pair.giver.campaign)
    unit = _one(world)
    reason = (
        f"The next {unit} in {taker} brings about {min(pair.ratio, 99):.1f} times the {pair.noun} of the"
        f" last {unit} in {giver}."
    )
    return ShiftBudget(
        client=world.client,
        currency=world.currency,
        agent=NAME,
        reason=reason[:200],
        evidence=evidence,
        changes=changes,
    )
