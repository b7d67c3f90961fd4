"""How Meta bills a daily budget, as pure functions on a frozen meter.

A meter stands for one campaign or ad set, whichever holds the budget, at one account day. Money is
int micros of the account's currency; days are the ad account's own. `RULES` says where each rule
comes from; where nobody says, this biller takes what costs most.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox.billing.ruled import Rule, guess, known

_BUDGETS = "facebook-business 24.0.0, release notes of October 2025"
_CHANGES = "adphorus help 69135: a changed budget holds for the days left of the week"

RULES: tuple[Rule, ...] = (
    known("meta_day", "A day bills at most 1.75x the daily budget.", _BUDGETS),
    known("meta_week", "A week, Sunday to Saturday, bills at most 7x the daily budget.", _BUDGETS),
    known("meta_changed", "After a change: the new budget x the days left of the week.", _CHANGES),
    guess("meta_day_highest", "The day's limit follows the highest budget of that day."),
    guess("meta_changed_same_day", "What the day billed before the change is not taken off."),
    guess("meta_started", "A campaign begun in mid-week has the whole week's 7x."),
    guess("meta_paused", "Pausing and resuming leaves the week's limit as it was."),
)


@dataclass(frozen=True, slots=True)
class Meter:
    """What a biller remembers of one budget. All money in micros of the account's currency."""

    day: date
    daily_micros: int
    high_micros: int  # the highest daily budget set on `day`
    billed_today: int
    billed_week: int
    week_limit: int  # for the whole week of `day`, including what is already billed
    serving: bool


def day_of(at: datetime, account_zone: str) -> date:
    """The day of the ad account an instant (aware) is billed to."""
    return at.astimezone(ZoneInfo(account_zone)).date()


def start(daily_micros: int, day: date, *, serving: bool = True) -> Meter:
    """A budget that begins to serve on `day`, with a whole week's limit."""
    return Meter(day, daily_micros, daily_micros, 0, 0, 7 * daily_micros, serving)


def set_budget(meter: Meter, daily_micros: int, day: date) -> Meter:
    """Set the daily budget on `day`. Setting the same amount again changes nothing."""
    now = roll(meter, day)
    if daily_micros == now.daily_micros:
        return now
    saturday = _sunday_before(day) + timedelta(days=6)
    return replace(
        now,
        daily_micros=daily_micros,
        high_micros=max(now.high_micros, daily_micros),
        week_limit=now.billed_week + daily_micros * ((saturday - day).days + 1),
    )


def set_serving(meter: Meter, day: date, *, serving: bool) -> Meter:
    """Pause or resume on `day`. Limits stay as they are."""
    return replace(roll(meter, day), serving=serving)


def charge(meter: Meter, day: date, wanted_micros: int) -> tuple[Meter, int]:
    """Bill up to `wanted_micros` on `day`; returns the new meter and what was billed."""
    now = roll(meter, day)
    by_day = now.high_micros * 175 // 100 - now.billed_today
    by_week = now.week_limit - now.billed_week
    billed = max(0, min(wanted_micros, by_day, by_week)) if now.serving else 0
    today, week = now.billed_today + billed, now.billed_week + billed
    return replace(now, billed_today=today, billed_week=week), billed


def roll(meter: Meter, day: date) -> Meter:
    """Carry a meter to a later day or week.

    Raises:
        ValueError: `day` lies before the meter's day; a biller never goes back.
    """
    if day == meter.day:
        return meter
    if day < meter.day:
        raise ValueError(f"The meter stands on {meter.day}; it cannot go back to {day}.")
    same_week = _sunday_before(day) == _sunday_before(meter.day)
    return replace(
        meter,
        day=day,
        high_micros=meter.daily_micros,
        billed_today=0,
        billed_week=meter.billed_week if same_week else 0,
        week_limit=meter.week_limit if same_week else 7 * meter.daily_micros,
    )


def _sunday_before(day: date) -> date:
    """The Sunday the week of `day` began on."""
    return day - timedelta(days=day.isoweekday() % 7)
