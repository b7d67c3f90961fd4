"""When the platform may switch hours off or on, and how far it may bid away from usual in one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from policies.actions import SetSchedule
from policies.case import Case
from policies.fields import says
from policies.levers import HourChange, Weekday
from policies.money import MICROS
from policies.rule import Rule, Share, percent
from policies.verdict import Family, Reason

_DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


class Hours(Rule):
    """Hours are of the account's own clock.

    A bid is held against the usual one, not against the last change, so that many small steps get no further.
    """

    name: ClassVar[str] = "hours"
    title: ClassVar[str] = "Hours and weekdays"
    kinds: ClassVar[frozenset[str] | None] = frozenset({"set_schedule"})
    family: ClassVar[Family] = "authority"

    weekdays: tuple[Weekday, ...] = Field(
        title="Weekdays it may switch",
        description="On any other day switching an hour off or on asks a person.",
        json_schema_extra=says("more"),
    )
    first_hour: Annotated[int, Field(ge=0, le=23)] = Field(
        title="From hour",
        description="The first hour of a day it may switch, 0 to 23.",
        json_schema_extra=says("lower"),
    )
    until_hour: Annotated[int, Field(ge=1, le=24)] = Field(
        title="Until hour",
        description="Hours from here on stay as they are, 1 to 24.",
        json_schema_extra=says("higher"),
    )
    max_bid_change: Share = Field(
        title="Largest bid change in an hour",
        description="Away from the usual bid, up or down.",
        json_schema_extra=says("higher"),
    )

    @model_validator(mode="after")
    def _in_order(self) -> Hours:
        if self.first_hour >= self.until_hour:
            raise ValueError(
                f"first_hour {self.first_hour} is not before until_hour {self.until_hour};"
                " write hours that begin before they end"
            )
        return self

    def judge(self, case: Case) -> Iterator[Reason]:
        """Escalates switching outside the hours, and a bid too far from usual."""
        if not isinstance(case.action, SetSchedule):
            return
        for change in case.action.changes:
            if (change.before == 0) != (change.after == 0):
                yield from self._switched(change)
            if change.after and abs(change.after - MICROS) > self.max_bid_change:
                yield self._bid(change)

    def _switched(self, change: HourChange) -> Iterator[Reason]:
        days = [d for d in change.weekdays if d not in self.weekdays]
        verb = "on" if change.after else "off"
        if days:
            named = ", ".join(_DAYS[d] for d in days)
            yield self.reason(
                "escalate",
                f"The platform may not switch hours of {named} {verb} by itself.",
                figure=named,
            )
        if change.first_hour < self.first_hour or change.until_hour > self.until_hour:
            yield self.reason(
                "escalate",
                f"The platform switches hours from {_clock(self.first_hour)} to"
                f" {_clock(self.until_hour)} only; this switches {_clock(change.first_hour)} to"
                f" {_clock(change.until_hour)} {verb}.",
                bound=f"{_clock(self.first_hour)} to {_clock(self.until_hour)}",
                figure=f"{_clock(change.first_hour)} to {_clock(change.until_hour)}",
            )

    def _bid(self, change: HourChange) -> Reason:
        most = percent(self.max_bid_change)
        return self.reason(
            "escalate",
            f"In an hour the bid stays within {most} of the usual one; this bids"
            f" {percent(change.after)} of it.",
            bound=most,
            figure=percent(change.after),
        )

    def describe(self) -> str:
        """The days, the hours and the bid."""
        bid = f"the bid of an hour stays within {percent(self.max_bid_change)} of the usual one"
        if not self.weekdays:
            return f"No hour is switched off or on without asking; {bid}."
        days = ", ".join(_DAYS[d] for d in self.weekdays)
        return (
            f"Hours from {_clock(self.first_hour)} to {_clock(self.until_hour)} of {days} may be"
            f" switched off or on; {bid}."
        )


def _clock(hour: int) -> str:
    return f"{hour:02d}:00"
