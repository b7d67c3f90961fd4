"""Business time: where ``now`` comes from, and the account's own calendar."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """The only source of business time. A demo store has its own, moved by the demo driver alone."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """Wall time, for real stores."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251  the one clock the rule points to


def account_day(now: datetime, time_zone: str) -> date:
    """The calendar day of ``now`` (aware) in an account's time zone."""
    return now.astimezone(ZoneInfo(time_zone)).date()


def account_hour(now: datetime, time_zone: str) -> int:
    """The local hour, 0 to 23, of ``now`` in an account's time zone."""
    return now.astimezone(ZoneInfo(time_zone)).hour


def day_start(day: date, time_zone: str) -> datetime:
    """The instant an account-day begins, in UTC."""
    return datetime.combine(day, time.min, ZoneInfo(time_zone)).astimezone(UTC)


def days_in_month(day: date) -> int:
    """How many days the month of ``day`` has."""
    return calendar.monthrange(day.year, day.month)[1]


def month_start(day: date) -> date:
    """The first day of the month of ``day``."""
    return day.replace(day=1)


def days_between(first: date, last: date) -> list[date]:
    """Every day from ``first`` to ``last``, both included; empty when ``last`` is earlier."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
