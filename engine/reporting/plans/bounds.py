"""What holds a plan: the written bounds it comes up to, and what the gate says of its acts now. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.model.plans import Plan
from engine.reporting.words import channel, money, percent
from policies import exposure
from policies.gate import judge
from policies.money import MICROS
from policies.policy import Policy
from policies.standing import Standing
from policies.verdict import Reason

State = Literal["met", "asks", "stops"]
NEAR = 0.02
"""A figure within this share of its bound has come up to it: another unit would hardly fit."""


@dataclass(frozen=True)
class Bind:
    """One bound. ``state`` met: the plan comes up to it; asks or stops: what the gate says of passing it."""

    rule: str
    state: State
    sentence: str


def binds(
    plan: Plan, policy: Policy | None, standing: Standing, *, judged: bool
) -> tuple[Bind, ...]:
    """The bounds in the order of their gravity.

    ``judged`` False leaves the gate out, as for a plan that is carried out already.
    """
    if policy is None:
        said = "No policy is published, so no bound is known and the gate stops everything."
        return (Bind("Policy", "stops", said),)
    said_now = _gate(plan, policy, standing) if judged else []
    met = [*_month(plan, policy), *_shares(plan, policy), *_daily(plan, policy, standing)]
    order = {"stops": 0, "asks": 1, "met": 2}
    return tuple(sorted([*said_now, *met], key=lambda b: order[b.state]))


def _gate(plan: Plan, policy: Policy, standing: Standing) -> list[Bind]:
    """Each reason once; the acts are judged one by one, as they would be carried out."""
    found: dict[tuple[str, str], Bind] = {}
    for action in plan.actions:
        for r in judge(action, policy, standing).reasons:
            if r.outcome != "allow":
                state: State = "stops" if r.outcome == "block" else "asks"
                found[r.rule, r.sentence] = Bind(_title(policy, r), state, r.sentence)
    return list(found.values())


def _title(policy: Policy, reason: Reason) -> str:
    """The rule's title; a reason of the gate itself has none."""
    named = {rule.name: rule.title for rule in policy.guardrails}
    return named.get(reason.rule, "The gate")


def _month(plan: Plan, policy: Policy) -> list[Bind]:
    rule = policy.guardrails.month_cap
    cap = policy.targets.month_budget * rule.max_share // MICROS
    if plan.month_worst_micros < cap * (1 - NEAR):
        return []
    worst, most = money(plan.month_worst_micros, plan.currency), money(cap, plan.currency)
    return [Bind(rule.title, "met", f"The month may bill {worst} of the {most} allowed.")]


def _shares(plan: Plan, policy: Policy) -> list[Bind]:
    rule = policy.guardrails.share_cap
    caps = {str(c): cap / MICROS for c, cap in rule.max_shares.items()}
    return [
        Bind(
            rule.title,
            "met",
            f"{channel(c)} takes {percent(share, 1)} of a {percent(caps[c])} cap.",
        )
        for c, share in plan.shares.items()
        if c in caps and share >= caps[c] - NEAR
    ]


def _daily(plan: Plan, policy: Policy, standing: Standing) -> list[Bind]:
    rule = policy.guardrails.channel_daily
    platforms = {a.account: a.platform for a in standing.accounts}
    found: list[Bind] = []
    for name, bound in rule.channels.items():
        lines = [line for line in plan.lines if line.channel == name]
        if not lines or lines[0].account not in platforms:
            continue
        daily = sum(line.daily_micros for line in lines)
        least, unit = bound.min_daily, plan.currency
        most = exposure.largest_budget_under(platforms[lines[0].account], bound.max_daily)
        if least and daily <= least * (1 + NEAR):
            said = f"{channel(name)} is set to {money(daily, unit)}, at its minimum of {money(least, unit)} a day."
            found.append(Bind(rule.title, "met", said))
        if daily >= most * (1 - NEAR):
            said = (
                f"{channel(name)} is set to {money(daily, unit)}; at most {money(most, unit)} may be set "
                f"under {money(bound.max_daily, unit)} billable a day."
            )
            found.append(Bind(rule.title, "met", said))
    return found
