"""Daily minimum and maximum per channel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field, model_validator

from policies.actions import Frozen
from policies.case import Case
from policies.fields import says
from policies.money import Amount, decimal_text
from policies.rule import Channel, Rule, channel_name
from policies.verdict import Family, Reason


class DailyBound(Frozen):
    """One channel's day, in whole units of the policy's currency.

    A maximum of "0.00" closes the channel.
    """

    min_daily: Amount = Field(
        title="least set a day",
        description="A cut or a pause below it asks a person.",
        json_schema_extra=says("lower", proves=True),
    )
    max_daily: Amount = Field(
        title="most billed a day",
        description="Held against what can be billed that day; 0 closes the channel.",
        json_schema_extra=says("higher", hint="billable_day", proves=True),
    )

    @model_validator(mode="after")
    def _in_order(self) -> DailyBound:
        if self.min_daily > self.max_daily:
            low, high = decimal_text(self.min_daily), decimal_text(self.max_daily)
            raise ValueError(
                f"min_daily {low} is above max_daily {high}; write a minimum no larger than"
                " the maximum"
            )
        return self


class ChannelDaily(Rule):
    """A maximum is held against what can be billed, a minimum against what stays set."""

    name: ClassVar[str] = "channel_daily"
    title: ClassVar[str] = "Daily bounds per channel"
    family: ClassVar[Family] = "money"

    channels: dict[Channel, DailyBound] = Field(
        title="Channel",
        description="On a channel without bounds the platform may only ask.",
        json_schema_extra=says(absent="tighter"),
    )

    def judge(self, case: Case) -> Sequence[Reason]:
        """Escalates above a maximum, below a minimum, and wherever no bound is written."""
        found: list[Reason] = []
        for channel in () if case.is_ordered_stop else case.channels:
            bound = self.channels.get(channel)  # type: ignore[call-overload]  # any str may be asked
            if bound is None:
                found.append(self._unbound(channel))
                continue
            if channel in case.raised and (worst := case.day_worst(channel)) > bound.max_daily:
                found.append(self._above(case, channel, bound.max_daily, worst))
            if channel in case.cut and (left := case.after.daily.get(channel, 0)) < bound.min_daily:
                found.append(self._below(case, channel, bound.min_daily, left))
        return found

    def _unbound(self, channel: str) -> Reason:
        return self.reason(
            "escalate",
            f"{channel_name(channel)} has no written daily bound, so the platform may only ask.",
            channel=channel,
        )

    def _above(self, case: Case, channel: str, most: int, worst: int) -> Reason:
        unit, bound, figure = case.standing.currency, decimal_text(most), decimal_text(worst)
        said = (
            f"{channel_name(channel)} is closed (its daily maximum is {unit} 0.00)"
            if most == 0
            else f"{channel_name(channel)} may bill at most {unit} {bound} a day"
        )
        return self.reason(
            "escalate",
            f"{said}; after this it could bill {unit} {figure} today.",
            channel=channel,
            bound=bound,
            figure=figure,
        )

    def _below(self, case: Case, channel: str, least: int, left: int) -> Reason:
        unit, bound, figure = case.standing.currency, decimal_text(least), decimal_text(left)
        return self.reason(
            "escalate",
            f"{channel_name(channel)} keeps at least {unit} {bound} a day set; this would"
            f" leave {unit} {figure}.",
            channel=channel,
            bound=bound,
            figure=figure,
        )

    def describe(self) -> str:
        """One clause per channel."""
        parts = [
            f"{channel_name(name)} is closed"
            if bound.max_daily == 0
            else f"{channel_name(name)} has at least {decimal_text(bound.min_daily)} a day set"
            f" and bills at most {decimal_text(bound.max_daily)}"
            for name, bound in self.channels.items()
        ]
        return f"{'; '.join(parts)}." if parts else "No channel has a written daily bound."
