"""When a message may go out: never in quiet hours, never early, whatever the clocks do."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.pings import TRIES, Wishes, next_try, send_at, titled

ZONES = st.sampled_from(
    ["Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]
)
CLOCKS = st.integers(0, 95).map(lambda n: time(n // 4, 15 * (n % 4)))
NOWS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(NOWS, ZONES, CLOCKS, CLOCKS, st.sampled_from(["now", "digest"]))
def test_a_message_never_goes_out_early_or_in_quiet_hours(now, zone, begins, ends, when):
    at = send_at(now, when, Wishes(zone, (begins, ends)))
    assert now <= at <= now + timedelta(hours=51)
    clock = at.astimezone(ZoneInfo(zone)).time()
    quiet = (clock >= begins or clock < ends) if begins > ends else begins <= clock < ends
    skipped = (
        at.astimezone(ZoneInfo(zone)).utcoffset()
        != (at - timedelta(hours=2)).astimezone(ZoneInfo(zone)).utcoffset()
    )
    assert not quiet or skipped  # an hour that a change of clocks leaves out cannot be waited for


def test_evening_waits_for_the_morning_and_day_does_not():
    wishes = Wishes("Europe/London", (time(20), time(7, 30)))
    evening = datetime(2026, 11, 9, 21, tzinfo=UTC)
    assert send_at(evening, "now", wishes) == datetime(2026, 11, 10, 7, 30, tzinfo=UTC)
    noon = datetime(2026, 11, 9, 12, tzinfo=UTC)
    assert send_at(noon, "now", wishes) == noon


def test_small_things_come_at_eight_by_the_persons_clock_in_summer_too():
    wishes = Wishes("Europe/London")
    assert send_at(datetime(2026, 7, 1, 6, tzinfo=UTC), "digest", wishes) == datetime(
        2026, 7, 1, 7, tzinfo=UTC
    )
    assert send_at(datetime(2026, 11, 9, 9, tzinfo=UTC), "digest", wishes) == datetime(
        2026, 11, 10, 8, tzinfo=UTC
    )


def test_a_failed_delivery_is_tried_less_and_less_often_and_then_given_up():
    now = datetime(2026, 11, 9, 9, tzinfo=UTC)
    waits = [next_try(now, n) - now for n in range(1, len(TRIES) + 1)]
    assert waits == sorted(waits)
    assert next_try(now, len(TRIES) + 1) is None


@pytest.mark.parametrize("said", ["Short", "L" * 200])
def test_a_title_fits_one_line(said):
    assert len(titled("Northgate", said)) <= 72
