"""The biller against limits worked out again here, from the raw sequence of events."""

import calendar
from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.billing.google import charge, monthly, room, set_budget, set_serving, start

UNIT = 1_000_000
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("next"), st.integers(1, 9)),
        st.tuples(st.just("budget"), st.integers(1, 300)),
        st.tuples(st.just("charge"), st.integers(1, 2000)),
        st.tuples(st.just("all"), st.just(0)),
        st.tuples(st.just("serve"), st.integers(0, 1)),
    ),
    max_size=60,
)


def left(day):
    return calendar.monthrange(day.year, day.month)[1] - day.day + 1


class Book:
    """Charges and budgets as they happened, with the rules applied to them afterwards."""

    def __init__(self, day, daily):
        self.highest = {day: daily}
        self.by_day = defaultdict(int)
        limit = monthly(daily) if day.day == 1 else daily * left(day)
        self.windows = [[day, limit, 0]]  # first day, limit, charged since that day's start

    def carry(self, day, daily):
        self.highest.setdefault(day, daily)
        first = self.windows[-1][0]
        if (first.year, first.month) != (day.year, day.month):
            self.windows.append([day.replace(day=1), monthly(daily), 0])

    def change(self, day, daily):
        self.highest[day] = max(self.highest[day], daily)
        already = self.by_day[day]
        self.windows.append([day, max(daily * left(day), already), already])

    def charged(self, day, micros):
        self.by_day[day] += micros
        self.windows[-1][2] += micros

    def holds(self):
        for day, billed in self.by_day.items():
            assert billed <= 2 * self.highest[day]
        for _, limit, billed in self.windows:
            assert billed <= limit


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(1, 300), EVENTS)
def test_no_sequence_of_edits_bills_past_the_day_or_the_month(day, daily, events):
    meter, book = start(daily * UNIT, day), Book(day, daily * UNIT)
    for event, size in events:
        if event == "next":
            day += timedelta(days=size)
        book.carry(day, meter.daily_micros)
        if event == "budget" and size * UNIT != meter.daily_micros:
            meter = set_budget(meter, size * UNIT, day)
            book.change(day, size * UNIT)
        elif event == "serve":
            meter = set_serving(meter, day, serving=bool(size))
        elif event in {"charge", "all"}:
            wanted = size * UNIT if event == "charge" else room(meter, day)
            meter, billed = charge(meter, day, wanted)
            assert 0 <= billed <= wanted
            assert meter.serving or billed == 0
            book.charged(day, billed)
            book.holds()


def greedy(meter, day, days):
    total = 0
    for _ in range(days):
        meter, billed = charge(meter, day, 10**15)
        total += billed
        day += timedelta(days=1)
    return meter, total


@pytest.mark.parametrize("month", [2, 3, 4])
def test_an_unchanged_month_bills_30_4_daily_budgets_and_the_next_starts_anew(month):
    days = calendar.monthrange(2026, month)[1]
    meter, total = greedy(start(10 * UNIT, date(2026, month, 1)), date(2026, month, 1), days)
    assert total == 304 * UNIT
    _, again = greedy(meter, date(2026, month + 1, 1), 30 if month != 2 else 31)
    assert again == 304 * UNIT


def test_a_start_in_mid_month_bills_the_remaining_days_only():
    _, total = greedy(start(10 * UNIT, date(2026, 4, 21)), date(2026, 4, 21), 10)
    assert total == 100 * UNIT


def test_a_cut_at_noon_does_not_lower_what_today_may_bill():
    day = date(2026, 4, 10)
    meter, billed = charge(start(100 * UNIT, date(2026, 4, 1)), day, 150 * UNIT)
    assert billed == 150 * UNIT
    meter = set_budget(meter, 10 * UNIT, day)
    assert room(meter, day) == 50 * UNIT  # 2 x the day's highest, less what it has billed
    assert room(meter, date(2026, 4, 11)) == 20 * UNIT
    _, rest = greedy(meter, day, 21)
    assert rest == 10 * 21 * UNIT - 150 * UNIT


def test_a_cut_below_what_the_day_has_billed_leaves_nothing_for_the_month():
    day = date(2026, 4, 30)
    meter, _ = charge(start(100 * UNIT, date(2026, 4, 1)), day, 200 * UNIT)
    assert room(set_budget(meter, UNIT, day), day) == 0


def test_setting_the_same_budget_again_is_no_change():
    day = date(2026, 4, 10)
    meter = start(10 * UNIT, date(2026, 4, 1))
    assert set_budget(meter, 10 * UNIT, day).month_limit == monthly(10 * UNIT)
    assert set_budget(meter, 11 * UNIT, day).month_limit == 11 * 21 * UNIT


def test_a_paused_budget_bills_nothing_and_resuming_does_not_renew_the_month():
    meter, _ = greedy(start(10 * UNIT, date(2026, 4, 1)), date(2026, 4, 1), 10)
    paused = set_serving(meter, date(2026, 4, 11), serving=False)
    assert charge(paused, date(2026, 4, 12), UNIT)[1] == 0
    _, rest = greedy(set_serving(paused, date(2026, 4, 20), serving=True), date(2026, 4, 20), 11)
    assert rest == 304 * UNIT - 200 * UNIT


def test_a_biller_never_goes_back_in_time():
    with pytest.raises(ValueError, match="cannot go back"):
        charge(start(UNIT, date(2026, 4, 2)), date(2026, 4, 1), 1)
