from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.working_hours import (
    Absence,
    Holiday,
    Hours,
    Rota,
    WorkingCalendar,
    deadline,
    office,
    worked,
)

LONDON = ZoneInfo("Europe/London")
JANUARY = datetime(2026, 1, 1, tzinfo=UTC)


def local(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (local(9, 10), 2, local(9, 12)),
        (local(9, 17), 2, local(10, 10)),
        (local(9, 6), 1, local(9, 10)),
        (local(6, 17), 4, local(9, 12)),  # Friday to Monday
        (local(7, 12), 9, local(9, 18)),  # from a Saturday: exactly the whole Monday
        (local(9, 9), 18, local(10, 18)),
    ],
)
def test_hours_count_on_working_days_only(start: datetime, hours: float, end: datetime) -> None:
    assert deadline(start, hours, office("Europe/London")) == end


def test_the_night_the_clocks_change_costs_no_working_hour() -> None:
    friday = datetime(2026, 10, 23, 16, 0, tzinfo=UTC)  # 17:00 in London, summer time
    assert deadline(friday, 2, office("Europe/London")) == datetime(2026, 10, 26, 10, 0, tzinfo=UTC)
    spring = datetime(2026, 3, 27, 17, 0, tzinfo=UTC)
    assert deadline(spring, 2, office("Europe/London")) == datetime(2026, 3, 30, 9, 0, tzinfo=UTC)


@given(
    st.integers(0, 365 * 24 * 60).map(lambda m: JANUARY + timedelta(minutes=m)),
    st.floats(0, 60),
    st.sampled_from(["Europe/London", "America/New_York", "Asia/Tokyo"]),
)
def test_a_deadline_is_in_working_hours_and_more_hours_are_never_sooner(start, hours, zone) -> None:
    end = deadline(start, hours, office(zone))
    wall = end.astimezone(ZoneInfo(zone))
    assert end >= start
    assert wall.weekday() < 5
    assert 9 <= wall.hour + wall.minute / 60 + wall.second / 3600 <= 18.001
    assert deadline(start, hours + 1, office(zone)) >= end + timedelta(hours=1)


def test_a_naive_start_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        deadline(JANUARY.replace(tzinfo=None), 1, office("Europe/London"))


NIGHTS = WorkingCalendar(time_zone="Europe/London", week=(Hours(opens=0, closes=1440),) * 7)


def with_days(**more) -> WorkingCalendar:
    return office("Europe/London").model_copy(update=more)


def test_absences_and_holidays_stop_the_clock() -> None:
    away = with_days(absences=(Absence(first=date(2026, 11, 10), last=date(2026, 11, 11)),))
    assert deadline(local(9, 17), 2, away) == local(12, 10)
    closed = with_days(holidays=(Holiday(day=date(2026, 11, 10), name="Founder's day"),))
    assert deadline(local(9, 17), 2, closed) == local(11, 10)


def test_an_hour_the_clocks_skip_or_repeat_is_counted_as_it_passes() -> None:
    back = datetime(2026, 10, 24, 23, tzinfo=UTC)  # Sunday 25 October, midnight in London: 25 hours
    assert deadline(back, 25, NIGHTS) == datetime(2026, 10, 26, 0, tzinfo=UTC)
    forward = datetime(2026, 3, 29, 0, tzinfo=UTC)  # that Sunday has 23
    assert deadline(forward, 23, NIGHTS) == datetime(2026, 3, 29, 23, tzinfo=UTC)


CALENDARS = st.builds(
    lambda zone, week, away: WorkingCalendar(
        time_zone=zone, week=(Hours(opens=540, closes=780), *week), absences=away
    ),
    st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]),
    st.tuples(
        *[
            st.none()
            | st.tuples(st.integers(0, 1439), st.integers(1, 1440))
            .filter(lambda pair: pair[0] < pair[1])
            .map(lambda pair: Hours(opens=pair[0], closes=pair[1]))
        ]
        * 6
    ),
    st.lists(
        st.builds(
            lambda first, length: Absence(first=first, last=first + timedelta(days=length)),
            st.dates(date(2026, 1, 1), date(2026, 12, 31)),
            st.integers(0, 20),
        ),
        max_size=4,
    ).map(tuple),
)
MOMENTS = st.integers(0, 365 * 24 * 60).map(lambda m: JANUARY + timedelta(minutes=m))


@given(MOMENTS, st.integers(1, 60), CALENDARS)
def test_exactly_the_hours_asked_for_are_worked_until_the_deadline(start, hours, calendar) -> None:
    end = deadline(start, hours, calendar)
    assert worked(start, end, calendar) == timedelta(hours=hours)
    assert worked(start, end - timedelta(minutes=1), calendar) < timedelta(hours=hours)


@given(MOMENTS, st.integers(0, 60), MOMENTS, CALENDARS)
def test_working_time_adds_up_over_any_moment_between(start, more, middle, calendar) -> None:
    end = deadline(start, more, calendar)
    middle = min(max(start, middle), end)
    parts = worked(start, middle, calendar) + worked(middle, end, calendar)
    assert parts == worked(start, end, calendar)
    assert worked(end, start, calendar) == timedelta()


@pytest.mark.parametrize(
    ("owner_away", "backup_away", "asked"),
    [(False, False, "ann"), (True, False, "bob"), (True, True, "ann"), (False, True, "ann")],
)
def test_the_backup_is_asked_while_only_the_owner_is_away(owner_away, backup_away, asked) -> None:
    today = with_days(absences=(Absence(first=date(2026, 11, 9), last=date(2026, 11, 9)),))
    gone = {"ann": owner_away, "bob": backup_away}
    rota = Rota("Europe/London", {p: today for p, is_away in gone.items() if is_away})
    assert rota.asked("ann", "bob", local(9, 10)) == asked


def test_a_calendar_that_cannot_be_worked_by_is_refused() -> None:
    with pytest.raises(ValueError, match="never come"):
        WorkingCalendar(time_zone="UTC", week=(None,) * 7)
    with pytest.raises(ValueError, match=r"the week holds 239 min .* at least 4 hours"):
        WorkingCalendar(time_zone="UTC", week=(Hours(opens=540, closes=779), *(None,) * 6))
    with pytest.raises(ValueError, match="later hour second"):
        Hours(opens=600, closes=600)
    with pytest.raises(ValueError, match="no time zone"):
        WorkingCalendar(time_zone="Europe/Nowhere", week=office("UTC").week)
    with pytest.raises(ValueError, match="at most a year"):
        Absence(first=date(2026, 1, 1), last=date(2027, 1, 2))


YEARS_AWAY = tuple(
    Absence(first=date(year, 1, 1), last=date(year, 12, 31)) for year in range(2026, 2050)
)


@given(
    MOMENTS,
    st.floats(0, 1000) | st.sampled_from([-1.0, 1e9, float("inf"), float("nan")]),
    CALENDARS | CALENDARS.map(lambda c: c.model_copy(update={"absences": YEARS_AWAY})),
)
def test_a_deadline_always_comes_and_never_after_the_latest_there_is(start, hours, calendar):
    rota = Rota("Europe/London", {"ann": calendar})
    assert start <= rota.due("ann", start, hours) <= rota.latest(start, hours)


def test_a_short_week_puts_a_deadline_off_by_ten_office_days_at_most() -> None:
    hour = WorkingCalendar(
        time_zone="Europe/London", week=(Hours(opens=540, closes=780),) + (None,) * 6
    )
    rota = Rota("Europe/London", {"ann": hour})
    assert rota.due("ann", local(9, 9), 4) == local(9, 13)
    assert rota.due("ann", local(9, 9), 24) == local(25, 15)  # not in six weeks


def test_two_weeks_away_are_waited_for() -> None:
    away = with_days(absences=(Absence(first=date(2026, 11, 9), last=date(2026, 11, 20)),))
    assert Rota("Europe/London", {"ann": away}).due("ann", local(9, 9), 4) == local(23, 13)


def test_the_longest_time_a_policy_can_give_is_counted_in_full() -> None:
    rota = Rota("Europe/London")
    assert rota.due("ann", local(9, 9), 400) == deadline(local(9, 9), 400, rota.of("ann"))
