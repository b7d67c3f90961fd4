"""One action set against one standing: everything a rule may look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from policies import exposure, pots
from policies.actions import (
    BudgetChange,
    LaunchCampaign,
    PauseVariant,
    SetCampaignStatus,
    budget_changes,
    channels_of,
)
from policies.agents import EXPIRY, PERSON, SAFE_STATE
from policies.exposure import Figures, figures
from policies.offers import Offers, client_day
from policies.pots import BudgetKey
from policies.sound import once
from policies.standing import AccountStanding, CampaignStanding, Standing, never_run
from policies.targets import Targets


@dataclass(slots=True)
class Totals:
    """A standing added up, in micros: by channel, and for the month over the whole client."""

    day: dict[str, int] = field(default_factory=dict)
    daily: dict[str, int] = field(default_factory=dict)
    projected: dict[str, int] = field(default_factory=dict)
    month: int = 0

    def plus(self, new: Figures, old: Figures | None = None) -> Totals:
        """These sums with a budget counted in, and its older figures out."""
        after = Totals(self.day.copy(), self.daily.copy(), self.projected.copy(), self.month)
        if old is None or old.also or new.also or old.channel != new.channel:
            after.add((new,), 1)
            after.add(() if old is None else (old,), -1)
            return after
        channel = new.channel
        after.day[channel] += new.day - old.day
        after.daily[channel] += new.daily - old.daily
        after.projected[channel] += new.projected - old.projected
        after.month += new.month - old.month
        return after

    def add(self, rows: Iterable[Figures], sign: int) -> None:
        """Count budgets in (1) or out (-1), in place."""
        day, daily, projected = self.day, self.daily, self.projected
        for channel, today, running, expected, month, also in rows:
            day[channel] = day.get(channel, 0) + sign * today
            daily[channel] = daily.get(channel, 0) + sign * running
            projected[channel] = projected.get(channel, 0) + sign * expected
            self.month += sign * month
            for other in also:
                day[other] = day.get(other, 0) + sign * today


class Known(NamedTuple):
    """A standing made ready for questions; ``members`` are the campaigns of each shared budget.

    ``segmented`` are the channels where a campaign names a segment of its audience.
    """

    campaigns: Mapping[str, CampaignStanding]
    accounts: Mapping[str, AccountStanding]
    figures: Mapping[BudgetKey, Figures]
    members: Mapping[BudgetKey, tuple[CampaignStanding, ...]]
    totals: Totals
    segmented: frozenset[str]


def known(standing: Standing) -> Known:
    """A standing made ready, once per object.

    Raises:
        KeyError: a campaign's account or platform is not known.
        ValueError: two campaigns or two accounts share a key.
    """
    return once(standing, _ready)


def _ready(standing: Standing) -> Known:
    campaigns = {c.campaign: c for c in standing.campaigns}
    accounts = {a.account: a for a in standing.accounts}
    if len(campaigns) != len(standing.campaigns) or len(accounts) != len(standing.accounts):
        raise ValueError("the standing holds the same campaign or account twice")
    left = {key: account.days_left for key, account in accounts.items()}
    rows: dict[BudgetKey, Figures] = {}
    sharing: dict[BudgetKey, tuple[CampaignStanding, ...]] = {}
    segmented: set[str] = set()
    for key, campaign in campaigns.items():
        if campaign.targeting.segmented:
            segmented.add(campaign.channel)
        if campaign.shared_budget is None:
            home = campaign.account
            rows[key] = figures(campaign, accounts[home], left[home])
        else:
            budget = pots.budget_key(campaign)
            sharing[budget] = (*sharing.get(budget, ()), campaign)
    for budget, members in sharing.items():
        rows[budget] = _of_one_budget(members, accounts)
    totals = Totals()
    totals.add(rows.values(), 1)
    return Known(campaigns, accounts, rows, sharing, totals, frozenset(segmented))


def _of_one_budget(
    members: tuple[CampaignStanding, ...], accounts: Mapping[str, AccountStanding]
) -> Figures:
    channels = tuple(dict.fromkeys(c.channel for c in members))
    return figures(pots.shared(members), accounts[members[0].account], channels=channels)


_OF_THE_BUDGET = (
    "daily_micros",
    "highest_today_micros",
    "month_limit_micros",
    "week_limit_micros",
    "changed_this_month",
    "changed_this_week",
    "written_today",
)
"""What a write of a shared budget changes on every campaign that spends from it."""


_NONE = Offers(listed=())


def _decreases_first(change: BudgetChange) -> tuple[bool, str]:
    return change.after_micros > change.before_micros, change.campaign


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
        self.time_zone = time_zone
        self.action = action
        self.standing = standing
        self.targets = targets
        self.known = known(standing)
        self.before = self.known.totals
        self.changes: tuple[BudgetChange, ...] = budget_changes(action)
        self.channels: tuple[str, ...] = channels_of(action)
        """The channels the action touches, each once."""
        kind = type(action)
        self.is_stop = kind is PauseVariant or (kind is SetCampaignStatus and not action.enabled)
        """True for acts that can only make spend smaller: a campaign's pause, a variant's pause."""
        self.is_own_move = action.agent.startswith(PERSON)
        """True for a move of a person's own: what the platform may do alone does not bound people."""
        self.is_safe_stop = (
            kind is SetCampaignStatus
            and not action.enabled
            and action.agent == SAFE_STATE
            and action.campaign in standing.safe_stops
        )
        """True for the pause a trigger declares as its safe state, once its deadline has passed."""
        self.is_ordered_stop = self.is_stop and (standing.paused or self.is_safe_stop)
        """True for a stop somebody has ordered already: the kill switch, or the policy's own safe state."""
        self.is_expiry_stop = self._ends_an_offer()
        """True for a stop by that one agent of what sells nothing but offers out of date."""
        self.in_order = (
            sorted(self.changes, key=_decreases_first) if self.changes[1:] else self.changes
        )
        """The changes as they are carried out: decreases first."""
        self.raised: dict[str, int] = {}
        """By channel, the daily budget added to campaigns, in micros; cuts do not offset."""
        self.cut: dict[str, int] = {}
        """By channel, the daily budget taken from campaigns, in micros."""
        for change in self.changes:
            moved = change.after_micros - change.before_micros
            if moved > 0:
                self.raised[change.channel] = self.raised.get(change.channel, 0) + moved
            elif moved < 0:
                self.cut[change.channel] = self.cut.get(change.channel, 0) - moved
        self._totals: tuple[Totals, ...] | None = None

    @cached_property
    def day(self) -> date:
        """The client's own calendar day: what the dates of an offer are compared with."""
        return client_day(self.standing.now, self.time_zone)

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
        if found is not None:
            return found
        platform = self.known.accounts[change.account].platform
        return never_run(change.campaign, change.account, platform, change.channel)

    def campaign_after(self, change: BudgetChange) -> CampaignStanding:
        """The campaign right after its write."""
        campaign, account = self.campaign_before(change), self.known.accounts[change.account]
        return exposure.after_change(campaign, account, *self._set(change, campaign))

    def _set(self, change: BudgetChange, campaign: CampaignStanding) -> tuple[int, bool | None]:
        """The daily budget and the status a write sets; None leaves the status as it is."""
        kind = type(self.action)
        if kind is SetCampaignStatus:
            return campaign.daily_micros, self.action.enabled
        return change.after_micros, True if kind is LaunchCampaign else None

    def members_after(self, change: BudgetChange) -> tuple[CampaignStanding, ...]:
        """Every campaign a write changes: with a shared budget, all that spend from it."""
        key = pots.budget_key(self.campaign_before(change))
        members = self.known.members.get(key)
        if members is None:
            return (self.campaign_after(change),)
        budget, account = pots.shared(members), self.known.accounts[change.account]
        status = self.action.enabled if isinstance(self.action, SetCampaignStatus) else None
        on = {c.campaign: c.enabled for c in members}
        if status is not None:
            on[change.campaign] = status
        after_micros = budget.daily_micros if status is not None else change.after_micros
        after = exposure.after_change(budget, account, after_micros, any(on.values()))
        update = {name: getattr(after, name) for name in _OF_THE_BUDGET}
        return tuple(c.model_copy(update={**update, "enabled": on[c.campaign]}) for c in members)

    @property
    def totals(self) -> tuple[Totals, ...]:
        """The sums of every state the writes pass through: as it stands first, all done last."""
        if self._totals is None:
            states = [self.before]
            for change in self.in_order:
                states.append(states[-1].plus(*self._figures_of(change)))
            self._totals = tuple(states)
        return self._totals

    @property
    def after(self) -> Totals:
        """The sums once every write is done."""
        return self.totals[-1]

    def states(self) -> Iterator[Standing]:
        """Every standing the writes pass through: as it is now first, all of them done last."""
        campaigns = {c.campaign: c for c in self.standing.campaigns}
        yield self.standing
        for change in self.in_order:
            campaigns |= {c.campaign: c for c in self.members_after(change)}
            yield self.standing.model_copy(update={"campaigns": tuple(campaigns.values())})

    def day_worst(self, channel: str) -> int:
        """The most a channel can bill today, over every state, in micros."""
        return max([t.day.get(channel, 0) for t in self.totals])

    @property
    def month_worst(self) -> int:
        """The most the client can be billed this month, over every state, in micros."""
        return max([t.month for t in self.totals])

    @property
    def month_worst_any(self) -> int:
        """The same if any subset of the writes were done.

        The dearer of before and after of each.
        """
        both = (self._figures_of(change) for change in self.changes)
        deltas = (new.month - (old.month if old else 0) for new, old in both)
        return self.before.month + sum(max(0, delta) for delta in deltas)

    def _figures_of(self, change: BudgetChange) -> tuple[Figures, Figures | None]:
        """The figures of the budget a change writes, after it and before; None: there was none."""
        found = self.campaign_before(change)
        if found.shared_budget is None:
            account = self.known.accounts[change.account]
            after = exposure.figures_after(found, account, *self._set(change, found))
            return after, self.known.figures.get(change.campaign)
        after = _of_one_budget(self.members_after(change), self.known.accounts)
        return after, self.known.figures.get(pots.budget_key(found))
