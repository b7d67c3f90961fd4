"""A deadline counted in working hours: Monday to Friday, 09:00 to 18:00 of the client's time zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(9), time(18)
_SATURDAY = 5


def deadline(start: datetime, hours: float, time_zone: str) -> datetime:
    """The instant (UTC) at which ``hours`` of working time after ``start`` (aware) have passed.

    A day is always nine hours long here: clocks change at night, outside working hours.

    Raises:
        ValueError: ``hours`` is negative or ``start`` is naive.
    """
    if start.tzinfo is None or hours < 0:
        raise ValueError("A deadline needs an aware start and hours of zero or more.")
    zone = ZoneInfo(time_zone)
    at = _opening(start.astimezone(zone).replace(tzinfo=None))
    left = timedelta(hours=hours)
    while left > (room := datetime.combine(at.date(), CLOSES) - at):
        left -= room
        at = _opening(datetime.combine(at.date() + timedelta(days=1), time.min))
    return (at + left).replace(tzinfo=zone).astimezone(UTC)


def _opening(at: datetime) -> datetime:
    """The first working moment at or after a local wall time."""
    if at.weekday() >= _SATURDAY or at.time() >= CLOSES:
        next_day = at.date() + timedelta(days=1)
        return _opening(datetime.combine(next_day, time.min))
    return max(at, datetime.combine(at.date(), OPENS))
