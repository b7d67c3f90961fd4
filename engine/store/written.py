"""The budget writes to put on record: what exposure and the month's limit are reckoned from afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from engine.model.changes import Change, Receipt
from engine.model.desired import DesiredCampaign
from engine.model.standing import BudgetWrite
from policies import exposure
from policies.actions import BudgetChange, LaunchCampaign, SetCampaignStatus, budget_changes
from policies.standing import Standing, never_run


def set_by(action: Any) -> tuple[BudgetChange, ...]:
    """Budgets that are written; pausing and resuming write none."""
    return () if isinstance(action, SetCampaignStatus) else budget_changes(action)


def by_hand(
    was: DesiredCampaign, now_is: DesiredCampaign, there: Standing, now: datetime
) -> list[BudgetWrite]:
    """A budget set by hand counts like a write of ours: the month's limit is reckoned from it."""
    campaign, account = there.campaign(now_is.campaign), there.account(now_is.account)
    if was.daily_micros == now_is.daily_micros or campaign is None or account is None:
        return []
    return [
        BudgetWrite(
            campaign=now_is.campaign,
            channel=now_is.channel,
            account_day=account.today,
            before_micros=was.daily_micros,
            after_micros=now_is.daily_micros,
            month_limit_micros=exposure.month_limit_after_change(
                campaign, account, now_is.daily_micros
            ),
            at=now,
            week_limit_micros=exposure.week_limit_after_change(
                campaign, account, now_is.daily_micros
            ),
        )
    ]


def by_order(
    action: Any, before: Standing, written: Sequence[Change], receipt: Receipt, now: datetime
) -> list[BudgetWrite]:
    """What was set. A lost answer is not recorded here: its open intent counts at its dearest."""
    reached = {c.campaign_key for c in written if c.daily_micros is not None}
    launch = isinstance(action, LaunchCampaign)
    # A launch cut off between its create and its activation is recorded once, when it is whole.
    everything = receipt.outcome == "already" or (launch and receipt.outcome == "applied")
    if launch and not everything:
        return []
    accounts = {a.account: a for a in before.accounts}
    campaigns = {c.campaign: c for c in before.campaigns}
    found = []
    for change in set_by(action):
        if not everything and change.campaign not in reached:
            continue
        account = accounts[change.account]
        campaign = campaigns.get(change.campaign) or never_run(
            change.campaign, change.account, account.platform, change.channel
        )
        after = change.after_micros
        found.append(
            BudgetWrite(
                campaign=change.campaign,
                channel=change.channel,
                account_day=account.today,
                before_micros=change.before_micros,
                after_micros=after,
                month_limit_micros=exposure.month_limit_after_change(campaign, account, after),
                at=now,
                week_limit_micros=exposure.week_limit_after_change(campaign, account, after),
            )
        )
    return found
