"""What a month or a week still allows a budget to bill: the parts ``policies.exposure`` is put together from."""

from __future__ import annotations

from policies.delivery import Change, Delivery
from policies.standing import AccountStanding, CampaignStanding


def highest_today(campaign: CampaignStanding) -> int:
    """The highest daily budget that may have been set this budget-day, unknown writes included."""
    highest = campaign.highest_today_micros
    if campaign.enabled and campaign.daily_micros > highest:
        highest = campaign.daily_micros
    return max(highest, *campaign.pending_micros) if campaign.pending_micros else highest


def week_by_week(
    rule: Delivery, campaign: CampaignStanding, account: AccountStanding, today_micros: int
) -> int:
    """The most that today and the rest of the month bill, each week of the platform at its own limit."""
    left = account.days_left
    in_week = min(left, rule.days_left_in_week(account.today))
    running = campaign.daily_micros if campaign.enabled else 0
    day, week = rule.day(running), rule.week_of(running) or 0
    weeks, days = divmod(left - in_week, 7)
    this = rest_of_week(rule, campaign, today_micros, in_week)
    return this + weeks * min(7 * day, week) + min(days * day, week)


def rest_of_week(
    rule: Delivery, campaign: CampaignStanding, today_micros: int, days_left: int
) -> int:
    """The most that today and the days left of this week bill, unknown writes apart."""
    running = campaign.daily_micros if campaign.enabled else 0
    rest = today_micros + (days_left - 1) * rule.day(running)
    limit = week_limit(rule, campaign)
    if limit is None:
        return rest
    return max(0, min(rest, limit - campaign.spent_week_micros))


def month_limit(rule: Delivery, campaign: CampaignStanding, account: AccountStanding) -> int | None:
    """The month's limit for the state we know of; None when a change left none on record."""
    if campaign.month_limit_micros is not None:
        return campaign.month_limit_micros
    if campaign.changed_this_month:
        return None
    return rule.month_of(campaign.daily_micros, account.days_in_month)


def week_limit(rule: Delivery, campaign: CampaignStanding) -> int | None:
    """The same of the platform's week."""
    if campaign.week_limit_micros is not None:
        return campaign.week_limit_micros
    return None if campaign.changed_this_week else rule.week_of(campaign.daily_micros)


def limit_after(
    rule: Delivery, campaign: CampaignStanding, after: int, start: int, left: int, old: int | None
) -> int | None:
    """A period's limit after a change today; None when the platform does not say what one leaves."""
    change: Change = rule.on_change if campaign.daily_micros else rule.on_start
    if change == "unknown":
        return None
    before = rule.day(max(highest_today(campaign), campaign.daily_micros))
    if change == "day_is_kept_beside":
        new = start + max(before + after * left, rule.day(after))
    else:
        new = start + max(after * left, before, rule.day(after))
    if after != campaign.daily_micros:
        return new
    if old is None:  # no limit is known: every remaining day may bill its own
        old = by_days(rule, campaign, after, start, left)
    return max(old, new)


def by_days(rule: Delivery, campaign: CampaignStanding, after: int, start: int, left: int) -> int:
    """What was billed before today and every day left at its own limit."""
    today = rule.day(max(highest_today(campaign), campaign.daily_micros, after))
    return start + today + (left - 1) * rule.day(after)
