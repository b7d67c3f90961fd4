"""The days a page speaks of, and the earlier days it compares them with. Days are the account's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from engine.model.time import days_in_month, month_start

Choice = Literal["month", "30 days"]


@dataclass(frozen=True)
class Period:
    """``first`` to ``today`` (today is partial); comparisons use whole days only, up to ``whole_last``.

    ``before_first`` to ``before_last`` are the days compared with; both are None when no day of the
    period is whole yet.
    """

    choice: Choice
    first: date
    today: date
    before_first: date | None
    before_last: date | None

    @property
    def whole_last(self) -> date:
        """The last whole day; before ``first`` when there is none."""
        return self.today - timedelta(days=1)

    @property
    def whole_days(self) -> int:
        """How many days of the period are whole."""
        return (self.today - self.first).days


def period(choice: Choice, today: date) -> Period:
    """This month against the same days of the month before, or the last 30 days against the 30 before.

    The month before may be shorter: its days end with it (1–30 March compares with 1–28 February).
    """
    if choice == "30 days":
        first = today - timedelta(days=29)
        last_before = first - timedelta(days=1)
        return Period(choice, first, today, last_before - timedelta(days=28), last_before)
    first = month_start(today)
    if today == first:
        return Period(choice, first, today, None, None)
    before = month_start(first - timedelta(days=1))
    same_day = min((today - timedelta(days=1)).day, days_in_month(before))
    return Period(choice, first, today, before, before.replace(day=same_day))
