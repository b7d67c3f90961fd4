"""How much of a channel one action may move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field

from policies.case import Case
from policies.fields import says
from policies.money import MICROS, decimal_text
from policies.rule import MONEY_KINDS, Channel, Rule, Share, channel_name, percent, percent_over
from policies.verdict import Family, Reason


class StepSize(Rule):
    """The larger of what an action adds to and takes from a channel, over what is set there."""

    name: ClassVar[str] = "step_size"
    title: ClassVar[str] = "Size of one step"
    kinds: ClassVar[frozenset[str] | None] = MONEY_KINDS
    family: ClassVar[Family] = "money"

    max_share: Share = Field(
        title="Largest single step",
        description="Of what is set a day on the channel, by one action.",
        json_schema_extra=says("higher", proves=True),
    )
    channels: dict[Channel, Share] = Field(
        default={},
        title="largest single step",
        description="For this channel instead of the rule's general value.",
        json_schema_extra=says("higher", falls_back_to="max_share"),
    )

    def bound(self, channel: str) -> int:
        """The largest step on a channel: its own, or else the general one."""
        return self.channels.get(channel, self.max_share)  # type: ignore[call-overload, no-any-return]

    def judge(self, case: Case) -> Sequence[Reason]:
        """Escalates a step above the bound, and any step from zero."""
        found: list[Reason] = []
        for channel in () if case.is_stop else (case.raised | case.cut):
            moved = max(case.raised.get(channel, 0), case.cut.get(channel, 0))
            total = case.before.daily.get(channel, 0)
            if moved * MICROS > self.bound(channel) * total:
                found.append(self._over(case, channel, moved, total))
        return found

    def _over(self, case: Case, channel: str, moved: int, total: int) -> Reason:
        unit, name = case.standing.currency, channel_name(channel)
        most = self.bound(channel)
        figure, bound = decimal_text(moved), percent(most)
        if total == 0:
            return self.reason(
                "escalate",
                f"{name} has no daily budget running, so a person decides its first {unit}"
                f" {figure}.",
                channel=channel,
                bound=bound,
                figure=figure,
            )
        share = percent_over(moved, total, most)
        return self.reason(
            "escalate",
            f"One action may move at most {bound} of {_whose(channel in self.channels, name)}"
            f" daily budget; this moves {share} of {name}"
            f" ({unit} {figure} of {decimal_text(total)}).",
            channel=channel,
            bound=bound,
            figure=share,
        )

    def describe(self) -> str:
        """The share of a channel's daily budget."""
        own = [f"of {channel_name(c)} {percent(v)}" for c, v in self.channels.items()]
        said = f"One action moves at most {percent(self.max_share)} of a channel's daily budget"
        return f"{said}; {', '.join(own)}." if own else f"{said}."


def _whose(own: bool, name: str) -> str:  # noqa: FBT001  a word, not a switch
    return f"{name}'s" if own else "a channel's"
