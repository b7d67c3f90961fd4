"""How much the platform may pause by itself in a day: how many, and how much of what is being spent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from policies.actions import SetCampaignStatus
from policies.case import Case
from policies.fields import says
from policies.money import MICROS
from policies.rule import Channel, Rule, Share, channel_name, percent, percent_over
from policies.verdict import Reason


class Pausing(Rule):
    """Campaigns and variants together, per account-day.

    A stop ordered by the kill switch does not count. The share is of what was set a day before the first pause of
    the day; a variant stops nothing, because its siblings spend on. Nor
    does the stop of what sells only offers out of date, which the offer's own dates have ordered.
    """

    name: ClassVar[str] = "pausing"
    title: ClassVar[str] = "Pauses in a day"
    kinds: ClassVar[frozenset[str] | None] = frozenset({"pause_variant", "set_campaign_status"})

    max_per_day: Annotated[int, Field(ge=0, le=1000)] = Field(
        title="Most pauses a day",
        description="Campaigns and variants together, without asking.",
        json_schema_extra=says("higher", proves=True),
    )
    max_spend_share: Share = Field(
        title="Most of the spend paused a day",
        description="Of the daily budget set over all channels, without asking.",
        json_schema_extra=says("higher"),
    )
    channels: dict[Channel, Share] = Field(
        default={},
        title="most of its spend paused a day",
        description="Of this channel's own daily budget, beside the bound over all channels.",
        json_schema_extra=says("higher", absent="looser", falls_back_to="max_spend_share"),
    )

    def judge(self, case: Case) -> Iterator[Reason]:
        """Escalates the pause after the last one allowed, and one that stops too much of the spend."""
        if not case.is_stop or case.is_ordered_stop or case.is_expiry_stop:
            return
        count = len(case.standing.paused_today) + 1
        if count > self.max_per_day:
            yield self.reason(
                "escalate",
                f"The platform pauses at most {self.max_per_day} campaigns or variants a day"
                " by itself;"
                f" this would be number {count}.",
                bound=str(self.max_per_day),
                figure=str(count),
            )
        if isinstance(case.action, SetCampaignStatus):
            yield from self._spend(case, "", self.max_spend_share)
            own = self.channels.get(case.action.channel)  # type: ignore[call-overload]
            if own is not None:
                yield from self._spend(case, case.action.channel, own)

    def _spend(self, case: Case, channel: str, most: int) -> Iterator[Reason]:
        daily = case.before.daily
        running = daily.get(channel, 0) if channel else sum(daily.values())
        before = sum(
            p.daily_micros for p in case.standing.pauses if not channel or p.channel == channel
        )
        stopped = before + sum(case.cut.values())
        total = running + before
        if stopped * MICROS <= most * total:
            return
        whose = f"{channel_name(channel)}'s" if channel else "the"
        figure = percent_over(stopped, total, most) if total else "all of it"
        yield self.reason(
            "escalate",
            f"The platform pauses at most {percent(most)} of {whose} daily budget in a day by itself;"
            f" this would make it {figure}.",
            bound=percent(most),
            figure=figure,
        )

    def describe(self) -> str:
        """The count and the shares."""
        own = [f", of {channel_name(c)} {percent(v)}" for c, v in self.channels.items()]
        return (
            f"At most {self.max_per_day} campaigns or variants and {percent(self.max_spend_share)} of the"
            f" daily budget{''.join(own)} are paused a day without asking."
        )
