"""Working time: a person's week, absences and holidays; deadlines counted in it. Pure.

A span of work lies between two local wall times and is as long as it really is: where the clocks change inside it,
an hour is lost or gained. Instants in and out are aware; those returned are UTC.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator, model_validator

from policies.actions import Frozen

OPENS, CLOSES = time(9), time(18)
DAY_MINUTES = 24 * 60
_OFFICE_DAYS = 5
_HORIZON_DAYS = 20 * 366
LONGEST_ABSENCE = timedelta(days=366)
LEAST_WEEK = 4
"""The fewest working hours a week can hold."""
LATER_AT_MOST = 10
"""How many office days later than in office hours somebody's own calendar may put a deadline."""
LONGEST_SLA = 400.0
"""In working hours, as in the triggers of a policy."""

Minute = Annotated[int, Field(ge=0, le=DAY_MINUTES)]


class Hours(Frozen):
    """The working hours of one weekday, in minutes after local midnight; ``closes`` 1440 is the next midnight."""

    opens: Minute
    closes: Minute

    @model_validator(mode="after")
    def _in_order(self) -> Hours:
        if self.closes <= self.opens:
            raise ValueError("a working day ends after it begins; write the later hour second")
        return self


class Absence(Frozen):
    """Days away, both included."""

    first: date
    last: date
    note: Annotated[str, Field(max_length=200)] = ""

    @model_validator(mode="after")
    def _in_order(self) -> Absence:
        if self.last < self.first:
            raise ValueError("the last day away is before the first; change one of them")
        if self.last - self.first >= LONGEST_ABSENCE:
            raise ValueError("an absence is at most a year; enter the rest when it comes nearer")
        return self


class Holiday(Frozen):
    """One public holiday, on one date: none repeats by itself."""

    day: date
    name: Annotated[str, Field(min_length=1, max_length=80)]


class WorkingCalendar(Frozen):
    """When one person can be asked. ``week`` has seven entries from Monday; None is a day off."""

    time_zone: str
    week: Annotated[tuple[Hours | None, ...], Field(min_length=7, max_length=7)]
    absences: Annotated[tuple[Absence, ...], Field(max_length=200)] = ()
    holidays: Annotated[tuple[Holiday, ...], Field(max_length=400)] = ()

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            said = f'"{name}" is no time zone; write a name such as "Europe/London"'
            raise ValueError(said) from None
        return name

    @model_validator(mode="after")
    def _works_sometimes(self) -> WorkingCalendar:
        if not any(self.week):
            raise ValueError("no weekday has working hours; a deadline would never come")
        minutes = sum(day.closes - day.opens for day in self.week if day)
        if minutes < LEAST_WEEK * 60:
            said = (
                f"the week holds {minutes} min of working time; write at least {LEAST_WEEK} hours"
            )
            raise ValueError(f"{said}, or a deadline is years away")
        return self

    def local(self, at: datetime) -> datetime:
        """An instant on the person's own clock."""
        return at.astimezone(ZoneInfo(self.time_zone))

    def away(self, day: date) -> bool:
        """True on a day of an absence."""
        return any(a.first <= day <= a.last for a in self.absences)

    def absent(self, at: datetime) -> bool:
        """True while the person is away; a night or a weekend is no absence."""
        return self.away(self.local(at).date())

    def span(self, day: date) -> tuple[datetime, datetime] | None:
        """The working time of one local day as two instants (UTC); None when there is none."""
        hours = self.week[day.weekday()]
        if hours is None or self.away(day) or any(h.day == day for h in self.holidays):
            return None
        opens, closes = self._at(day, hours.opens), self._at(day, hours.closes)
        return (opens, closes) if closes > opens else None

    def _at(self, day: date, minutes: int) -> datetime:
        wall = datetime.combine(day, time.min) + timedelta(minutes=minutes)
        return wall.replace(tzinfo=ZoneInfo(self.time_zone)).astimezone(UTC)


def office(time_zone: str) -> WorkingCalendar:
    """Monday to Friday, 09:00 to 18:00: the calendar of who has written none."""
    day = Hours(opens=OPENS.hour * 60, closes=CLOSES.hour * 60)
    return WorkingCalendar(
        time_zone=time_zone, week=(day,) * _OFFICE_DAYS + (None,) * (7 - _OFFICE_DAYS)
    )


def deadline(start: datetime, hours: float, calendar: WorkingCalendar) -> datetime:
    """The instant (UTC) at which ``hours`` of working time after ``start`` (aware) have passed.

    With no hours at all it is the first working moment at or after ``start``.

    Raises:
        ValueError: ``hours`` is negative, ``start`` is naive, or twenty years hold less working time.
    """
    if start.tzinfo is None or hours < 0:
        raise ValueError("A deadline needs an aware start and hours of zero or more.")
    left = timedelta(hours=hours)
    for opens, closes in _spans(start, calendar):
        room = closes - opens
        if left <= room:
            return opens + left
        left -= room
    raise ValueError(f"Twenty years of this calendar hold less than {hours:g} working hours.")


def worked(start: datetime, end: datetime, calendar: WorkingCalendar) -> timedelta:
    """The working time between two aware instants; zero when ``end`` is not after ``start``.

    Raises:
        ValueError: an instant is naive.
    """
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("Working time lies between two aware instants.")
    total = timedelta()
    for opens, closes in _spans(start, calendar):
        if opens >= end:
            break
        total += min(closes, end) - opens
    return total


def _spans(start: datetime, calendar: WorkingCalendar) -> Iterator[tuple[datetime, datetime]]:
    """The spans of work after ``start``, the first one cut where ``start`` lies inside it."""
    at = start.astimezone(UTC)
    first = calendar.local(start).date() - timedelta(days=1)
    for number in range(_HORIZON_DAYS):
        span = calendar.span(first + timedelta(days=number))
        if span is not None and span[1] > at:
            yield max(span[0], at), span[1]


@dataclass(frozen=True)
class Rota:
    """Everybody's calendar, by person; who has written none keeps office hours in ``time_zone``.

    ``here`` are those who can be asked at all; None: everybody.
    """

    time_zone: str
    calendars: Mapping[str, WorkingCalendar] = field(default_factory=dict)
    here: frozenset[str] | None = None

    def of(self, person: str) -> WorkingCalendar:
        """The calendar that counts for a person."""
        return self.calendars.get(person) or office(self.time_zone)

    def absent(self, person: str, now: datetime) -> bool:
        """True while the person is away, and for good once they are no longer of the house."""
        return (self.here is not None and person not in self.here) or self.of(person).absent(now)

    def asked(self, owner: str, backup: str, now: datetime) -> str:
        """Who is asked: the owner, or the backup while only the owner is absent."""
        return backup if self.absent(owner, now) and not self.absent(backup, now) else owner

    def due(self, person: str, start: datetime, hours: float) -> datetime:
        """When ``hours`` of the person's working time after ``start`` have passed, in UTC; at ``latest`` then."""
        latest = self.latest(start, hours)
        try:
            return min(latest, deadline(start, _counted(hours), self.of(person)))
        except ValueError:  # away for years
            return latest

    def latest(self, start: datetime, hours: float) -> datetime:
        """What no calendar of a person can put off: the deadline in office hours, and ten office days."""
        most = _counted(hours) + LATER_AT_MOST * (CLOSES.hour - OPENS.hour)
        return deadline(start, most, office(self.time_zone))

    def left(self, person: str, since: datetime, hours: float, now: datetime) -> float:
        """What is left at ``now`` of ``hours`` that began to count at ``since``; never negative."""
        used = worked(since, now, self.of(person)).total_seconds() / 3600
        return max(0.0, hours - used)


def _counted(hours: float) -> float:
    return min(max(0.0, hours), LONGEST_SLA)
