"""A month's media plan inside the guardrails, or the reasons why there is none."""

from __future__ import annotations

from collections.abc import Sequence

from engine.model.plans import Infeasible, Plan, PlanInputs, PlanLine
from engine.planning import envelope as bounds
from engine.planning import forecast
from engine.planning.arms import Arm, arms
from engine.planning.divide import divide
from engine.planning.envelope import Envelope
from policies.actions import BudgetChange, LaunchCampaign, SetBudgets
from policies.money import spoken

AGENT = "planning"


def plan(inputs: PlanInputs) -> Plan | Infeasible:
    """Divide the month's budget over the campaigns. The step bound does not apply: a person approves a plan.

    Never above the month's budget or cap (worst case included), a channel's share or daily bounds.
    """
    found = arms(inputs)
    limits = bounds.envelope(inputs, found)
    reasons = bounds.impossible(inputs, found, limits)
    if reasons:
        return Infeasible(reasons)
    daily = divide(inputs, found, limits)
    if daily is None:
        return Infeasible(_tight(inputs, found, limits))
    return _written(inputs, found, limits, daily)


def _tight(inputs: PlanInputs, found: Sequence[Arm], limits: Envelope) -> tuple[str, ...]:
    caps = bounds.channel_caps(limits, limits.total)
    unit = inputs.currency
    reasons = [
        f"{channel} must have {spoken(least, unit)} a day set, but its share cap leaves"
        f" {spoken(int(caps[channel]), unit)} for the rest of the month."
        for channel, least in limits.least.items()
        if least > caps[channel]
    ]
    for channel, least in limits.least.items():
        most = sum(a.most_micros for a in found if a.channel == channel)
        if least > most:
            reasons.append(
                f"{channel} must have {spoken(least, unit)} a day set, but its campaigns can take"
                f" {spoken(most, unit)}, three times what they were seen at."
            )
    fallback = (
        "No division of the money meets the month's cap and the share caps at once; loosen one."
    )
    return tuple(reasons) or (fallback,)


def _written(
    inputs: PlanInputs, found: Sequence[Arm], limits: Envelope, daily: Sequence[int]
) -> Plan:
    worst = bounds.worst(inputs, found, daily)
    lines = tuple(
        _line(arm, amount, most, limits, inputs.primary_share)
        for arm, amount, most in zip(found, daily, worst, strict=True)
    )
    spend = sum(line.month_spend_micros for line in lines)
    won = forecast.together([line.won for line in lines])
    return Plan(
        client=inputs.client,
        month=bounds.month_of(inputs.today),
        currency=inputs.currency,
        lines=lines,
        shares=_shares(lines, spend),
        budget_micros=limits.budget,
        month_spend_micros=spend,
        month_worst_micros=sum(worst) + limits.fixed_worst,
        primary_actions=forecast.together([line.primary_actions for line in lines]),
        won=won,
        revenue_micros=forecast.together([line.revenue_micros for line in lines]),
        cac_micros=forecast.cost_each(spend, won),
        fee_percent=inputs.fee_percent,
        fee_micros=round(spend * inputs.fee_percent / 100),
        actions=_actions(inputs, found, daily),
        notes=_notes(inputs, found, limits, daily),
    )


def _line(arm: Arm, daily: int, worst: int, limits: Envelope, primary_share: float) -> PlanLine:
    curve, already = arm.curve, arm.standing.spent_before_today_micros
    leads = curve.leads(daily) * limits.days_left + curve.leads_per_micro * already
    back = curve.value(curve.spend_micros) / curve.spend_micros if curve.spend_micros else 0.0
    revenue = curve.value(daily) * limits.days_left + back * already
    won, counted = leads * curve.won_per_lead, leads * primary_share
    return PlanLine(
        campaign=arm.campaign,
        channel=arm.channel,
        account=arm.account,
        before_micros=arm.before_micros,
        daily_micros=daily,
        month_spend_micros=already + daily * limits.days_left,
        month_worst_micros=worst,
        primary_actions=forecast.spread(counted, curve.error, counted),
        won=forecast.spread(won, curve.error, won),
        revenue_micros=forecast.spread(revenue, curve.error, won),
        launch=arm.launch is not None,
    )


def _shares(lines: Sequence[PlanLine], spend: int) -> dict[str, float]:
    shares: dict[str, float] = {}
    for line in lines:
        part = line.month_spend_micros / spend if spend else 0.0
        shares[line.channel] = shares.get(line.channel, 0.0) + part
    return shares


def _actions(
    inputs: PlanInputs, found: Sequence[Arm], daily: Sequence[int]
) -> tuple[SetBudgets | LaunchCampaign, ...]:
    """The acts as the gate would judge them: one for every budget that changes, one per launch."""
    changes = tuple(
        BudgetChange(
            campaign=arm.campaign,
            account=arm.account,
            channel=arm.channel,
            before_micros=arm.before_micros,
            after_micros=amount,
        )
        for arm, amount in zip(found, daily, strict=True)
        if arm.launch is None and amount != arm.before_micros
    )
    launches = tuple(
        arm.launch.model_copy(update={"daily_micros": amount, "agent": AGENT})
        for arm, amount in zip(found, daily, strict=True)
        if arm.launch is not None
    )
    if not changes:
        return launches
    month = inputs.today.strftime("%B %Y")
    budgets = SetBudgets(
        client=inputs.client,
        currency=inputs.currency,
        agent=AGENT,
        reason=f"Daily budgets of the media plan for {month}.",
        changes=changes,
    )
    return (budgets, *launches)


def _notes(
    inputs: PlanInputs, found: Sequence[Arm], limits: Envelope, daily: Sequence[int]
) -> tuple[str, ...]:
    notes = []
    unused = limits.total - sum(daily)
    if unused > max(0.01 * limits.total, 1_000_000):
        notes.append(
            f"{spoken(int(unused) // 10_000 * 10_000, inputs.currency)} a day stays unspent: bounds, or how far"
            " the campaigns were ever seen to scale, hold it back."
        )
    young = [a.campaign for a in found if a.curve.sample_days == 0]
    if young:
        notes.append(
            f"Too young for a curve of their own, so on their channel's average: {', '.join(young)}."
        )
    if any(arm.worth.margins for arm in found):
        notes.append(
            "Budgets follow contribution: expected revenue times the margin of what each campaign sells."
        )
    else:
        notes.append("No margin is known of every campaign: revenue stands in for contribution.")
    weak = [
        arm.campaign
        for arm, amount in zip(found, daily, strict=True)
        if arm.value.marginal(amount) < 1.0
    ]
    if weak:
        notes.append(f"The last unit spent brings back less than itself in: {', '.join(weak)}.")
    return tuple(notes)
