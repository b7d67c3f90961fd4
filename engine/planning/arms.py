"""The campaigns a plan may set: those running and those the offers ask for, each with a curve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from engine.model import curves
from engine.model.curves import Curve
from engine.model.margins import Worth, worth
from engine.model.plans import PlanInputs
from policies.actions import LaunchCampaign
from policies.standing import CampaignStanding, never_run

REACH = 3.0
"""A curve is trusted up to three times the budget it was seen at (a convention of the house)."""
KEEPS = 0.5
"""A plan leaves a running campaign half of its budget where the bounds let it: the rest is the agents' to take,
step by step, on evidence (a convention of the house)."""
_PRIOR_SATURATION = 0.7
_PRIOR_ERROR = 0.6


@dataclass(frozen=True)
class Arm:
    """One campaign of the plan: what it has now, what it should keep, and the most it may get, in micros a day."""

    campaign: str
    channel: str
    account: str
    before_micros: int
    least_micros: int
    most_micros: int
    curve: Curve
    standing: CampaignStanding
    launch: LaunchCampaign | None = None
    worth: Worth = field(default_factory=lambda: Worth({}))

    @property
    def value(self) -> Curve:
        """The curve the money follows: contribution where every margin is known, else revenue."""
        return self.worth.of(self.curve)


def arms(inputs: PlanInputs) -> list[Arm]:
    """Every enabled campaign of ours, then the launches; campaigns too young for a curve get the prior."""
    learnt = {
        c.campaign: c
        for c in curves.fit(inputs.facts, inputs.deals, inputs.today, inputs.final_after_days)
    }
    running = [
        c for c in inputs.standing.campaigns if c.enabled and not c.campaign.startswith("other/")
    ]
    found = [_running(c, learnt) for c in running]
    known = {c.campaign for c in inputs.standing.campaigns}
    fresh = [x for x in inputs.launches if x.campaign not in known]
    both = [*found, *(_launch(x, inputs, learnt) for x in fresh)]
    new = {x.campaign: x.offer for x in fresh}
    money = worth(inputs.policy, inputs.standing, [a.campaign for a in both], new)
    return [replace(arm, worth=money) for arm in both]


def _running(campaign: CampaignStanding, learnt: Mapping[str, Curve]) -> Arm:
    curve = learnt.get(campaign.campaign) or prior(
        campaign.campaign, campaign.channel, campaign.daily_micros, learnt
    )
    return Arm(
        campaign=campaign.campaign,
        channel=campaign.channel,
        account=campaign.account,
        before_micros=campaign.daily_micros,
        least_micros=int(KEEPS * campaign.daily_micros),
        most_micros=round(REACH * max(campaign.daily_micros, curve.spend_micros)),
        curve=curve,
        standing=campaign,
    )


def _launch(action: LaunchCampaign, inputs: PlanInputs, learnt: Mapping[str, Curve]) -> Arm:
    account = inputs.standing.account(action.account)
    platform = account.platform if account else ""
    standing = never_run(action.campaign, action.account, platform, action.channel)
    return Arm(
        campaign=action.campaign,
        channel=action.channel,
        account=action.account,
        before_micros=0,
        least_micros=0,
        most_micros=action.daily_micros,
        curve=prior(action.campaign, action.channel, action.daily_micros, learnt),
        standing=standing,
        launch=action,
    )


def prior(campaign: str, channel: str, daily_micros: int, learnt: Mapping[str, Curve]) -> Curve:
    """The curve of a campaign nobody has seen yet: the average return of its channel, else of the client.

    With nothing learnt at all every campaign brings back its own money: the plan then follows the
    bounds.
    """
    like = [c for c in learnt.values() if c.channel == channel] or list(learnt.values())
    daily = float(max(daily_micros, 1_000_000))
    spent = sum(c.spend_micros for c in like)
    revenue = sum(c.value(c.spend_micros) for c in like)
    leads = sum(c.leads(c.spend_micros) for c in like)
    won = sum(c.leads(c.spend_micros) * c.won_per_lead for c in like)
    back = revenue / spent if spent and revenue else 1.0
    return Curve(
        campaign=campaign,
        channel=channel,
        spend_micros=daily,
        top_micros=float(back * daily / -np.expm1(-_PRIOR_SATURATION)),
        scale_micros=daily / _PRIOR_SATURATION,
        leads_per_micro=leads / spent if spent else 0.0,
        won_per_lead=won / leads if leads else 0.0,
        error=_PRIOR_ERROR,
        sample_days=0,
    )
