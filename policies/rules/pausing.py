"""How many pauses the platform may make by itself in a day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from policies.case import Case
from policies.fields import says
from policies.rule import Rule
from policies.verdict import Reason


class Pausing(Rule):
    """Campaigns and variants together, per account-day.

    A stop ordered by the kill switch does not count; nor does the stop of what sells only offers out of date,
    which the offer's own dates have ordered.
    """

    name: ClassVar[str] = "pausing"
    title: ClassVar[str] = "Pauses in a day"

    max_per_day: Annotated[int, Field(ge=0, le=1000)] = Field(
        title="Most pauses a day",
        description="Campaigns and variants together, without asking.",
        json_schema_extra=says("higher"),
    )

    def judge(self, case: Case) -> Iterator[Reason]:
        """Escalates the pause after the last one allowed."""
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

    def describe(self) -> str:
        """The count."""
        return f"At most {self.max_per_day} campaigns or variants are paused a day without asking."
