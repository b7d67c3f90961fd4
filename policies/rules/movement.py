"""How much may be added in a rolling window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, ClassVar

from pydantic import Field

from policies.case import Case
from policies.fields import says
from policies.money import MICROS
from policies.rule import Rule, Share, percent, percent_over
from policies.verdict import Reason


class MovementBound(Rule):
    """Increases of the window, this action's included, over the client's total daily budget.

    Cuts refund nothing.
    """

    name: ClassVar[str] = "movement"
    title: ClassVar[str] = "Movement in a window"

    window_days: Annotated[int, Field(ge=1, le=92)] = Field(
        title="Length of the window, days",
        description="Increases of so many days count together.",
        json_schema_extra=says("lower", proves=True),
    )
    max_share: Share = Field(
        title="Most added in the window",
        description="Of the client's total daily budget; cuts refund nothing.",
        json_schema_extra=says("higher", proves=True),
    )

    def judge(self, case: Case) -> Iterator[Reason]:
        """Escalates when the window's increases pass the bound, and any increase from nothing."""
        adds = sum(case.raised.values())
        if not adds:
            return
        since = case.standing.now - timedelta(days=self.window_days)
        moved = adds + sum(max(0, m.delta_micros) for m in case.standing.movements if m.at >= since)
        total = sum(case.before.daily.values())
        if moved * MICROS <= self.max_share * total:
            return
        bound = percent(self.max_share)
        figure = percent_over(moved, total, self.max_share) if total else "all of it"
        yield self.reason(
            "escalate",
            f"At most {bound} of the total daily budget may be added within"
            f" {self.window_days} days;"
            f" with this it would be {figure}.",
            bound=bound,
            figure=figure,
            window_days=str(self.window_days),
        )

    def describe(self) -> str:
        """The share and the window."""
        return (
            f"Within {self.window_days} days, at most {percent(self.max_share)} of the total"
            " daily budget is added."
        )
