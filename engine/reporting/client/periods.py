"""The days a page speaks of, and the earlier days it compares them with. Days are the account's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from engine.model.time import days_in_month, month_start

Choice = Literal["7 days", "30 days", "90 days", "month", "last month"]
_LENGTHS: dict[Choice, int] = {"7 days": 7, "30 days": 30, "90 days": 90}
LOOK_BACK = 180
"""Days of figures the longest choice needs: 90 shown and the 89 whole ones before them."""


@dataclass(frozen=True)
class Period:
    """``first`` to ``last``; comparisons use whole days only, up to ``whole_last``.

    ``last`` is ``today``, which is partial, unless the period is over. ``before_first`` to ``before_last`` are the
    days compared with; both are None when no day of the period is whole yet.
    """

    choice: Choice
    first: date
    last: date
    today: date
    before_first: date | None
    before_last: date | None

    @property
    def whole_last(self) -> date:
        """The last whole day; before ``first`` when there is none."""
        return min(self.last, self.today - timedelta(days=1))

    @property
    def whole_days(self) -> int:
        """How many days of the period are whole."""
        return (self.whole_last - self.first).days + 1

    @property
    def runs(self) -> tuple[tuple[str, date, date], ...]:
        """The period in runs of days that never overlap: its whole days, the partial one, the days before."""
        found = []
        if self.whole_days > 0:
            found.append(("whole", self.first, self.whole_last))
        if self.last == self.today:
            found.append(("partial", self.today, self.today))
        if self.before_first is not None and self.before_last is not None:
            found.append(("before", self.before_first, self.before_last))
        return tuple(found)


def period(choice: Choice, today: date) -> Period:
    """A month against the same days of the month before, or the last days against as many whole ones before.

    The month before may be shorter: its days end with it (1–30 March compares with 1–28 February). Seven days
    compare with the same weekdays of the week before.
    """
    if choice == "last month":
        last = month_start(today) - timedelta(days=1)
        first = month_start(last)
        end = first - timedelta(days=1)
        return Period(choice, first, last, today, month_start(end), end)
    if choice in _LENGTHS:
        first = today - timedelta(days=_LENGTHS[choice] - 1)
        whole = _LENGTHS[choice] - 1
        last_before = today - timedelta(days=8) if whole == 6 else first - timedelta(days=1)
        return Period(
            choice, first, today, today, last_before - timedelta(days=whole - 1), last_before
        )
    first = month_start(today)
    if today == first:
        return Period(choice, first, today, today, None, None)
    before = month_start(first - timedelta(days=1))
    same_day = min((today - timedelta(days=1)).day, days_in_month(before))
    return Period(choice, first, today, today, before, before.replace(day=same_day))


def named(span: Period) -> str:
    """``November`` or ``The last 30 days``."""
    lasts = _LENGTHS.get(span.choice)
    return f"The last {lasts} days" if lasts else f"{span.first:%B}"
