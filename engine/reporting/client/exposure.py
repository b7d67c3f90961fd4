"""The most that can be billed, by channel, and what the month is heading for. Pure; the arithmetic is the gate's."""

from __future__ import annotations

from engine.reporting.client.material import Campaign, ExposureLine, ExposureLines
from policies import exposure
from policies.standing import AccountStanding, CampaignStanding, Standing


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
    """By channel: what is set, and the most this day and this month can bill. Channels in order of their worst day."""
    accounts = {a.account: a for a in standing.accounts}
    try:
        lines = [_line(c, accounts[c.account]) for c in standing.campaigns]
    except KeyError as missing:
        doubt = f"The worst case cannot be told: {missing.args[0]} has no delivery rule on record."
        return ExposureLines(lines=[], doubt=doubt)
    merged: dict[str, ExposureLine] = {}
    for line in lines:
        there = merged.get(line["channel"])
        merged[line["channel"]] = line if there is None else _sum(there, line)
    ordered = sorted(merged.values(), key=lambda line: -line["day_micros"])
    return ExposureLines(lines=ordered, doubt="" if ordered else "No campaign is live.")


def _line(campaign: CampaignStanding, account: AccountStanding) -> ExposureLine:
    return ExposureLine(
        channel=campaign.channel,
        set_micros=campaign.daily_micros if campaign.enabled else 0,
        spent_today_micros=campaign.spent_today_micros,
        day_micros=exposure.day_worst_case(campaign),
        month_micros=exposure.month_worst_case(campaign, account),
    )


def _sum(one: ExposureLine, other: ExposureLine) -> ExposureLine:
    return ExposureLine(
        channel=one["channel"],
        set_micros=one["set_micros"] + other["set_micros"],
        spent_today_micros=one["spent_today_micros"] + other["spent_today_micros"],
        day_micros=one["day_micros"] + other["day_micros"],
        month_micros=one["month_micros"] + other["month_micros"],
    )
