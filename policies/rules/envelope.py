"""Where the client's ads may run: platforms, channels, types of campaign, geographies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from policies.actions import LaunchCampaign, SetAudiences, SetCampaignStatus, type_of
from policies.case import Case
from policies.fields import says
from policies.levers import AUDIENCE_SWITCHES, CampaignType
from policies.reach import Expansion, widened
from policies.rule import Channel, Rule, channel_name
from policies.verdict import Family, Reason

Platform = Literal["google_ads", "meta_ads", "linkedin_ads", "microsoft_ads"]
Place = Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]
"""ISO 3166: a country (``GB``) or one of its parts (``GB-SCT``)."""


class Envelope(Rule):
    """A launch or a resume outside it is asked for.

    What widens places and pages by itself (search partners, display expansion, audience network, final URL
    expansion) is off.
    """

    name: ClassVar[str] = "envelope"
    title: ClassVar[str] = "Where ads may run"
    kinds: ClassVar[frozenset[str] | None] = frozenset(
        {"launch_campaign", "set_campaign_status", "set_audiences"}
    )
    family: ClassVar[Family] = "authority"

    platforms: tuple[Platform, ...] = Field(
        title="Platforms",
        description="Starting a campaign on any other asks a person.",
        json_schema_extra=says("more"),
    )
    channels: tuple[Channel, ...] = Field(
        title="Channels",
        description="Each needs daily bounds. Starting a campaign on any other asks a person.",
        json_schema_extra=says("more"),
    )
    campaign_types: tuple[CampaignType, ...] = Field(
        title="Types of campaign",
        description="Starting one of any other type asks a person.",
        json_schema_extra=says("more"),
    )
    geographies: tuple[Place, ...] = Field(
        title="Countries and regions",
        description="ISO codes such as GB or GB-SCT; a country holds all of its parts.",
        json_schema_extra=says("more"),
    )
    expansion: Expansion = Field(
        title="If the platform would widen places or pages by itself",
        description="Blocked for good, or asked for.",
        json_schema_extra=says("later"),
    )

    def judge(self, case: Case) -> Iterator[Reason]:
        """Escalates a start outside the envelope; a widening switch as is written."""
        action = case.action
        if isinstance(action, LaunchCampaign):
            yield from self._place(case, type_of(action), action.locations)
            yield from self._wider(action.targeting.expansions)
        elif isinstance(action, SetCampaignStatus) and action.enabled:
            there = case.known.campaigns[action.campaign]
            yield from self._place(case, there.campaign_type, there.locations)
            yield from self._wider(there.targeting.expansions)
        elif isinstance(action, SetAudiences):
            yield from self._wider(s.switch for s in action.switches if s.on)

    def _place(self, case: Case, kind: str, places: tuple[str, ...]) -> Iterator[Reason]:
        """An empty kind or place of a campaign that exists is not known, and was agreed to when it opened."""
        action = case.action
        platform = case.known.accounts[action.account].platform
        if platform not in self.platforms:
            yield self._outside("platform", platform.replace("_", " "))
        if action.channel not in self.channels:
            yield self._outside("channel", channel_name(action.channel))
        if kind and kind not in self.campaign_types:
            yield self._outside("type of campaign", kind.replace("_", " "))
        for place in places:
            if place not in self.geographies and place.partition("-")[0] not in self.geographies:
                yield self._outside("place", place)

    def _outside(self, what: str, name: str) -> Reason:
        return self.reason(
            "escalate",
            f"{name} is no {what} the client agreed to, so a person decides.",
            what=what,
            figure=name,
        )

    def _wider(self, switches: Iterator[str] | tuple[str, ...]) -> Iterator[Reason]:
        for switch in switches:
            if switch not in AUDIENCE_SWITCHES:
                yield widened(self, self.expansion, switch)

    def describe(self) -> str:
        """The lists."""
        channels = ", ".join(channel_name(c) for c in self.channels) or "no channel"
        places = ", ".join(self.geographies) or "no place"
        return (
            f"Campaigns start on {channels} in {places}; nothing widens places or pages by itself."
        )
