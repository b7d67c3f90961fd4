"""The pure market: counts, shares, calendars, diminishing returns."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.market.demand import Serving, day_plan
from sandbox.market.noise import counts, generator
from sandbox.market.params import default
from sandbox.market.quality import quality
from sandbox.market.reporting import split
from sandbox.market.season import clock_hours, day_of, hour_weights, hours_of


@pytest.mark.parametrize("mean", [0.05, 0.7, 4.0, 11.9, 12.1, 80.0])
def test_counts_have_the_mean_and_spread_of_poisson(mean):
    drawn = counts(np.full(20_000, mean), generator("test", mean).random(20_000))
    assert drawn.mean() == pytest.approx(mean, abs=4 * (mean / 20_000) ** 0.5 + 0.01)
    assert drawn.var() == pytest.approx(mean, rel=0.12, abs=0.02)


@given(
    st.lists(st.integers(0, 10**9), min_size=1, max_size=25),
    st.lists(st.floats(0.01, 10), min_size=1, max_size=6),
    st.floats(0, 0.999),
)
def test_a_split_adds_up_and_no_part_is_negative(totals, weights, offset):
    parts = split(np.array(totals, dtype=np.int64), weights, offset)
    assert (parts >= 0).all()
    assert parts.sum(axis=0).tolist() == totals


@given(
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]),
)
def test_every_utc_hour_belongs_to_exactly_one_account_day(day, zone):
    hours, after = hours_of(day, zone), hours_of(day + timedelta(days=1), zone)
    assert 23 <= len(hours) <= 25
    assert after[0] == hours[-1] + timedelta(hours=1)
    assert {day_of(at, zone) for at in hours} == {day}
    assert hour_weights(day, zone, "b2b").sum() == pytest.approx(1)


def test_the_days_of_the_clock_change_have_23_and_25_hours():
    spring = clock_hours(date(2026, 3, 29), "Europe/London")
    autumn = clock_hours(date(2026, 10, 25), "Europe/London")
    assert (len(spring), 1 in spring) == (23, False)
    assert (len(autumn), autumn.count(1)) == (25, 2)


def test_ten_times_the_money_buys_far_less_than_ten_times_the_clicks():
    def clicks(daily):
        one = Serving("A", "SEARCH", daily, default("SEARCH"))
        days = [date(2026, 3, 2) + timedelta(days=n) for n in range(28)]
        return sum(int(day_plan(1, "x", "UTC", day, [one]).clicks.sum()) for day in days)

    small, large = clicks(60_000_000), clicks(600_000_000)
    assert small * 2 < large < small * 7


def test_an_ad_is_as_good_as_its_words_and_its_seed_say():
    assert quality(1, "Clear advice") == quality(1, "Clear advice")
    assert quality(1, "Clear advice") != quality(1, "Clearer advice")
    assert quality(1, "Clear advice") != quality(2, "Clear advice")
