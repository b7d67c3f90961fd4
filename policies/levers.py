"""The levers beside budgets and ads: whom a campaign reaches, what it bids, when it runs, which ad is shown how often.

Shares are millionths of the whole. What a platform does by itself to reach more people is a switch that is
off unless an act says that it is on.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from policies.act import Act, Key, Micros, Millionths, Sealed

WHOLE = 1_000_000
CampaignType = Literal[
    "search", "demand_gen", "display", "performance_max", "sponsored_content", "standard"
]
STANDARD_TYPES: dict[str, CampaignType] = {
    "google_search": "search",
    "youtube": "demand_gen",
    "linkedin": "sponsored_content",
    "meta": "standard",
}
"""What the house opens on a channel unless a launch says otherwise."""
Switch = Literal[
    "optimised_targeting",
    "advantage_audience",
    "audience_expansion",
    "search_partners",
    "display_expansion",
    "audience_network",
    "final_url_expansion",
]
"""What a platform widens by itself where it is on: Google optimised targeting, search partners, display expansion
and final URL expansion; Meta Advantage audience; LinkedIn audience expansion and audience network
(developers.google.com/google-ads/api, developers.facebook.com/docs/marketing-api targeting_automation,
learn.microsoft.com/linkedin/marketing adCampaigns; read 2026-11-22)."""
AUDIENCE_SWITCHES: frozenset[str] = frozenset(
    {"optimised_targeting", "advantage_audience", "audience_expansion"}
)
"""Those that reach people outside the audiences named; the others reach other places and pages."""
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Strategy = Literal["target_cpa", "target_roas", "max_cpc"]


class Lookalike(Sealed):
    """People like those of ``audience``: the nearest ``percent`` of a country."""

    audience: Key
    percent: Annotated[int, Field(ge=1, le=20)]


class SegmentShare(Sealed):
    """How much of a campaign's delivery one audience segment takes."""

    audience: Key
    share: Millionths


class Targeting(Sealed):
    """Whom a campaign reaches. ``shares`` are of its delivery, where they are known; ``expansions`` are on."""

    included: tuple[Key, ...] = ()
    excluded: tuple[Key, ...] = ()
    lookalikes: tuple[Lookalike, ...] = ()
    expansions: tuple[Switch, ...] = ()
    shares: tuple[SegmentShare, ...] = ()

    @property
    def reached(self) -> tuple[str, ...]:
        """Every segment it reaches, lookalikes by the segment they are like."""
        return tuple(dict.fromkeys((*self.included, *(x.audience for x in self.lookalikes))))

    @property
    def segmented(self) -> bool:
        """True when any segment takes a share of its delivery, measured or not."""
        return bool(self.included or self.shares or self.lookalikes)

    def delivery(self) -> dict[str, int]:
        """The share of each segment reached; one nobody has measured may take what the known ones leave."""
        known = {s.audience: s.share for s in self.shares}
        rest = max(0, WHOLE - sum(known.values()))
        return {**known, **{key: rest for key in self.reached if key not in known}}


NOBODY_NAMED = Targeting()
"""No audience is named and nothing widens by itself."""


class AudienceChange(Sealed):
    """One audience taken in or out. ``percent`` is the size of a lookalike, None for the others."""

    audience: Key
    role: Literal["included", "excluded", "lookalike"]
    added: bool
    percent: Annotated[int, Field(ge=1, le=20)] | None = None

    @model_validator(mode="after")
    def _sized(self) -> AudienceChange:
        if (self.role == "lookalike") != (self.percent is not None):
            raise ValueError("a lookalike has a percent, and no other audience has one")
        return self


class ShareChange(Sealed):
    """One segment's or variant's share of delivery, before and after."""

    key: Key
    before: Millionths
    after: Millionths


class SwitchChange(Sealed):
    """One of the platform's own switches, turned on or off."""

    switch: Switch
    on: bool


class SetAudiences(Act):
    """Change whom one campaign reaches, and how its delivery is shared between segments."""

    kind: Literal["set_audiences"] = "set_audiences"
    campaign: Key
    account: Key
    channel: str
    changes: tuple[AudienceChange, ...] = ()
    shares: tuple[ShareChange, ...] = ()
    switches: tuple[SwitchChange, ...] = ()

    @model_validator(mode="after")
    def _says_each_once(self) -> SetAudiences:
        if not (self.changes or self.shares or self.switches):
            raise ValueError("an audience action changes nothing")
        for named in (
            [(c.audience, c.role) for c in self.changes],
            [s.key for s in self.shares],
            [s.switch for s in self.switches],
        ):
            if len(set(named)) != len(named):
                raise ValueError("an audience or a switch appears twice in one action")
        if sum(s.after for s in self.shares) > WHOLE:
            raise ValueError("the segments' shares come to more than the whole delivery")
        return self


class SetBidTarget(Act):
    """Set what one campaign bids towards.

    A cost per action and a highest cost per click are in micros of the action's currency; a return on ad spend
    is in millionths (4,000,000 is 4.0 x). ``before`` is None where no target was set.
    """

    kind: Literal["set_bid_target"] = "set_bid_target"
    campaign: Key
    account: Key
    channel: str
    strategy: Strategy
    before: Micros | None
    after: Annotated[int, Field(gt=0)]


class HourChange(Sealed):
    """Hours of some weekdays, of the account's own clock: from ``first_hour`` until ``until_hour``.

    ``before`` and ``after`` are millionths of the usual bid: 0 is switched off, 1,000,000 is as usual.
    """

    weekdays: tuple[Weekday, ...] = Field(min_length=1)
    first_hour: Annotated[int, Field(ge=0, le=23)]
    until_hour: Annotated[int, Field(ge=1, le=24)]
    before: Annotated[int, Field(ge=0, le=10 * WHOLE)]
    after: Annotated[int, Field(ge=0, le=10 * WHOLE)]

    @model_validator(mode="after")
    def _in_order(self) -> HourChange:
        if self.first_hour >= self.until_hour:
            raise ValueError("hours end after they begin; write two blocks across midnight")
        if len(set(self.weekdays)) != len(self.weekdays):
            raise ValueError("a weekday appears twice in one block of hours")
        return self

    @property
    def slots(self) -> frozenset[tuple[str, int]]:
        """Every weekday and hour it speaks of."""
        hours = range(self.first_hour, self.until_hour)
        return frozenset((day, hour) for day in self.weekdays for hour in hours)


class SetSchedule(Act):
    """Switch hours of one campaign on or off, or bid more or less in them."""

    kind: Literal["set_schedule"] = "set_schedule"
    campaign: Key
    account: Key
    channel: str
    changes: tuple[HourChange, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _no_hour_twice(self) -> SetSchedule:
        every = [slot for c in self.changes for slot in c.slots]
        if len(set(every)) != len(every):
            raise ValueError("an hour appears twice in one schedule")
        return self


class SetVariantShares(Act):
    """Set how the delivery of one ad group is shared between its ads; together they are the whole."""

    kind: Literal["set_variant_shares"] = "set_variant_shares"
    campaign: Key
    account: Key
    channel: str
    ad_group: Key
    shares: tuple[ShareChange, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _fills_the_whole(self) -> SetVariantShares:
        if len({s.key for s in self.shares}) != len(self.shares):
            raise ValueError("a variant appears twice in one action")
        total = sum(s.after for s in self.shares)
        if total != WHOLE:
            raise ValueError(f"the variants' shares come to {total / WHOLE:.2%}, not to 100%")
        return self


STEERS = (SetAudiences, SetBidTarget, SetSchedule, SetVariantShares)
"""Acts that steer money without setting a budget: no source may be late for them either."""


def reaching(targeting: Targeting, action: SetAudiences) -> Targeting:
    """Whom a campaign reaches once ``action`` is carried out; the same action twice changes nothing more."""
    gone = {(c.audience, c.role) for c in action.changes}
    come = [c for c in action.changes if c.added]

    def names(role: str, now: tuple[str, ...]) -> tuple[str, ...]:
        kept = [n for n in now if (n, role) not in gone]
        return (*kept, *(c.audience for c in come if c.role == role))

    alike = tuple(x for x in targeting.lookalikes if (x.audience, "lookalike") not in gone)
    more = (Lookalike(audience=c.audience, percent=c.percent) for c in come if c.percent)
    shares = {s.audience: s.share for s in targeting.shares}
    shares |= {s.key: s.after for s in action.shares}
    told = {s.switch: s.on for s in action.switches}
    on = dict.fromkeys((*targeting.expansions, *(s for s, is_on in told.items() if is_on)))
    after = Targeting(
        included=names("included", targeting.included),
        excluded=names("excluded", targeting.excluded),
        lookalikes=(*alike, *more),
        expansions=tuple(s for s in on if told.get(s, True)),
    )
    left = tuple(
        SegmentShare(audience=a, share=s) for a, s in shares.items() if a in after.reached and s
    )
    return after.model_copy(update={"shares": left})
