"""What is shown as worst case is never less than what the biller then bills."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies import exposure
from policies.delivery import DELIVERY
from sandbox.billing import google
from tests.strategies import UNIT, account, amounts, campaign, campaigns, standing

DAYS = {date(2026, 11, 1): 30, date(2026, 2, 1): 28, date(2026, 12, 1): 31}


def test_a_day_can_bill_twice_the_highest_budget_set_that_day() -> None:
    lowered = campaign("s", "google_search", 100, highest_today_micros=250 * UNIT)
    assert exposure.day_worst_case(lowered) == 500 * UNIT


def test_an_unknown_write_counts_as_if_it_had_happened() -> None:
    doubtful = campaign("s", "google_search", 100, pending_micros=(400 * UNIT,))
    assert exposure.day_worst_case(doubtful) == 800 * UNIT
    worst = exposure.month_worst_case(doubtful, account())
    assert worst == 800 * UNIT * 22  # no month limit is trusted while a write is open


def test_an_unchanged_month_bills_at_most_thirty_point_four_days() -> None:
    first = account(today=date(2026, 11, 1))
    steady = campaign("s", "google_search", 100)
    assert exposure.month_worst_case(steady, first) == 3040 * UNIT


def test_after_a_change_the_rest_of_the_month_is_the_new_budget_times_the_days_left() -> None:
    spent = campaign("s", "google_search", 100, spent_before_today_micros=800 * UNIT)
    after = exposure.after_change(spent, account(), 120 * UNIT)
    assert exposure.month_worst_case(after, account()) == (800 + 22 * 120) * UNIT
    assert after.written_today
    assert after.changed_this_month


def test_on_the_last_day_the_day_rule_is_larger_than_the_month_rule() -> None:
    last = account(today=date(2026, 11, 30))
    after = exposure.after_change(campaign("s", "google_search", 100), last, 50 * UNIT)
    assert exposure.month_worst_case(after, last) == 200 * UNIT


def test_a_paused_campaign_adds_only_what_today_may_still_bill() -> None:
    running = campaign("s", "google_search", 100, spent_before_today_micros=800 * UNIT)
    after = exposure.after_change(running, account(), 100 * UNIT, enabled=False)
    assert exposure.month_worst_case(after, account()) == 1000 * UNIT
    assert exposure.projection(after, account()) == 800 * UNIT
    assert not after.written_today


def test_a_change_with_no_limit_on_record_is_taken_day_by_day() -> None:
    unknown = campaign("s", "google_search", 100, changed_this_month=True)
    assert exposure.month_worst_case(unknown, account()) == 22 * 200 * UNIT


def test_the_projection_is_spent_so_far_plus_remaining_days_times_budget() -> None:
    spent = campaign("s", "google_search", 100, spent_before_today_micros=800 * UNIT)
    assert exposure.projection(spent, account()) == (800 + 2200) * UNIT


def test_shares_are_of_the_projection_and_missing_when_there_is_none() -> None:
    world = standing(campaign("s", "google_search", 60), campaign("y", "youtube", 40))
    assert exposure.channel_share(world, "google_search") == pytest.approx(0.6)
    assert exposure.channel_share(standing(campaign("s", "youtube", 0)), "youtube") is None
    assert exposure.channel_day_worst_case(world, "youtube") == 80 * UNIT
    assert exposure.client_month_worst_case(world) == 3040 * UNIT


def test_google_lets_through_half_of_a_daily_maximum() -> None:
    assert exposure.largest_budget_under("google_ads", 1401) == 700
    with pytest.raises(KeyError):
        exposure.largest_budget_under("nowhere", 1)


@given(campaigns("s", "youtube"), st.integers(1, 30), amounts, amounts)
def test_a_larger_budget_never_has_a_smaller_worst_case(found, day, one, other) -> None:
    here = account(today=date(2026, 11, day))
    small, large = sorted((one, other))
    if found.daily_micros in {small, large}:
        return  # setting the same amount again is no change, so the older limit may stay
    low = exposure.after_change(found, here, small)
    high = exposure.after_change(found, here, large)
    assert exposure.day_worst_case(low) <= exposure.day_worst_case(high)
    assert exposure.month_worst_case(low, here) <= exposure.month_worst_case(high, here)


@given(campaigns("s", "youtube"), st.integers(1, 30), amounts)
def test_more_doubt_or_more_spend_never_lowers_the_worst_case(found, day, more) -> None:
    here = account(today=date(2026, 11, day))
    before = exposure.month_worst_case(found, here)
    doubt = found.model_copy(update={"pending_micros": (*found.pending_micros, more)})
    assert exposure.month_worst_case(doubt, here) >= before
    assert exposure.day_worst_case(doubt) >= exposure.day_worst_case(found)
    spent = found.model_copy(update={"spent_today_micros": found.spent_today_micros + more})
    assert exposure.month_worst_case(spent, here) >= before
    assert before >= found.spent_before_today_micros + found.spent_today_micros


day_plans = st.fixed_dictionaries(
    {
        "skip": st.integers(0, 6),
        "before_edit": st.integers(0, 1200 * UNIT),
        "edit": st.none() | amounts | st.just("same"),
        "serving": st.sampled_from([None, None, None, True, False]),
        "unknown": st.sampled_from([None, None, "happened", "did not"]),
        "greed": st.sampled_from([0, 1, 2]),
    }
)


class Ledger:
    """A campaign as we know it beside the meter that bills it."""

    def __init__(self, first: date, daily: int) -> None:
        self.meter = google.start(daily, first)
        self.known = campaign("s", "google_search", 0).model_copy(
            update={"daily_micros": daily, "highest_today_micros": daily}
        )
        self.first = first

    def account(self, day: date):
        return account(today=day, days_in_month=DAYS[self.first])

    def to(self, day: date) -> None:
        """A new account-day: what was billed is known, the day's flags are gone."""
        self.meter = google.roll(self.meter, day)
        known, running = self.known, self.known.daily_micros if self.known.enabled else 0
        self.known = known.model_copy(
            update={
                "spent_before_today_micros": self.meter.billed_month,
                "spent_today_micros": 0,
                "highest_today_micros": max(running, *known.pending_micros, 0),
                "written_today": False,
            }
        )

    def bill(self, day: date, wanted: int) -> None:
        self.meter, _ = google.charge(self.meter, day, wanted)
        self.known = self.known.model_copy(update={"spent_today_micros": self.meter.billed_today})

    def act(self, day: date, plan) -> None:
        edit = self.known.daily_micros if plan["edit"] == "same" else plan["edit"]
        if edit is None and plan["serving"] is None:
            return
        on = self.known.enabled if plan["serving"] is None else plan["serving"]
        budget = self.known.daily_micros if edit is None else edit
        if edit is not None and plan["unknown"]:
            if plan["unknown"] == "happened":
                self.meter = google.set_budget(self.meter, edit, day)
            pending = (*self.known.pending_micros, edit)
            self.known = self.known.model_copy(update={"pending_micros": pending})
            return
        if self.known.pending_micros:
            return  # the gate lets nothing through while a write is open
        if edit is not None:
            self.meter = google.set_budget(self.meter, edit, day)
        self.meter = google.set_serving(self.meter, day, serving=on)
        self.known = exposure.after_change(self.known, self.account(day), budget, on)

    def shown(self, day: date) -> tuple[int, int]:
        month = exposure.month_worst_case(self.known, self.account(day))
        return exposure.day_worst_case(self.known), month

    def if_left_alone(self, day: date, greed: int) -> tuple[int, int]:
        """What is billed on this day and this month when nobody edits again."""
        meter, _ = google.charge(self.meter, day, 10**12)
        today, end = meter.billed_today, self.first + timedelta(days=DAYS[self.first] - 1)
        at = day
        while at < end:
            at += timedelta(days=1)
            wanted = [10**12, meter.daily_micros, meter.daily_micros * 3 // 2][greed]
            meter, _ = google.charge(meter, at, wanted)
        return today, meter.billed_month


@settings(max_examples=600)
@given(st.sampled_from(sorted(DAYS)), st.integers(0, 20), amounts, st.lists(day_plans, max_size=9))
def test_nothing_billed_ever_exceeds_the_worst_case_shown(first, late, daily, plans) -> None:
    day = first + timedelta(days=late)
    ledger = Ledger(first, daily)
    ledger.meter = google.start(daily, day)
    ledger.to(day)
    end = first + timedelta(days=DAYS[first] - 1)
    for plan in plans:
        ledger.bill(day, plan["before_edit"])
        ledger.act(day, plan)
        day_shown, month_shown = ledger.shown(day)
        today, month = ledger.if_left_alone(day, plan["greed"])
        assert today <= day_shown
        assert month <= month_shown
        ahead = day + timedelta(days=plan["skip"])
        if ahead > end:
            break
        while day < ahead:
            ledger.bill(day, [10**12, 0, daily][plan["greed"]])
            day += timedelta(days=1)
            ledger.to(day)


@given(
    campaigns("s", "youtube"),
    st.sampled_from(sorted(DELIVERY)),
    st.integers(1, 30),
    amounts,
    st.sampled_from([None, True, False]),
)
def test_the_figures_after_a_write_are_those_of_the_campaign_after_it(
    row, platform, day, after, on
) -> None:
    home = account(platform=platform, today=date(2026, 11, day))
    row = row.model_copy(update={"platform": platform})
    written = exposure.after_change(row, home, after, on)
    found = exposure.figures_after(row, home, after, on)
    assert found == exposure.figures(written, home)
    assert found.day == exposure.day_worst_case(written)
    assert found.month == exposure.month_worst_case(written, home)
    assert found.projected == exposure.projection(written, home)
