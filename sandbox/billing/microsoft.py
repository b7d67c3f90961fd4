"""How Microsoft Advertising bills a daily budget, as pure functions on a frozen meter.

A meter stands for one campaign (or one shared budget) at one account day. Money is int micros of
the account's currency; days are the account's own. `RULES` says where each rule comes from; where
nobody says, this biller takes what costs most.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sandbox.billing.ruled import Rule, guess, known

_BUDGETS = "help.ads.microsoft.com 51019"

RULES: tuple[Rule, ...] = (
    known("microsoft_month", "A month bills at most the daily budget x its days.", _BUDGETS),
    known("microsoft_changed", "A change in mid-month reckons the rest of it anew.", _BUDGETS),
    guess("microsoft_day", 'A day, "usually" below 100 % above its budget, bills at most 2x.'),
    guess("microsoft_day_highest", "The day's limit follows the highest budget of that day."),
    guess("microsoft_changed_same_day", "What the day billed before the change is not taken off."),
    guess("microsoft_started", "A campaign begun in mid-month has the whole month's limit."),
    guess("microsoft_paused", "Pausing and resuming leaves the month's limit as it was."),
)


@dataclass(frozen=True, slots=True)
class Meter:
    """What a biller remembers of one budget. All money in micros of the account's currency."""

    day: date
    daily_micros: int
    high_micros: int  # the highest daily budget set on `day`
    billed_today: int
    billed_month: int
    reckoned_from: int  # what the month had billed when its limit was last reckoned
    reckoned_days: int  # the days the daily budget holds for since then
    serving: bool


def day_of(at: datetime, account_zone: str) -> date:
    """The day of the account an instant (aware) is billed to."""
    return at.astimezone(ZoneInfo(account_zone)).date()


def start(daily_micros: int, day: date, *, serving: bool = True) -> Meter:
    """A budget that begins to serve on `day`, with a whole month's limit."""
    return Meter(day, daily_micros, daily_micros, 0, 0, 0, _days_of(day), serving)


def set_budget(meter: Meter, daily_micros: int, day: date) -> Meter:
    """Set the daily budget on `day`. Setting the same amount again changes nothing."""
    now = roll(meter, day)
    if daily_micros == now.daily_micros:
        return now
    return replace(
        now,
        daily_micros=daily_micros,
        high_micros=max(now.high_micros, daily_micros),
        reckoned_from=now.billed_month,
        reckoned_days=_days_of(day) - day.day + 1,
    )


def set_serving(meter: Meter, day: date, *, serving: bool) -> Meter:
    """Pause or resume on `day`. Limits stay as they are."""
    return replace(roll(meter, day), serving=serving)


def charge(meter: Meter, day: date, wanted_micros: int) -> tuple[Meter, int]:
    """Bill up to `wanted_micros` on `day`; returns the new meter and what was billed."""
    now = roll(meter, day)
    month = now.reckoned_from + now.daily_micros * now.reckoned_days
    by_day, by_month = now.high_micros * 2 - now.billed_today, month - now.billed_month
    billed = max(0, min(wanted_micros, by_day, by_month)) if now.serving else 0
    after = replace(
        now, billed_today=now.billed_today + billed, billed_month=now.billed_month + billed
    )
    return after, billed


def roll(meter: Meter, day: date) -> Meter:
    """Carry a meter to a later day or month.

    Raises:
        ValueError: `day` lies before the meter's day; a biller never goes back.
    """
    if day < meter.day:
        raise ValueError(f"The meter stands on {meter.day}; it cannot go back to {day}.")
    if day == meter.day:
        return meter
    later = replace(meter, day=day, high_micros=meter.daily_micros, billed_today=0)
    if day.replace(day=1) == meter.day.replace(day=1):
        return later
    return replace(later, billed_month=0, reckoned_from=0, reckoned_days=_days_of(day))


def _days_of(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]
