"""The most that can be billed, by channel, and what the month is heading for. Pure; the arithmetic is the gate's."""

from __future__ import annotations

from collections.abc import Mapping

from engine.reporting.client.material import BoundBy, Campaign, ExposureLine, ExposureLines
from policies import exposure
from policies.delivery import DELIVERY
from policies.pots import Budget, budgets
from policies.standing import AccountStanding, Standing


def campaigns(standing: Standing) -> list[Campaign]:
    """Every campaign with its budget, its spend this month and its projection, in micros."""
    accounts = {a.account: a for a in standing.accounts}
    return [
        Campaign(
            campaign=c.campaign,
            channel=c.channel,
            enabled=c.enabled,
            daily_micros=c.daily_micros,
            spent_micros=c.spent_before_today_micros + c.spent_today_micros,
            projected_micros=exposure.projection(c, accounts[c.account]),
        )
        for c in standing.campaigns
    ]


def worst_cases(standing: Standing) -> ExposureLines:
    """By channel and in total: what is set, and the most this day, week and month can bill.

    Channels in order of their worst day. A budget shared by campaigns of several channels stands whole in each
    of them and once in the total.
    """
    accounts = {a.account: a for a in standing.accounts}
    every = budgets(standing.campaigns).values()
    try:
        found = [(b.channels, _line(b, accounts[b.campaign.account])) for b in every]
    except KeyError as missing:
        doubt = f"The worst case cannot be told: {missing.args[0]} has no delivery rule on record."
        return ExposureLines(lines=[], total=None, rules=[], doubt=doubt)
    merged: dict[str, ExposureLine] = {}
    total: ExposureLine | None = None
    for channels, line in found:
        total = _sum(line, total, "")
        for channel in channels:
            merged[channel] = _sum(line, merged.get(channel), channel)
    ordered = sorted(merged.values(), key=lambda line: -line["day_micros"])
    platforms = dict.fromkeys(b.campaign.platform for b in every)
    doubt = "" if ordered else "No campaign is live."
    return ExposureLines(lines=ordered, total=total, rules=_rules(platforms), doubt=doubt)


def _line(budget: Budget, account: AccountStanding) -> ExposureLine:
    found = budget.campaign
    running = found.daily_micros if found.enabled else 0
    week_left = DELIVERY[found.platform].days_left_in_week(account.today)
    return ExposureLine(
        channel=budget.channels[0],
        set_micros=running,
        spent_today_micros=found.spent_today_micros,
        day_micros=exposure.day_worst_case(found),
        week_micros=exposure.week_worst_case(found, account),
        week_spent_micros=found.spent_week_micros if week_left else 0,
        week_set_micros=running * week_left,
        week_days_left=week_left,
        month_micros=exposure.month_worst_case(found, account),
        month_spent_micros=found.spent_before_today_micros,
        month_set_micros=running * account.days_left,
        month_days_left=account.days_left,
    )


def _sum(one: ExposureLine, other: ExposureLine | None, channel: str) -> ExposureLine:
    if other is None:
        return ExposureLine(**{**one, "channel": channel})
    weeks = [w for w in (one["week_micros"], other["week_micros"]) if w is not None]
    return ExposureLine(
        channel=channel,
        set_micros=one["set_micros"] + other["set_micros"],
        spent_today_micros=one["spent_today_micros"] + other["spent_today_micros"],
        day_micros=one["day_micros"] + other["day_micros"],
        week_micros=sum(weeks) if weeks else None,
        week_spent_micros=one["week_spent_micros"] + other["week_spent_micros"],
        week_set_micros=one["week_set_micros"] + other["week_set_micros"],
        week_days_left=max(one["week_days_left"], other["week_days_left"]),
        month_micros=one["month_micros"] + other["month_micros"],
        month_spent_micros=one["month_spent_micros"] + other["month_spent_micros"],
        month_set_micros=one["month_set_micros"] + other["month_set_micros"],
        month_days_left=max(one["month_days_left"], other["month_days_left"]),
    )


def _rules(platforms: Mapping[str, None]) -> list[BoundBy]:
    return [
        BoundBy(
            platform=rule.name,
            says=rule.says,
            doubt=rule.doubt,
            source=rule.source,
            read_on=rule.read_on,
            day_zone=rule.day_zone,
        )
        for rule in (DELIVERY[p] for p in platforms)
    ]
