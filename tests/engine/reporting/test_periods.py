"""The days a page speaks of: whole days against as many whole ones before, never a partial day against a whole one."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reporting.client.periods import LOOK_BACK, named, period
from engine.reporting.client.view import performance
from policies.money import MICROS
from tests.engine.reporting.made import NOW, TODAY, material

CHOICES = ("7 days", "30 days", "90 days", "month", "last month")


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sampled_from(CHOICES))
def test_no_run_of_days_overlaps_another_and_none_compares_with_a_partial_day(today, choice):
    span = period(choice, today)
    runs = {name: (first, last) for name, first, last in span.runs}
    ordered = sorted(runs.values())
    assert all(a[1] < b[0] for a, b in pairwise(ordered))
    assert all(first <= last for first, last in ordered)
    assert span.whole_last < today
    assert all(last < today for name, (_, last) in runs.items() if name != "partial")
    assert min(first for first, _ in ordered) >= today - timedelta(days=LOOK_BACK)


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sampled_from(("7 days", "30 days", "90 days"))
)
def test_rolling_days_compare_with_as_many_whole_ones(today, choice):
    span = period(choice, today)
    assert (span.before_last - span.before_first).days + 1 == span.whole_days
    assert span.before_last < span.first


def test_seven_days_compare_with_the_same_weekdays():
    span = period("7 days", TODAY)
    assert span.before_first.weekday() == span.first.weekday()
    assert span.before_last.weekday() == span.whole_last.weekday()


def test_last_month_is_whole_and_compares_with_the_month_before():
    span = period("last month", date(2026, 3, 9))
    assert (span.first, span.last, span.whole_days) == (date(2026, 2, 1), date(2026, 2, 28), 28)
    assert (span.before_first, span.before_last) == (date(2026, 1, 1), date(2026, 1, 31))
    assert "partial" not in [name for name, _, _ in span.runs]


@pytest.mark.parametrize(
    ("choice", "name"),
    [("month", "November"), ("last month", "October"), ("90 days", "The last 90 days")],
)
def test_a_period_has_a_name(choice, name):
    assert named(period(choice, TODAY)) == name


def test_a_month_that_is_over_is_told_in_the_past():
    made = material(
        spend=[(date(2026, 10, 5), "youtube", 100)],
        actions=[(date(2026, 10, 5), 4)],
        won=[(date(2026, 10, 6), 1, 500)],
    )
    made["targets"] = {**made["targets"], "cac_micros": 450 * MICROS}
    page = performance(made, NOW, "last month")
    assert page.lead.startswith("October was on course: 4 consultations at £25 each")
    assert page.figures[0].value == 100 * MICROS
