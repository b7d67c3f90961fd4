"""One action set against one standing: everything a rule may look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from policies import exposure
from policies.actions import (
    BudgetChange,
    LaunchCampaign,
    PauseVariant,
    SetCampaignStatus,
    budget_changes,
)
from policies.offers import Offers, client_day
from policies.sound import once
from policies.standing import AccountStanding, CampaignStanding, Standing
from policies.targets import Targets


class Figures(NamedTuple):
    """One campaign in micros.

    Billable today, set and running, projected and billable this month.
    """

    channel: str
    day: int
    daily: int
    projected: int
    month: int


def figures(campaign: CampaignStanding, account: AccountStanding) -> Figures:
    """The figures of a campaign.

    Raises:
        KeyError: how its platform bills is not known.
    """
    return Figures(
        campaign.channel,
        exposure.day_worst_case(campaign),
        set_daily(campaign),
        exposure.projection(campaign, account),
        exposure.month_worst_case(campaign, account),
    )


@dataclass(slots=True)
class Totals:
    """A standing added up, in micros: by channel, and for the month over the whole client."""

    day: dict[str, int] = field(default_factory=dict)
    daily: dict[str, int] = field(default_factory=dict)
    projected: dict[str, int] = field(default_factory=dict)
    month: int = 0

    def plus(self, new: Figures, old: Figures | None = None) -> Totals:
        """These sums with a campaign counted in, and its older figures out."""
        after = Totals(dict(self.day), dict(self.daily), dict(self.projected), self.month)
        after.add(new, 1)
        if old is not None:
            after.add(old, -1)
        return after

    def add(self, row: Figures, sign: int) -> None:
        """Count a campaign in (1) or out (-1), in place."""
        channel = row.channel
        self.day[channel] = self.day.get(channel, 0) + sign * row.day
        self.daily[channel] = self.daily.get(channel, 0) + sign * row.daily
        self.projected[channel] = self.projected.get(channel, 0) + sign * row.projected
        self.month += sign * row.month


@dataclass(frozen=True, slots=True)
class Known:
    """A standing made ready for questions."""

    campaigns: Mapping[str, CampaignStanding]
    accounts: Mapping[str, AccountStanding]
    figures: Mapping[str, Figures]
    totals: Totals


def known(standing: Standing) -> Known:
    """A standing made ready, once per object.

    Raises:
        KeyError: a campaign's account or platform is not known.
        ValueError: two campaigns or two accounts share a key.
    """
    return once(standing, "_known", lambda: _ready(standing))


def _ready(standing: Standing) -> Known:
    campaigns = {c.campaign: c for c in standing.campaigns}
    accounts = {a.account: a for a in standing.accounts}
    if len(campaigns) != len(standing.campaigns) or len(accounts) != len(standing.accounts):
        raise ValueError("the standing holds the same campaign or account twice")
    rows = {key: figures(c, accounts[c.account]) for key, c in campaigns.items()}
    totals = Totals()
    for row in rows.values():
        totals.add(row, 1)
    return Known(campaigns, accounts, rows, totals)


def set_daily(campaign: CampaignStanding) -> int:
    """The daily budget that is set and running, in micros; 0 when paused."""
    return campaign.daily_micros if campaign.enabled else 0


EXPIRY = "expired_offers"
"""The agent that stops what sells an offer that is over or has not begun."""
_NONE = Offers(listed=())


class Case:
    """An action, the standing it meets, the client's targets, and its offers. Rules see only this.

    Writes are carried out decreases first, then increases, one by one, and carrying out stops at
    the first write that is not confirmed; so the intermediate states are the beginnings of that
    row.
    """

    def __init__(
        self,
        action: Any,
        standing: Standing,
        targets: Targets,
        offers: Offers = _NONE,
        time_zone: str = "UTC",
    ) -> None:
        self.offers = offers
        self.day: date = client_day(standing.now, time_zone)
        """The client's own calendar day: what the dates of an offer are compared with."""
        self.action = action
        self.standing = standing
        self.targets = targets
        self.known = known(standing)
        self.before = self.known.totals
        self.changes: tuple[BudgetChange, ...] = budget_changes(action)
        self.is_stop = isinstance(action, PauseVariant) or (
            isinstance(action, SetCampaignStatus) and not action.enabled
        )
        """True for acts that can only make spend smaller: a campaign's pause, a variant's pause."""
        self.is_ordered_stop = self.is_stop and standing.paused
        """True for a stop while the kill switch is on: a person has ordered it already."""
        self.is_expiry_stop = self._ends_an_offer()
        """True for a stop by that one agent of what sells nothing but offers out of date."""
        self.in_order = sorted(self.changes, key=lambda c: (c.delta_micros > 0, c.campaign))
        """The changes as they are carried out: decreases first."""
        self.raised = self._moved(1)
        """By channel, the daily budget added to campaigns, in micros; cuts do not offset."""
        self.cut = self._moved(-1)
        """By channel, the daily budget taken from campaigns, in micros."""

    def _ends_an_offer(self) -> bool:
        if not self.is_stop or self.action.agent != EXPIRY:
            return False
        variant = self.action.variant if isinstance(self.action, PauseVariant) else None
        return self.offers.out_of_date(
            self.standing.sold_by(self.action.campaign, variant), self.day
        )

    def campaign_before(self, change: BudgetChange) -> CampaignStanding:
        """The campaign as it stands; for a launch, one that has never run."""
        found = self.known.campaigns.get(change.campaign)
        return found or CampaignStanding(
            campaign=change.campaign,
            account=change.account,
            platform=self.known.accounts[change.account].platform,
            channel=change.channel,
            enabled=False,
            daily_micros=0,
            highest_today_micros=0,
            spent_before_today_micros=0,
            spent_today_micros=0,
            changed_this_month=True,
        )

    def campaign_after(self, change: BudgetChange) -> CampaignStanding:
        """The campaign right after its write."""
        campaign = self.campaign_before(change)
        account = self.known.accounts[change.account]
        match self.action:
            case SetCampaignStatus(enabled=on):
                return exposure.after_change(campaign, account, campaign.daily_micros, on)
            case LaunchCampaign():
                return exposure.after_change(campaign, account, change.after_micros, enabled=True)
        return exposure.after_change(campaign, account, change.after_micros)

    @cached_property
    def totals(self) -> tuple[Totals, ...]:
        """The sums of every state the writes pass through: as it stands first, all done last."""
        states = [self.before]
        for change in self.in_order:
            new, old = self._figures_after(change), self.known.figures.get(change.campaign)
            states.append(states[-1].plus(new, old))
        return tuple(states)

    @property
    def after(self) -> Totals:
        """The sums once every write is done."""
        return self.totals[-1]

    def states(self) -> Iterator[Standing]:
        """Every standing the writes pass through: as it is now first, all of them done last."""
        campaigns = {c.campaign: c for c in self.standing.campaigns}
        yield self.standing
        for change in self.in_order:
            campaigns[change.campaign] = self.campaign_after(change)
            yield self.standing.model_copy(update={"campaigns": tuple(campaigns.values())})

    def day_worst(self, channel: str) -> int:
        """The most a channel can bill today, over every state, in micros."""
        return max(t.day.get(channel, 0) for t in self.totals)

    @cached_property
    def month_worst(self) -> int:
        """The most the client can be billed this month, over every state, in micros."""
        return max(t.month for t in self.totals)

    @cached_property
    def month_worst_any(self) -> int:
        """The same if any subset of the writes were done.

        The dearer of before and after of each.
        """
        before = self.known.figures
        deltas = (
            self._figures_after(c).month - (before[c.campaign].month if c.campaign in before else 0)
            for c in self.changes
        )
        return self.before.month + sum(max(0, delta) for delta in deltas)

    def _figures_after(self, change: BudgetChange) -> Figures:
        return figures(self.campaign_after(change), self.known.accounts[change.account])

    def _moved(self, sign: int) -> dict[str, int]:
        moved: dict[str, int] = {}
        for change in self.changes:
            amount = sign * change.delta_micros
            if amount > 0:
                moved[change.channel] = moved.get(change.channel, 0) + amount
        return moved
