"""How LinkedIn bills a daily budget, as pure functions on a frozen meter.

A meter stands for one campaign, or one campaign group with a group budget, at one day of UTC. Money
is int micros of the account's currency. `RULES` says where each rule comes from; where nobody says,
this biller takes what costs most: after a change the whole week is measured by the new budget, and
what was billed by the old one is forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sandbox.billing.ruled import Rule, guess, known

_API = "learn.microsoft.com/linkedin/marketing: adCampaigns, dailyBudget"
_BUDGETS = "linkedin.com/help/lms/answer/a422101"

RULES: tuple[Rule, ...] = (
    known("linkedin_zone", "The daily budget is for a day of UTC, in any account zone.", _API),
    known("linkedin_week", "On a continuous schedule a week bills at most 7x.", _BUDGETS),
    guess("linkedin_day", "A day bills at most 1.5x the daily budget."),
    guess("linkedin_monday", "The week runs from Monday to Sunday."),
    guess("linkedin_day_highest", "The day's limit follows the highest budget of that day."),
    guess(
        "linkedin_changed", "After a change the week's 7x of the new budget starts from nothing."
    ),
    guess("linkedin_started", "A campaign begun in mid-week has the whole week's 7x."),
    guess("linkedin_paused", "Pausing and resuming leaves the week's limit as it was."),
)


@dataclass(frozen=True, slots=True)
class Meter:
    """What a biller remembers of one budget. All money in micros of the account's currency."""

    day: date
    daily_micros: int
    high_micros: int  # the highest daily budget set on `day`
    billed_today: int
    left_of_week: int  # what the week may still bill
    serving: bool


def day_of(at: datetime, account_zone: str) -> date:  # noqa: ARG001  every biller is asked alike
    """The day of UTC an instant (aware) is billed to, whatever the account's zone."""
    return at.astimezone(UTC).date()


def start(daily_micros: int, day: date, *, serving: bool = True) -> Meter:
    """A budget that begins to serve on `day`, with a whole week's limit."""
    return Meter(day, daily_micros, daily_micros, 0, daily_micros * 7, serving)


def set_budget(meter: Meter, daily_micros: int, day: date) -> Meter:
    """Set the daily budget on `day`. Setting the same amount again changes nothing."""
    now = roll(meter, day)
    if daily_micros == now.daily_micros:
        return now
    high = max(now.high_micros, daily_micros)
    return replace(now, daily_micros=daily_micros, high_micros=high, left_of_week=daily_micros * 7)


def set_serving(meter: Meter, day: date, *, serving: bool) -> Meter:
    """Pause or resume on `day`. Limits stay as they are."""
    return replace(roll(meter, day), serving=serving)


def charge(meter: Meter, day: date, wanted_micros: int) -> tuple[Meter, int]:
    """Bill up to `wanted_micros` on `day`; returns the new meter and what was billed."""
    now = roll(meter, day)
    if not now.serving:
        return now, 0
    by_day = (now.high_micros * 3) // 2 - now.billed_today
    billed = max(0, min(wanted_micros, by_day, now.left_of_week))
    left = now.left_of_week - billed
    return replace(now, billed_today=now.billed_today + billed, left_of_week=left), billed


def roll(meter: Meter, day: date) -> Meter:
    """Carry a meter to a later day or week.

    Raises:
        ValueError: `day` lies before the meter's day; a biller never goes back.
    """
    if day < meter.day:
        raise ValueError(f"The meter stands on {meter.day}; it cannot go back to {day}.")
    if day == meter.day:
        return meter
    new_week = day.isocalendar()[:2] != meter.day.isocalendar()[:2]
    left = meter.daily_micros * 7 if new_week else meter.left_of_week
    return replace(
        meter, day=day, high_micros=meter.daily_micros, billed_today=0, left_of_week=left
    )
