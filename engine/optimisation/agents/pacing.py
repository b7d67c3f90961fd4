"""Keeps the month inside its budget: sets daily budgets so that what is left lasts to the month's end."""

from __future__ import annotations

from datetime import timedelta

from engine.model.world import World
from engine.optimisation.evidence import bound, may_move_money, movable, no_interval, stopped_by
from policies import exposure, gate
from policies.actions import Action, BudgetChange, Evidence, SetBudgets
from policies.money import decimal_text, spoken
from policies.standing import AccountStanding, CampaignStanding
from policies.verdict import Allowed

NAME = "pacing"
_GRAIN = 1_000_000
_OVER, _UNDER = 0.005, 0.04  # dead band round the month's budget
_CUT_TO = 0.985  # a cut leaves room, so that noise does not ask for another one tomorrow
_MONTH_OF_DAYS = 30.4
_SIZES = (1.0, 0.75, 0.5, 0.3)
_LAST_DAYS = 3  # too late: the few days left would swing for nothing
_ASK_AGAIN = timedelta(days=7)


def propose(world: World) -> list[Action]:
    """One action when the month leaves its budget, else nothing.

    A campaign is projected to spend what was billed before today plus the days left at its budget, but never
    more than its platform can still bill: being ahead of an unchanged budget corrects itself. On the first of
    a month it is 30.4 days, which is what an unchanged budget may bill.
    """
    accounts = {a.account: a for a in world.standing.accounts}
    account = next(iter(accounts.values()), None)
    if account is None or account.days_left < _LAST_DAYS or not may_move_money(world):
        return []
    days, every = _days(account), world.standing.campaigns
    projected = sum(
        min(_pace(c, days), exposure.month_worst_case(c, accounts[c.account])) for c in every
    )
    spent = sum(c.spent_before_today_micros for c in every)
    figures = (projected, spent, account.days_left)
    budget = world.policy.targets.month_budget
    if projected > budget * (1 + _OVER):
        return _cut(world, movable(world, cool_down=timedelta(0)), days, figures)
    if projected < budget * (1 - _UNDER) and account.days_left > _LAST_DAYS:
        return _raise(world, movable(world), days, figures)
    return []


def _pace(campaign: CampaignStanding, days: float) -> float:
    running = campaign.daily_micros if campaign.enabled else 0
    return campaign.spent_before_today_micros + running * days


def _days(account: AccountStanding) -> float:
    if account.today.day == 1:
        return max(_MONTH_OF_DAYS, float(account.days_in_month))
    return float(account.days_left)


def _factor(
    world: World,
    campaigns: list[CampaignStanding],
    days: float,
    figures: tuple[float, int, int],
    aim: float = 1.0,
) -> float:
    """By how much these campaigns' budgets must change for the month to end at ``aim`` of its budget."""
    able = sum(c.daily_micros for c in campaigns)
    every = sum(c.daily_micros for c in world.standing.campaigns if c.enabled)
    goal = aim * world.policy.targets.month_budget
    room = goal - figures[1] - (every - able) * days
    return max(room, 0.0) / days / able if able else 1.0


def _raise(
    world: World, campaigns: list[CampaignStanding], days: float, figures: tuple[float, int, int]
) -> list[Action]:
    """The largest part of the correction the gate allows."""
    factor = _factor(world, campaigns, days, figures)
    whole: SetBudgets | None = None
    for size in _SIZES if factor > 1 else ():
        action = _scaled(world, campaigns, 1 + (factor - 1) * size, figures)
        whole = whole or action
        if action is not None and _allowed(world, action):
            return [_held(world, action, whole)]
    return []


def _cut(
    world: World, campaigns: list[CampaignStanding], days: float, figures: tuple[float, int, int]
) -> list[Action]:
    """A cut the gate allows, of all campaigns or of one; else the whole cut is asked for, once in a while."""
    whole = _scaled(
        world, campaigns, min(_factor(world, campaigns, days, figures, _CUT_TO), 1.0), figures
    )
    single = (
        _scaled(world, [c], min(_factor(world, [c], days, figures, _CUT_TO), 1.0), figures)
        for c in sorted(campaigns, key=lambda c: -c.daily_micros)
    )
    for action in (whole, *single):
        if action is not None and _allowed(world, action):
            return [_held(world, action, whole)]
    asked = any(m.beyond_bound and world.now - m.at < _ASK_AGAIN for m in world.last_moves)
    if whole is None or asked:
        return []
    mark = Evidence(name="beyond_bound", value=1)
    return [whole.model_copy(update={"evidence": (*whole.evidence, mark)})]


def _held(world: World, action: SetBudgets, whole: SetBudgets | None) -> SetBudgets:
    """The action, saying what the whole correction was and which rules would not let it through."""
    if whole is None or action == whole:
        return action
    rules = stopped_by(gate.judge(whole, world.policy, world.standing))
    daily = sum(c.delta_micros for c in whole.changes)
    wanted = f"{spoken(abs(daily), world.currency)} a day {'more' if daily > 0 else 'less'}, the whole correction"
    return action.model_copy(update={"evidence": (*action.evidence, *bound(wanted, rules))})


def _allowed(world: World, action: SetBudgets) -> bool:
    return isinstance(gate.judge(action, world.policy, world.standing), Allowed)


def _scaled(
    world: World,
    campaigns: list[CampaignStanding],
    factor: float,
    figures: tuple[float, int, int],
) -> SetBudgets | None:
    changes = tuple(
        BudgetChange(
            campaign=c.campaign,
            account=c.account,
            channel=c.channel,
            before_micros=c.daily_micros,
            after_micros=after,
        )
        for c in campaigns
        if (
            after := max(
                int(c.daily_micros * factor) // _GRAIN * _GRAIN, min(_GRAIN, c.daily_micros)
            )
        )
        != c.daily_micros
    )
    if not changes:
        return None
    projected, spent, days_left = figures
    budget = world.policy.targets.month_budget
    word = "over" if projected > budget else "under"
    reason = (
        f"The month is heading for {spoken(projected, world.currency)}, {word} its"
        f" budget of {spoken(budget, world.currency)}."
    )
    return SetBudgets(
        client=world.client,
        currency=world.currency,
        agent=NAME,
        reason=reason[:200],
        evidence=(
            Evidence(name="Billed before today", value=decimal_text(spent), unit=world.currency),
            Evidence(name="Days left", value=days_left, unit="days"),
            Evidence(
                name="Projected at today's budgets",
                value=decimal_text(int(projected)),
                unit=world.currency,
            ),
            Evidence(name="Month's budget", value=decimal_text(budget), unit=world.currency),
            no_interval("it keeps the month to its budget, and revenue is not reckoned"),
        ),
        changes=changes,
    )
