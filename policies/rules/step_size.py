"""How much of a channel one action may move."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from policies.case import Case
from policies.fields import says
from policies.money import MICROS, decimal_text
from policies.rule import Rule, Share, channel_name, percent, percent_over
from policies.verdict import Reason


class StepSize(Rule):
    """The larger of what an action adds to and takes from a channel, over what is set there."""

    name: ClassVar[str] = "step_size"
    title: ClassVar[str] = "Size of one step"

    max_share: Share = Field(
        title="Largest single step",
        description="Of what is set a day on the channel, by one action.",
        json_schema_extra=says("higher", proves=True),
    )

    def judge(self, case: Case) -> Iterator[Reason]:
        """Escalates a step above the bound, and any step from zero."""
        if case.is_stop:
            return
        for channel in dict.fromkeys((*case.raised, *case.cut)):
            moved = max(case.raised.get(channel, 0), case.cut.get(channel, 0))
            total = case.before.daily.get(channel, 0)
            if moved * MICROS <= self.max_share * total:
                continue
            yield self._over(case, channel, moved, total)

    def _over(self, case: Case, channel: str, moved: int, total: int) -> Reason:
        unit, name = case.standing.currency, channel_name(channel)
        figure, bound = decimal_text(moved), percent(self.max_share)
        if total == 0:
            return self.reason(
                "escalate",
                f"{name} has no daily budget running, so a person decides its first {unit}"
                f" {figure}.",
                channel=channel,
                bound=bound,
                figure=figure,
            )
        share = percent_over(moved, total, self.max_share)
        return self.reason(
            "escalate",
            f"One action may move at most {bound} of a channel's daily budget; this moves"
            f" {share} of {name}"
            f" ({unit} {figure} of {decimal_text(total)}).",
            channel=channel,
            bound=bound,
            figure=share,
        )

    def describe(self) -> str:
        """The share of a channel's daily budget."""
        return f"One action moves at most {percent(self.max_share)} of a channel's daily budget."
