"""What can still be billed if nobody edits again: the figure the gate judges, not the setting.

Pure, whole micros only, rounded up. The platform's own rules are rows of ``policies.delivery``; a
campaign on a platform without a row, or of an account the standing does not hold, raises
``KeyError``.

A month's limit after a change on a day with R days left (that day included) is what was billed
before that day plus the larger of the new budget x R and what that day itself may bill. The same
amount set again, and a pause or resume, are not changes to every biller, so the larger of the old
and the new limit is kept for them. A write of unknown outcome may have happened on any earlier day,
so no month limit is trusted for it: each remaining day is taken at its own limit.
"""

from __future__ import annotations

from collections.abc import Iterable

from policies.delivery import DELIVERY
from policies.standing import AccountStanding, CampaignStanding, Standing


def highest_today(campaign: CampaignStanding) -> int:
    """The highest daily budget that may have been set this account-day, unknown writes included."""
    running = campaign.daily_micros if campaign.enabled else 0
    return max(campaign.highest_today_micros, running, *campaign.pending_micros, 0)


def day_worst_case(campaign: CampaignStanding) -> int:
    """The most this account-day can bill on the campaign.

    Never below what it has billed already.
    """
    return max(
        DELIVERY[campaign.platform].day(highest_today(campaign)), campaign.spent_today_micros
    )


def month_worst_case(campaign: CampaignStanding, account: AccountStanding) -> int:
    """The most this month can bill on the campaign, whatever an unknown write may have left."""
    rule = DELIVERY[campaign.platform]
    start = campaign.spent_before_today_micros
    today = rule.day(highest_today(campaign))
    later = account.days_left - 1
    running = campaign.daily_micros if campaign.enabled else 0
    known = start + today + later * rule.day(running)
    limit = _month_limit(campaign)
    if limit is not None:
        known = min(known, limit)
    unknown = (start + today + later * rule.day(p) for p in campaign.pending_micros)
    return max(known, start + campaign.spent_today_micros, *unknown)


def month_limit_after_change(
    campaign: CampaignStanding, account: AccountStanding, after_micros: int
) -> int:
    """The month's limit right after the daily budget is set to ``after_micros`` today."""
    rule = DELIVERY[campaign.platform]
    today = rule.day(max(highest_today(campaign), campaign.daily_micros, after_micros))
    new = campaign.spent_before_today_micros + max(after_micros * account.days_left, today)
    if after_micros != campaign.daily_micros:
        return new
    old = _month_limit(campaign)
    if old is None:  # no limit is known: every remaining day may bill its own
        later = (account.days_left - 1) * rule.day(after_micros)
        old = campaign.spent_before_today_micros + today + later
    return max(old, new)


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
    on = campaign.enabled if enabled is None else enabled
    highest = highest_today(campaign)
    update: dict[str, object] = {
        "enabled": on,
        "daily_micros": after_micros,
        "highest_today_micros": highest,
    }
    if on or after_micros != campaign.daily_micros:
        # A budget counts for the day's highest even if the campaign was paused while it was set.
        update["highest_today_micros"] = max(highest, campaign.daily_micros, after_micros)
        update["month_limit_micros"] = month_limit_after_change(campaign, account, after_micros)
        update["changed_this_month"] = True
        update["written_today"] = True
    return campaign.model_copy(update=update)


def channel_day_worst_case(standing: Standing, channel: str) -> int:
    """The most that can be billed on a channel this account-day, over all its campaigns."""
    return sum(day_worst_case(c) for c in standing.campaigns if c.channel == channel)


def client_month_worst_case(standing: Standing) -> int:
    """The most the client can be billed this month, over every campaign."""
    accounts = {a.account: a for a in standing.accounts}
    return sum(month_worst_case(c, accounts[c.account]) for c in standing.campaigns)


def projection(campaign: CampaignStanding, account: AccountStanding) -> int:
    """The month's expected spend: billed before today + days left (today included) x daily budget.

    A paused campaign has no remaining days. Never below what is billed already.
    """
    rest = campaign.daily_micros * account.days_left if campaign.enabled else 0
    return campaign.spent_before_today_micros + max(rest, campaign.spent_today_micros)


def channel_share(standing: Standing, channel: str) -> float | None:
    """A channel's share of the month's projection, 0 to 1; None when nothing is projected."""
    accounts = {a.account: a for a in standing.accounts}
    every = [(c.channel, projection(c, accounts[c.account])) for c in standing.campaigns]
    total = _total(every)
    return _total(e for e in every if e[0] == channel) / total if total else None


def largest_budget_under(platform: str, day_cap_micros: int) -> int:
    """The largest daily budget a daily maximum lets through on a platform (Google: half of it)."""
    return DELIVERY[platform].budget_under(day_cap_micros)


def _month_limit(campaign: CampaignStanding) -> int | None:
    """The month's limit for the state we know of; None when a change left none on record."""
    if campaign.month_limit_micros is not None:
        return campaign.month_limit_micros
    if campaign.changed_this_month:
        return None
    return DELIVERY[campaign.platform].month(campaign.daily_micros)


def _total(amounts: Iterable[tuple[str, int]]) -> int:
    return sum(amount for _, amount in amounts)
