"""Acts of a growing size on every lever, for asking the gate how far an agent may go alone. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from policies.actions import (
    AdGroupSpec,
    AdSpec,
    AdText,
    BudgetChange,
    LaunchCampaign,
    PauseVariant,
    SetAudiences,
    SetBidTarget,
    SetBudgets,
    SetCampaignStatus,
    SetSchedule,
    SetVariantShares,
    ShipVariant,
)
from policies.levers import WHOLE, AudienceChange, HourChange, ShareChange, Strategy
from policies.money import MICROS, exactly
from policies.offers import client_day
from policies.policy import Policy
from policies.rule import percent
from policies.standing import CampaignStanding, Standing

_POINT = WHOLE // 100


@dataclass(frozen=True)
class Ground:
    """Where a lever is pulled: one campaign of a channel, under a policy, by an agent."""

    policy: Policy
    standing: Standing
    agent: str
    campaign: CampaignStanding

    @property
    def who(self) -> dict[str, Any]:
        """The fields every act has."""
        return {
            "client": self.standing.client,
            "currency": self.standing.currency,
            "agent": self.agent,
            "reason": "To learn how far it may go alone.",
        }

    @property
    def place(self) -> dict[str, Any]:
        """The fields of an act on the campaign."""
        there = self.campaign
        return {"campaign": there.campaign, "account": there.account, "channel": there.channel}


@dataclass(frozen=True)
class Lever:
    """One lever: the act of each size, the largest size worth asking about, and a size in words.

    ``at`` gives None where there is no such act. ``rule`` is the guardrail that bounds it first; ``never`` says
    what no approval can run, and ``forbidden`` are such acts.
    """

    key: str
    title: str
    rule: str
    at: Callable[[Ground, int], Any | None]
    most: Callable[[Ground], int]
    told: Callable[[Ground, int], str]
    never: str = ""
    forbidden: Callable[[Ground], Iterator[Any]] = lambda _: iter(())


def _budget(ground: Ground, by: int) -> SetBudgets:
    there = ground.campaign
    move = BudgetChange(
        **ground.place,
        before_micros=there.daily_micros,
        after_micros=there.daily_micros + by * MICROS,
    )
    return SetBudgets(**ground.who, changes=(move,))


def _money(ground: Ground, size: int) -> str:
    return f"{exactly(size * MICROS, ground.standing.currency)} a day"


def _room(ground: Ground) -> int:
    return max(1, ground.policy.targets.month_budget // MICROS)


def _cut(ground: Ground, size: int) -> SetBudgets | None:
    return _budget(ground, -size) if size * MICROS <= ground.campaign.daily_micros else None


def _status(ground: Ground, *, on: bool) -> SetCampaignStatus:
    daily = ground.campaign.daily_micros
    return SetCampaignStatus(**ground.who, **ground.place, enabled=on, daily_micros=daily)


def _pause(ground: Ground, _: int) -> SetCampaignStatus | None:
    return _status(ground, on=False) if ground.campaign.enabled else None


def _pause_ad(ground: Ground, _: int) -> PauseVariant:
    return PauseVariant(**ground.who, **ground.place, ad_group="any", variant="any")


def _ad(ground: Ground, *more: str) -> ShipVariant:
    """An ad that says all that every ad must say, and ``more``."""
    rule = ground.policy.guardrails.mandatory_inclusions
    said: dict[str, list[str]] = {"headline": [*more], "description": [], "anywhere": []}
    for entry in rule.inclusions:
        said[entry.where].append(entry.any_of[0])
    text = AdText(
        headlines=tuple(said["headline"]) or ("An ad",),
        descriptions=(*said["description"], *said["anywhere"]),
        final_url="https://example.com/",
    )
    spec = AdSpec(variant="any", concept="any", text=text, offer=_in_force(ground))
    return ShipVariant(**ground.who, **ground.place, ad_group="any", ad=spec)


def _in_force(ground: Ground) -> str | None:
    """An offer that may be sold on this day; None where there is none."""
    day = client_day(ground.standing.now, ground.policy.time_zone)
    offers = ground.policy.offers
    return next((o.key for o in offers.listed if offers.state(o.key, day) == "in_force"), None)


def _forbidden_ads(ground: Ground) -> Iterator[ShipVariant]:
    for entry in ground.policy.guardrails.forbidden_words.phrases[:1]:
        yield _ad(ground, entry.phrase)


def _open(ground: Ground, size: int) -> LaunchCampaign:
    """A new campaign beside the one there, in every place that was agreed."""
    group = AdGroupSpec(ad_group="any", name="Any", ads=(_ad(ground).ad,))
    return LaunchCampaign(
        **ground.who,
        **{**ground.place, "campaign": "none yet"},
        name="any",
        daily_micros=size * MICROS,
        locations=ground.policy.guardrails.envelope.geographies or ("ZZ",),
        ad_groups=(group,),
        offer=_in_force(ground),
    )


def bid(strategy: Strategy) -> Callable[[Ground, int], SetBidTarget | None]:
    """Raise a target by a share of it, from the middle of its written range: sizes in per cent."""

    def at(ground: Ground, size: int) -> SetBidTarget | None:
        own = ground.policy.guardrails.bid_target.channels.get(ground.campaign.channel)  # type: ignore[call-overload]
        ends = own.range(strategy) if own else None
        middle = sum(ends) // 2 if ends else MICROS
        if middle < 100:
            return None
        fields: dict[str, Any] = {
            "strategy": strategy,
            "before": middle,
            "after": middle + middle * size // 100,
        }
        return SetBidTarget(**ground.who, **ground.place, **fields)

    return at


def _hour(ground: Ground, before: int, after: int) -> SetSchedule:
    rule = ground.policy.guardrails.hours
    block = HourChange(
        weekdays=rule.weekdays[:1] or ("mon",),
        first_hour=rule.first_hour,
        until_hour=rule.until_hour,
        before=before,
        after=after,
    )
    return SetSchedule(**ground.who, **ground.place, changes=(block,))


def _split(ground: Ground, size: int) -> SetVariantShares:
    half = WHOLE // 2
    moves = ((1, half + size * _POINT), (2, half - size * _POINT))
    shares = tuple(ShareChange(key=f"ad {n}", before=half, after=after) for n, after in moves)
    return SetVariantShares(**ground.who, **ground.place, ad_group="any", shares=shares)


def _segment(ground: Ground, size: int) -> SetAudiences | None:
    """Give a segment of the list so many per cent of a campaign that reaches it not yet."""
    names = ground.policy.guardrails.audiences.included
    name = next((n for n in names if n not in ground.campaign.targeting.reached), None)
    if name is None:
        return None
    share = ShareChange(key=name, before=0, after=size * _POINT)
    come = AudienceChange(audience=name, role="included", added=True)
    return SetAudiences(**ground.who, **ground.place, changes=(come,), shares=(share,))


def _excluded(ground: Ground) -> Iterator[SetAudiences]:
    for name in ground.policy.guardrails.audiences.excluded[:1]:
        come = AudienceChange(audience=name, role="included", added=True)
        yield SetAudiences(**ground.who, **ground.place, changes=(come,))


def _percent(_: Ground, size: int) -> str:
    return percent(size * _POINT)


def _one(_: Ground) -> int:
    return 1


def _hundred(_: Ground) -> int:
    return 100


LEVERS = (
    Lever("raise", "Raise a budget", "step_size", _budget, _room, _money),
    Lever("cut", "Cut a budget", "step_size", _cut, _room, _money),
    Lever("open", "Open a campaign", "structure", _open, lambda _: 1, _money),
    Lever("pause", "Pause a campaign", "pausing", _pause, _one, lambda *_: "yes"),
    Lever("pause_ad", "Pause an ad", "pausing", _pause_ad, _one, lambda *_: "yes"),
    Lever(
        "new_ad",
        "Put a new ad live",
        "phase",
        lambda ground, _: _ad(ground),
        _one,
        lambda *_: "yes",
        "An ad with a forbidden word, or without what every ad must say.",
        _forbidden_ads,
    ),
    Lever("bid_cpa", "Raise a target cost", "bid_target", bid("target_cpa"), _hundred, _percent),
    Lever(
        "bid_roas", "Raise a target return", "bid_target", bid("target_roas"), _hundred, _percent
    ),
    Lever("bid_cpc", "Raise a cap on a click", "bid_target", bid("max_cpc"), _hundred, _percent),
    Lever(
        "hours",
        "Switch hours off",
        "hours",
        lambda ground, _: _hour(ground, WHOLE, 0),
        _one,
        lambda ground, _: (
            f"{ground.policy.guardrails.hours.first_hour:02d}:00–"
            f"{ground.policy.guardrails.hours.until_hour:02d}:00"
        ),
    ),
    Lever(
        "hour_bid",
        "Bid more in an hour",
        "hours",
        lambda ground, size: _hour(ground, WHOLE, WHOLE + size * _POINT),
        _hundred,
        _percent,
    ),
    Lever(
        "split",
        "Show one ad more often",
        "variant_share",
        _split,
        lambda _: 50,
        lambda _, size: percent(WHOLE // 2 + size * _POINT),
    ),
    Lever(
        "audience",
        "Reach an agreed segment",
        "audience_share",
        _segment,
        _hundred,
        _percent,
        "A segment that must be excluded.",
        _excluded,
    ),
)
"""In the order of the screen."""
