"""What each ad platform may bill on a daily budget: dated data with its source, not code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType


@dataclass(frozen=True)
class Delivery:
    """One platform's delivery rules, as the platform states them.

    ``day_multiple``: a day bills at most this many times the highest daily budget set that
    account-day.
    ``month_multiple``: a month whose budget never changes bills at most this many times the daily
    budget.
    """

    platform: str
    day_multiple: Fraction
    month_multiple: Fraction
    valid_from: date
    source: str
    says: str
    read_on: date

    def day(self, daily_micros: int) -> int:
        """The most a day can bill on this daily budget, rounded up to a whole micro."""
        return -(-daily_micros * self._day[0] // self._day[1])

    def month(self, daily_micros: int) -> int:
        """The most a month of an unchanged daily budget can bill, rounded up to a whole micro."""
        return -(-daily_micros * self._month[0] // self._month[1])

    def budget_under(self, day_cap_micros: int) -> int:
        """The largest daily budget whose day stays within a cap, rounded down."""
        return day_cap_micros * self._day[1] // self._day[0]

    @cached_property
    def _day(self) -> tuple[int, int]:
        return self.day_multiple.as_integer_ratio()

    @cached_property
    def _month(self) -> tuple[int, int]:
        return self.month_multiple.as_integer_ratio()


DELIVERY: Mapping[str, Delivery] = MappingProxyType(
    {
        "google_ads": Delivery(
            platform="google_ads",
            day_multiple=Fraction(2),
            month_multiple=Fraction(304, 10),
            valid_from=date(2017, 10, 4),
            source="https://support.google.com/google-ads/answer/10486637 and /10487143",
            says=(
                "A day costs at most twice the average daily budget, and twice the highest"
                " of several budgets set on it; a month at most 30.4 times; after a change, the"
                " rest of the month at most the new budget times the remaining days."
            ),
            read_on=date(2026, 11, 22),
        ),
    }
)
"""By platform. One that is not here raises ``KeyError``, which the gate turns into a block."""
