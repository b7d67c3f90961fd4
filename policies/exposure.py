"""What can still be billed if nobody edits again: the figure the gate judges, not the setting.

Pure, whole micros only, rounded up. The platforms' own rules are rows of ``policies.delivery``; a
campaign on a platform without a row, or of an account the standing does not hold, raises
``KeyError``.

A period (a month, or a week where the platform has one) whose budget was changed on a day with R
days left (that day included) bills at most what was billed before that day plus the new budget x R,
held against what that day itself may bill as the platform's row says. The same amount set again,
and a pause or resume, are not changes to every biller, so the larger of the old and the new limit
is kept for them. A write of unknown outcome may have happened on any earlier day, so no limit is
trusted for it: each remaining day is taken at its own.

Campaigns that spend from one shared budget are counted as that one budget (``policies.pots``).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from policies.act import altered
from policies.delivery import DELIVERY
from policies.limits import (
    by_days,
    highest_today,
    limit_after,
    month_limit,
    rest_of_week,
    week_by_week,
    week_limit,
)
from policies.pots import budgets
from policies.standing import AccountStanding, CampaignStanding, Standing


class Figures(NamedTuple):
    """One budget in micros.

    Billable today, set and running, projected and billable this month. ``also`` are further
    channels a shared budget lies in: each of them may bill its whole day; everything else counts
    to ``channel``.
    """

    channel: str
    day: int
    daily: int
    projected: int
    month: int
    also: tuple[str, ...] = ()


def figures(
    campaign: CampaignStanding,
    account: AccountStanding,
    days_left: int | None = None,
    channels: tuple[str, ...] = (),
) -> Figures:
    """Every figure of a budget in one pass: of a campaign, or of several that share one, taken as one.

    ``days_left`` are the account's, for who has asked for them already.

    Raises:
        KeyError: how its platform bills is not known.
    """
    rule = DELIVERY[campaign.platform]
    start, spent = campaign.spent_before_today_micros, campaign.spent_today_micros
    left = account.days_left if days_left is None else days_left
    running = campaign.daily_micros if campaign.enabled else 0
    highest = highest_today(campaign)
    today = rule.day(highest)
    if rule.week_multiple is None:
        usual = today if running == highest else rule.day(running)
        month = start + today + (left - 1) * usual
    else:
        month = start + week_by_week(rule, campaign, account, today)
    limit = campaign.month_limit_micros
    if limit is None:
        limit = month_limit(rule, campaign, account)
    if limit is not None and limit < month:
        month = limit
    for pending in campaign.pending_micros:
        month = max(month, start + today + (left - 1) * rule.day(pending))
    rest = running * left
    return Figures(
        channels[0] if channels else campaign.channel,
        today if today > spent else spent,
        running,
        start + (rest if rest > spent else spent),
        month if month > start + spent else start + spent,
        channels[1:],
    )


def day_worst_case(campaign: CampaignStanding) -> int:
    """The most this budget-day can bill on the campaign.

    Never below what it has billed already.
    """
    limit = DELIVERY[campaign.platform].day(highest_today(campaign))
    return max(limit, campaign.spent_today_micros)


def week_worst_case(campaign: CampaignStanding, account: AccountStanding) -> int | None:
    """The most the platform's week can bill on the campaign, days of another month included.

    None: the platform has no week.
    """
    rule = DELIVERY[campaign.platform]
    left = rule.days_left_in_week(account.today)
    if not left:
        return None
    start, today = campaign.spent_week_micros, rule.day(highest_today(campaign))
    rest = rest_of_week(rule, campaign, today, left)
    unknown = (today + (left - 1) * rule.day(p) for p in campaign.pending_micros)
    return start + max(rest, campaign.spent_today_micros, *unknown)


def month_worst_case(campaign: CampaignStanding, account: AccountStanding) -> int:
    """The most this month can bill on the campaign, whatever an unknown write may have left."""
    return figures(campaign, account).month


def month_limit_after_change(
    campaign: CampaignStanding, account: AccountStanding, after_micros: int
) -> int:
    """The month's limit right after the daily budget is set to ``after_micros`` today.

    On a platform without a month of its own: every day left at its own limit.
    """
    rule = DELIVERY[campaign.platform]
    start, left = campaign.spent_before_today_micros, account.days_left
    limit = None
    if rule.month is not None:
        same = after_micros == campaign.daily_micros
        old = month_limit(rule, campaign, account) if same else None
        limit = limit_after(rule, campaign, after_micros, start, left, old)
        if limit is not None and account.today.day == 1:
            # A budget set on the first may count as that of the whole month (Google: 30.4 days).
            whole = rule.month_of(after_micros, account.days_in_month) or 0
            limit = max(limit, start + whole)
    return by_days(rule, campaign, after_micros, start, left) if limit is None else limit


def week_limit_after_change(
    campaign: CampaignStanding, account: AccountStanding, after_micros: int
) -> int | None:
    """The same of the platform's week; None: it has none, or nobody says what a change leaves."""
    rule = DELIVERY[campaign.platform]
    left = rule.days_left_in_week(account.today)
    if not left:
        return None
    old = week_limit(rule, campaign)
    return limit_after(rule, campaign, after_micros, campaign.spent_week_micros, left, old)


def after_change(
    campaign: CampaignStanding,
    account: AccountStanding,
    after_micros: int,
    enabled: bool | None = None,  # noqa: FBT001  three-valued: None keeps the status as it is
) -> CampaignStanding:
    """The campaign right after its daily budget (and status, unless None) is set today.

    The day's highest budget is kept, because it goes on ruling the day. Pending writes stay: they
    may still be true. A pause alone is no budget write; everything else is.
    """
    return altered(campaign, _written(campaign, account, after_micros, enabled))


class _Then:
    """The fields of a campaign after a write, for the arithmetic alone."""


def figures_after(
    campaign: CampaignStanding,
    account: AccountStanding,
    after_micros: int,
    enabled: bool | None = None,  # noqa: FBT001  three-valued: None keeps the status as it is
) -> Figures:
    """``figures`` of what ``after_change`` gives, without making a campaign of it."""
    then: Any = _Then()
    then.__dict__ = campaign.__dict__ | _written(campaign, account, after_micros, enabled)
    return figures(then, account)


def _written(
    campaign: CampaignStanding,
    account: AccountStanding,
    after_micros: int,
    enabled: bool | None,  # noqa: FBT001  three-valued
) -> dict[str, Any]:
    """What a write leaves otherwise than it was, by field."""
    on = campaign.enabled if enabled is None else enabled
    highest = highest_today(campaign)
    if not on and after_micros == campaign.daily_micros:
        return {"enabled": on, "highest_today_micros": highest}
    found: dict[str, Any] = {
        "enabled": on,
        "daily_micros": after_micros,
        # A budget counts for the day's highest even if the campaign was paused while it was set.
        "highest_today_micros": max(highest, campaign.daily_micros, after_micros),
        "month_limit_micros": month_limit_after_change(campaign, account, after_micros),
        "changed_this_month": True,
        "changed_this_week": True,
        "written_today": True,
    }
    if DELIVERY[campaign.platform].week_first is not None:
        found["week_limit_micros"] = week_limit_after_change(campaign, account, after_micros)
    return found


def channel_day_worst_case(standing: Standing, channel: str) -> int:
    """The most that can be billed on a channel this budget-day, over all its budgets.

    A budget shared with another channel may be billed here whole.
    """
    every = budgets(standing.campaigns).values()
    return sum(day_worst_case(b.campaign) for b in every if channel in b.channels)


def client_day_worst_case(standing: Standing) -> int:
    """The most the client can be billed on this day, each account's own, over every budget."""
    return sum(day_worst_case(b.campaign) for b in budgets(standing.campaigns).values())


def client_month_worst_case(standing: Standing) -> int:
    """The most the client can be billed this month, over every budget."""
    accounts = {a.account: a for a in standing.accounts}
    every = budgets(standing.campaigns).values()
    return sum(month_worst_case(b.campaign, accounts[b.campaign.account]) for b in every)


def projection(campaign: CampaignStanding, account: AccountStanding) -> int:
    """The month's expected spend: billed before today + days left (today included) x daily budget.

    A paused campaign has no remaining days. Never below what is billed already.
    """
    return figures(campaign, account).projected


def channel_share(standing: Standing, channel: str) -> float | None:
    """A channel's share of the month's projection, 0 to 1; None when nothing is projected.

    A budget shared by several channels counts to the first of them.
    """
    accounts = {a.account: a for a in standing.accounts}
    every = [
        (b.channels[0], projection(b.campaign, accounts[b.campaign.account]))
        for b in budgets(standing.campaigns).values()
    ]
    total = sum(amount for _, amount in every)
    return sum(amount for there, amount in every if there == channel) / total if total else None


def largest_budget_under(platform: str, day_cap_micros: int) -> int:
    """The largest daily budget a daily maximum lets through on a platform (Google: half of it)."""
    return DELIVERY[platform].budget_under(day_cap_micros)
