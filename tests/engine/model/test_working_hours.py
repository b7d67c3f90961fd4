from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.working_hours import deadline, office

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
