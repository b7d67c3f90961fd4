"""What each ad platform may bill on a daily budget: dated data with its source, not code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Literal

Change = Literal["day_counts_whole", "day_is_kept_beside", "unknown"]
"""What a change in mid-period leaves for the rest of it, R days with the day of the change included.

``day_counts_whole``: the new budget x R, or what the day itself may bill where that is more.
``day_is_kept_beside``: the new budget x R beside all the day may have billed before the change.
``unknown``: nobody says; each day left may bill its own limit.
"""


@dataclass(frozen=True)
class Delivery:
    """One platform's delivery rules, as the platform states them.

    ``day_multiple``: a day bills at most this many times the highest daily budget set that
    budget-day.
    ``month``: the month's limit of a budget that never changes, in daily budgets; ``"days"``: as
    many as the month has days; None: the platform has no month.
    ``week_multiple`` and ``week_first``: the same for a week and the weekday it begins on (Monday
    is 0); None: the platform has no week.
    ``on_change``: what a change in the middle of the month or week leaves for its rest.
    ``on_start``: the same for a campaign that begins in the middle of it.
    ``day_zone``: whose day a budget is for: the ad account's own, or UTC.
    ``doubt``: what is not official or contradicts itself, and which reading is taken; else empty.
    """

    platform: str
    name: str
    day_multiple: Fraction
    month: Fraction | Literal["days"] | None
    week_multiple: Fraction | None
    week_first: int | None
    on_change: Change
    on_start: Change
    day_zone: Literal["account", "UTC"]
    valid_from: date
    source: str
    says: str
    read_on: date
    doubt: str = ""

    def day(self, daily_micros: int) -> int:
        """The most a day can bill on this daily budget, rounded up to a whole micro."""
        times, of = self._day
        return -(-daily_micros * times // of)

    def week_of(self, daily_micros: int) -> int | None:
        """The most a week of an unchanged daily budget can bill, rounded up; None: no week."""
        ratio = self._week
        return None if ratio is None else -(-daily_micros * ratio[0] // ratio[1])

    def month_of(self, daily_micros: int, days_in_month: int) -> int | None:
        """The most a month of an unchanged daily budget can bill, rounded up; None: no month."""
        ratio = self._month
        if ratio is None:
            return daily_micros * days_in_month if self.month == "days" else None
        return -(-daily_micros * ratio[0] // ratio[1])

    def budget_under(self, day_cap_micros: int) -> int:
        """The largest daily budget whose day stays within a cap, rounded down."""
        return day_cap_micros * self._day[1] // self._day[0]

    def zone(self, account_zone: str) -> str:
        """The time zone a budget's day is in, given the account's."""
        return "UTC" if self.day_zone == "UTC" else account_zone

    def days_left_in_week(self, today: date) -> int:
        """Days of the platform's week still to be billed, today included; 0: no week."""
        return 0 if self.week_first is None else 7 - (today.weekday() - self.week_first) % 7

    @cached_property
    def _day(self) -> tuple[int, int]:
        return self.day_multiple.as_integer_ratio()

    @cached_property
    def _week(self) -> tuple[int, int] | None:
        return None if self.week_multiple is None else self.week_multiple.as_integer_ratio()

    @cached_property
    def _month(self) -> tuple[int, int] | None:
        return self.month.as_integer_ratio() if isinstance(self.month, Fraction) else None


_MONDAY, _SUNDAY = 0, 6

DELIVERY: Mapping[str, Delivery] = MappingProxyType(
    {
        "google_ads": Delivery(
            platform="google_ads",
            name="Google Ads",
            day_multiple=Fraction(2),
            month=Fraction(304, 10),
            week_multiple=None,
            week_first=None,
            on_change="day_counts_whole",
            on_start="day_counts_whole",
            day_zone="account",
            valid_from=date(2017, 10, 4),
            source="https://support.google.com/google-ads/answer/10486637 and https://support.google.com/google-ads/answer/10487143",
            says=(
                "A day costs at most twice the average daily budget, and twice the highest"
                " of several budgets set on it; a month at most 30.4 times; after a change, the"
                " rest of the month at most the new budget times the remaining days."
            ),
            read_on=date(2026, 11, 22),
        ),
        "meta": Delivery(
            platform="meta",
            name="Meta",
            day_multiple=Fraction(7, 4),
            month=None,
            week_multiple=Fraction(7),
            week_first=_SUNDAY,
            on_change="day_is_kept_beside",
            on_start="unknown",
            day_zone="account",
            valid_from=date(2025, 10, 8),
            source=(
                "https://developers.facebook.com/documentation/ads-commerce/marketing-api/"
                "bidding/overview/budgets (125 %); release notes of facebook-business 24.0.0"
                " (175 %, 7 times a week)"
            ),
            says=(
                "A day costs at most 1.75 times the daily budget, a week from Sunday to Saturday"
                " at most 7 times; after a change in mid-week, the new budget times the remaining"
                " days beside what was spent."
            ),
            read_on=date(2026, 11, 24),
            doubt=(
                "Two official pages disagree: 125 % (budgets page, 11 November 2025) and 175 %"
                " (release notes of October 2025); the larger is taken. What the day of a change"
                " may bill, and what a campaign begun in mid-week may bill that week, is not"
                " written anywhere: each is taken at its dearest."
            ),
        ),
        "linkedin": Delivery(
            platform="linkedin",
            name="LinkedIn",
            day_multiple=Fraction(3, 2),
            month=None,
            week_multiple=Fraction(7),
            week_first=_MONDAY,
            on_change="unknown",
            on_start="unknown",
            day_zone="UTC",
            valid_from=date(2024, 1, 1),
            source=(
                "https://www.linkedin.com/help/lms/answer/a422101 (a continuous schedule: 7 times a"
                " week); https://www.everestx.com/tutorials/linkedin-ads/linkedin-ads-budget-pacing"
                " (150 % a day, not official)"
            ),
            says=(
                "A day (UTC) costs at most 1.5 times the daily budget, a week from Monday to"
                " Sunday at most 7 times on a continuous schedule."
            ),
            read_on=date(2026, 11, 24),
            doubt=(
                "150 % a day stands on other people's pages only. What a change in mid-week leaves"
                " for the rest of it is not written anywhere: each day left is taken at its own"
                " limit."
            ),
        ),
        "microsoft_ads": Delivery(
            platform="microsoft_ads",
            name="Microsoft Advertising",
            day_multiple=Fraction(2),
            month="days",
            week_multiple=None,
            week_first=None,
            on_change="day_is_kept_beside",
            on_start="unknown",
            day_zone="account",
            valid_from=date(2018, 4, 30),
            source="https://help.ads.microsoft.com/#apex/ads/en/51019",
            says=(
                "A day is a target and usually costs less than 100 % above the daily budget; a month"
                " at most the daily budget times the days of the month, reckoned anew after a change"
                " in mid-month."
            ),
            read_on=date(2026, 11, 22),
            doubt=(
                'The day\'s limit is given as what is "usual", not as a promise; twice the budget is'
                " taken. What the day of a change may bill, and what a campaign begun in mid-month may"
                " bill that month, is taken at its dearest."
            ),
        ),
    }
)
"""By platform. One that is not here raises ``KeyError``, which the gate turns into a block."""

PLATFORM_OF: Mapping[str, str] = MappingProxyType(
    {
        "google_search": "google_ads",
        "youtube": "google_ads",
        "linkedin": "linkedin",
        "meta": "meta",
        "microsoft_search": "microsoft_ads",
    }
)
"""The platform that bills each channel."""


def dearest_day(platform: str, daily_micros: int) -> int:
    """The most a day can bill on a budget; on a platform without a row, at the dearest row there is."""
    known = DELIVERY.get(platform)
    rules = DELIVERY.values() if known is None else (known,)
    return max(rule.day(daily_micros) for rule in rules)


def budget_zone(platform: str, account_zone: str) -> str:
    """The time zone a budget's day is in on a platform; the account's where nothing else is known."""
    rule = DELIVERY.get(platform)
    return account_zone if rule is None else rule.zone(account_zone)
