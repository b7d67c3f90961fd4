"""The bounds of a plan as numbers: what a day may cost in all, per channel, and why it may be impossible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engine.model.plans import PlanInputs
from engine.model.time import days_in_month
from engine.planning.arms import Arm
from policies import exposure
from policies.money import MICROS, spoken
from policies.rule import channel_name
from policies.standing import CampaignStanding

_MONTH_OF_DAYS = 30.4  # what Google bills at most on an unchanged daily budget, in days


@dataclass(frozen=True)
class Envelope:
    """Bounds a day, in micros. ``days`` is how many days of spend the month still has room for.

    ``spent`` is what the month has billed before today per channel; ``fixed_worst`` the worst case
    of campaigns the plan does not touch; ``most`` and ``least`` the channels' daily bounds on what
    is set.
    """

    days_left: int
    days: float
    total: float
    budget: int
    cap: int
    spent: dict[str, int]
    fixed_worst: int
    least: dict[str, int]
    most: dict[str, int]
    share_caps: dict[str, float]


def envelope(inputs: PlanInputs, arms: Sequence[Arm]) -> Envelope:
    """The bounds for these arms, from the policy and the month so far."""
    rails, today = inputs.policy.guardrails, inputs.today
    channels = {a.channel: a.standing.platform for a in arms}
    bounds = {str(c): bound for c, bound in rails.channel_daily.channels.items()}
    budget = inputs.policy.targets.month_budget
    cap = budget * rails.month_cap.max_share // MICROS
    left = days_in_month(today) - today.day + 1
    days = max(_MONTH_OF_DAYS, left) if today.day == 1 else float(left)
    mine = {a.campaign for a in arms}
    others = [c for c in inputs.standing.campaigns if c.campaign not in mine]
    fixed = sum(_worst(inputs, c) for c in others)
    spent = dict.fromkeys(channels, 0)
    for arm in arms:
        spent[arm.channel] += arm.standing.spent_before_today_micros
    room = min(budget, cap) - fixed - sum(spent.values())
    return Envelope(
        days_left=left,
        days=days,
        total=max(room, 0) / days,
        budget=budget,
        cap=cap,
        spent=spent,
        fixed_worst=fixed,
        least={c: bounds[c].min_daily for c in channels if c in bounds},
        most={
            c: exposure.largest_budget_under(platform, bounds[c].max_daily)
            for c, platform in channels.items()
            if c in bounds
        },
        share_caps={str(c): share / MICROS for c, share in rails.share_cap.max_shares.items()},
    )


def impossible(inputs: PlanInputs, arms: Sequence[Arm], envelope: Envelope) -> tuple[str, ...]:
    """Why no plan can stand inside the bounds, as sentences; empty when one may."""
    unit, month = inputs.currency, inputs.today.strftime("%B %Y")
    if not arms:
        return ("There is no running campaign and no launch to plan; open a campaign first.",)
    found = []
    for channel in envelope.spent:
        if channel not in envelope.least:
            found.append(f"{channel_name(channel)} has no written daily bound; write one first.")
        elif envelope.least[channel] > envelope.most[channel]:
            found.append(
                f"{channel_name(channel)} keeps {spoken(envelope.least[channel], unit)} a day set,"
                f" but only {spoken(envelope.most[channel], unit)} may be set under its daily maximum."
            )
    minimum = sum(envelope.least.values())
    if minimum > envelope.total:
        found.append(
            f"The channels' daily minimums come to {spoken(minimum, unit)}, but {month} has room for"
            f" {spoken(int(envelope.total), unit)} a day: lower a minimum or raise the month's budget."
        )
    return tuple(found)


def channel_caps(envelope: Envelope, total: float) -> dict[str, float]:
    """The most each channel may have set a day when all channels have ``total`` between them."""
    month = sum(envelope.spent.values()) + envelope.days_left * total
    caps = {}
    for channel, spent in envelope.spent.items():
        share = envelope.share_caps.get(channel, 0.0)
        by_share = (share * month - spent) / envelope.days_left
        caps[channel] = max(0.0, min(by_share, float(envelope.most.get(channel, 0))))
    return caps


def worst(inputs: PlanInputs, arms: Sequence[Arm], daily: Sequence[int]) -> list[int]:
    """The most each arm can bill this month once its budget is set today, in micros."""
    found = []
    for arm, amount in zip(arms, daily, strict=True):
        account = inputs.standing.account(arm.account)
        if account is None:
            raise KeyError(arm.account)
        after = arm.standing
        if arm.launch is not None or amount != arm.before_micros:
            after = exposure.after_change(arm.standing, account, amount, enabled=True)
        found.append(exposure.month_worst_case(after, account))
    return found


def _worst(inputs: PlanInputs, campaign: CampaignStanding) -> int:
    account = inputs.standing.account(campaign.account)
    return exposure.month_worst_case(campaign, account) if account else 0


def month_of(today: date) -> date:
    """The month a plan is for, as its first day."""
    return today.replace(day=1)
