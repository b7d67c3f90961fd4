"""How Google bills a daily budget, as pure functions on a frozen meter.

A meter stands for one campaign (or one shared budget) at one account day. Money is int micros of
the account's currency; days are the account's own calendar days. The rules and where they come
from are rows of `sandbox.rules`:

* a day bills at most 2x the highest average daily budget that was set on that day;
* a month bills at most 30.4x the daily budget when it is unchanged all month;
* started in mid-month: at most daily budget x remaining days, the first day included;
* after a change on day d with R days left (d included), the charges from the start of day d to
  the end of the month are at most max(new budget x R, what day d had billed when it changed);
* a paused or removed campaign bills nothing; resuming does not renew the month's limit.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Meter:
    """What a biller remembers of one budget. All money in micros of the account's currency."""

    day: date
    daily_micros: int
    high_micros: int  # the highest average daily budget set on `day`
    billed_today: int
    billed_month: int
    month_limit: int  # for the whole calendar month of `day`, including what is already billed
    serving: bool


def day_of(at: datetime, account_zone: str) -> date:
    """The day of the account an instant (aware) is billed to."""
    return at.astimezone(ZoneInfo(account_zone)).date()


def start(daily_micros: int, day: date, *, serving: bool = True) -> Meter:
    """A budget that begins to serve on `day`; in mid-month its limit is daily x remaining days."""
    limit = monthly(daily_micros) if day.day == 1 else daily_micros * days_left(day)
    return Meter(day, daily_micros, daily_micros, 0, 0, limit, serving)


def set_budget(meter: Meter, daily_micros: int, day: date) -> Meter:
    """Set the average daily budget on `day`. Setting the same amount again changes nothing."""
    now = roll(meter, day)
    if daily_micros == now.daily_micros:
        return now
    before_today = now.billed_month - now.billed_today
    rest = max(daily_micros * days_left(day), now.billed_today)
    return replace(
        now,
        daily_micros=daily_micros,
        high_micros=max(now.high_micros, daily_micros),
        month_limit=before_today + rest,
    )


def set_serving(meter: Meter, day: date, *, serving: bool) -> Meter:
    """Pause or resume on `day`. Limits stay as they are (our reading; see `sandbox.rules`)."""
    return replace(roll(meter, day), serving=serving)


def room(meter: Meter, day: date) -> int:
    """The most that may still be billed on `day`, in micros: the adversarial biller's wish."""
    now = roll(meter, day)
    if not now.serving:
        return 0
    today = 2 * now.high_micros - now.billed_today
    return max(0, min(today, now.month_limit - now.billed_month))


def charge(meter: Meter, day: date, wanted_micros: int) -> tuple[Meter, int]:
    """Bill up to `wanted_micros` on `day`; returns the new meter and what was billed."""
    now = roll(meter, day)
    billed = max(0, min(wanted_micros, room(now, day)))
    if billed == 0:
        return now, 0
    today, month = now.billed_today + billed, now.billed_month + billed
    after = Meter(
        day, now.daily_micros, now.high_micros, today, month, now.month_limit, now.serving
    )
    return after, billed


def roll(meter: Meter, day: date) -> Meter:
    """Carry a meter to a later day or month.

    Raises:
        ValueError: `day` lies before the meter's day; a biller never goes back.
    """
    if day == meter.day:
        return meter
    if day < meter.day:
        raise ValueError(f"The meter stands on {meter.day}; it cannot go back to {day}.")
    same_month = (day.year, day.month) == (meter.day.year, meter.day.month)
    return replace(
        meter,
        day=day,
        high_micros=meter.daily_micros,
        billed_today=0,
        billed_month=meter.billed_month if same_month else 0,
        month_limit=meter.month_limit if same_month else monthly(meter.daily_micros),
    )


def monthly(daily_micros: int) -> int:
    """30.4x a daily budget, in whole micros."""
    return daily_micros * 304 // 10


def days_left(day: date) -> int:
    """Days from `day` to the end of its month, `day` included."""
    return calendar.monthrange(day.year, day.month)[1] - day.day + 1
