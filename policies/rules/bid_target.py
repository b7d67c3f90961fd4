"""What a campaign may bid towards, and how far one step may go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field, model_validator

from policies.actions import Frozen, SetBidTarget
from policies.case import Case
from policies.fields import says
from policies.levers import Strategy
from policies.money import MICROS, Amount, decimal_text
from policies.rule import Channel, Ratio, Rule, Share, channel_name, percent, percent_over
from policies.verdict import Family, Reason

_NAMES: dict[Strategy, str] = {
    "target_cpa": "target cost per action",
    "target_roas": "target return on ad spend",
    "max_cpc": "highest cost per click",
}
_ENDS: dict[Strategy, tuple[str, str]] = {
    "target_cpa": ("min_cpa", "max_cpa"),
    "target_roas": ("min_roas", "max_roas"),
    "max_cpc": ("min_cpc", "max_cpc"),
}


class BidRange(Frozen):
    """One channel's ranges; a strategy without a range may only be proposed."""

    min_cpa: Amount | None = Field(
        default=None,
        title="lowest target cost per action",
        description="Both ends, or neither.",
        json_schema_extra=says("lower"),
    )
    max_cpa: Amount | None = Field(
        default=None,
        title="highest target cost per action",
        description="Both ends, or neither.",
        json_schema_extra=says("higher"),
    )
    min_roas: Ratio | None = Field(
        default=None,
        title="lowest target return on ad spend",
        description="400% is 4 for each 1 spent. Both ends, or neither.",
        json_schema_extra=says("lower"),
    )
    max_roas: Ratio | None = Field(
        default=None,
        title="highest target return on ad spend",
        description="400% is 4 for each 1 spent. Both ends, or neither.",
        json_schema_extra=says("higher"),
    )
    min_cpc: Amount | None = Field(
        default=None,
        title="lowest cap on a click",
        description="Both ends, or neither.",
        json_schema_extra=says("lower"),
    )
    max_cpc: Amount | None = Field(
        default=None,
        title="highest cap on a click",
        description="Both ends, or neither.",
        json_schema_extra=says("higher"),
    )
    max_step: Share | None = Field(
        default=None,
        title="largest single step",
        description="For this channel instead of the rule's general value.",
        json_schema_extra=says("higher", falls_back_to="max_step"),
    )

    @model_validator(mode="after")
    def _in_order(self) -> BidRange:
        for low_name, high_name in _ENDS.values():
            low, high = getattr(self, low_name), getattr(self, high_name)
            if (low is None) != (high is None):
                missing, there = (low_name, high_name) if low is None else (high_name, low_name)
                raise ValueError(f"{there} stands without {missing}; write both ends of the range")
            if low is not None and low > high:
                raise ValueError(
                    f"{low_name} {decimal_text(low)} is above {high_name} {decimal_text(high)}; write a"
                    " range that begins below its end"
                )
        return self

    def range(self, strategy: Strategy) -> tuple[int, int] | None:
        """The lowest and the highest; None where nothing is written."""
        low, high = (getattr(self, name) for name in _ENDS[strategy])
        return None if low is None else (low, high)


class BidTarget(Rule):
    """A target stays within its channel's written range, and moves by steps."""

    name: ClassVar[str] = "bid_target"
    title: ClassVar[str] = "Bid targets"
    kinds: ClassVar[frozenset[str] | None] = frozenset({"set_bid_target"})
    family: ClassVar[Family] = "money"

    max_step: Share = Field(
        title="Largest single step",
        description="Of the target as it is, by one action.",
        json_schema_extra=says("higher"),
    )
    channels: dict[Channel, BidRange] = Field(
        title="Channel",
        description="Without a range the platform may only propose.",
        json_schema_extra=says(absent="tighter"),
    )

    def step(self, channel: str) -> int:
        """The largest step on a channel: its own, or else the general one."""
        own = self.channels.get(channel)  # type: ignore[call-overload]  # any str may be asked
        return own.max_step if own and own.max_step is not None else self.max_step

    def judge(self, case: Case) -> Iterator[Reason]:
        """Escalates a target without a range, outside of it, or too far from what it was."""
        action = case.action
        if not isinstance(action, SetBidTarget):
            return
        name, what = channel_name(action.channel), _NAMES[action.strategy]
        own = self.channels.get(action.channel)  # type: ignore[call-overload]
        ends = own.range(action.strategy) if own else None
        if ends is None:
            yield self.reason(
                "escalate",
                f"{name} has no written range for its {what}, so the platform may only propose.",
                channel=action.channel,
            )
        elif not ends[0] <= action.after <= ends[1]:
            low, high, figure = (_told(action, v) for v in (*ends, action.after))
            yield self.reason(
                "escalate",
                f"On {name} the {what} stays between {low} and {high}; this sets {figure}.",
                channel=action.channel,
                bound=f"{low} to {high}",
                figure=figure,
            )
        yield from self._step(action, name, what)

    def _step(self, action: SetBidTarget, name: str, what: str) -> Iterator[Reason]:
        most = self.step(action.channel)
        if not action.before:
            yield self.reason(
                "escalate",
                f"{name} had no {what} here, so a person decides the first one.",
                channel=action.channel,
            )
            return
        moved = abs(action.after - action.before)
        if moved * MICROS > most * action.before:
            figure = percent_over(moved, action.before, most)
            yield self.reason(
                "escalate",
                f"One step moves a {what} on {name} by at most {percent(most)}; this moves it by"
                f" {figure}.",
                channel=action.channel,
                bound=percent(most),
                figure=figure,
            )

    def describe(self) -> str:
        """The step and each channel's ranges."""
        parts = []
        for channel, own in self.channels.items():
            said = [
                f"{_NAMES[s]} {decimal_text(ends[0])} to {decimal_text(ends[1])}"
                for s in _ENDS
                if (ends := own.range(s)) is not None
            ]
            step = f" in steps of {percent(self.step(channel))}" if said else ""
            parts.append(f"{channel_name(channel)} {', '.join(said) or 'none'}{step}")
        return (
            f"Bid targets: {'; '.join(parts)}." if parts else "No bid target has a written range."
        )


def _told(action: SetBidTarget, value: int) -> str:
    if action.strategy == "target_roas":
        return percent(value)
    return f"{action.currency} {decimal_text(value)}"
