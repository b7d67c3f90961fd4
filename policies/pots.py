"""Budgets as a platform bills them: a campaign's own, or one that several campaigns spend from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from policies.standing import CampaignStanding

BudgetKey = str | tuple[str, str]
"""A campaign's key for a budget of its own; account and name for a shared one."""


class Budget(NamedTuple):
    """One budget as the platform bills it: a campaign, or those that share it taken as one."""

    campaign: CampaignStanding
    channels: tuple[str, ...]


def budget_key(campaign: CampaignStanding) -> BudgetKey:
    """Which budget a campaign spends from."""
    if campaign.shared_budget is None:
        return campaign.campaign
    return (campaign.account, campaign.shared_budget)


def shared(members: Sequence[CampaignStanding]) -> CampaignStanding:
    """The campaigns of one budget as the one budget they are.

    What was billed is added up; of everything else the dearest holds; a limit is known only when
    every one of them carries one.
    """
    if len(members) == 1:
        return members[0]
    months = [c.month_limit_micros for c in members if c.month_limit_micros is not None]
    weeks = [c.week_limit_micros for c in members if c.week_limit_micros is not None]
    return members[0].model_copy(
        update={
            "enabled": any(c.enabled for c in members),
            "daily_micros": max(c.daily_micros for c in members),
            "highest_today_micros": max(c.highest_today_micros for c in members),
            "spent_before_today_micros": sum(c.spent_before_today_micros for c in members),
            "spent_today_micros": sum(c.spent_today_micros for c in members),
            "spent_week_micros": sum(c.spent_week_micros for c in members),
            "pending_micros": tuple(p for c in members for p in c.pending_micros),
            "month_limit_micros": max(months) if len(months) == len(members) else None,
            "week_limit_micros": max(weeks) if len(weeks) == len(members) else None,
            "changed_this_month": any(c.changed_this_month for c in members),
            "changed_this_week": any(c.changed_this_week for c in members),
            "written_today": any(c.written_today for c in members),
        }
    )


def budgets(campaigns: Iterable[CampaignStanding]) -> Mapping[BudgetKey, Budget]:
    """Every budget there is, each once, with the channels its campaigns lie in."""
    members: dict[BudgetKey, list[CampaignStanding]] = {}
    for campaign in campaigns:
        members.setdefault(budget_key(campaign), []).append(campaign)
    return {
        key: Budget(shared(found), tuple(dict.fromkeys(c.channel for c in found)))
        for key, found in members.items()
    }
