"""The billers of Meta, LinkedIn and Microsoft take all that their rules let them, and no more."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.billing import linkedin, meta, microsoft

UNIT = 1_000_000
ALL = 10**15
BILLERS = (meta, linkedin, microsoft)
SUNDAY = date(2026, 11, 1)


def take(biller, meter, first, days):
    total = 0
    for n in range(days):
        meter, billed = biller.charge(meter, first + timedelta(days=n), ALL)
        total += billed
    return meter, total


@pytest.mark.parametrize(("biller", "day"), [(meta, 175), (linkedin, 150), (microsoft, 200)])
def test_a_day_is_billed_up_to_its_multiple_of_the_highest_budget(biller, day):
    meter = biller.start(100 * UNIT, SUNDAY)
    assert biller.charge(meter, SUNDAY, ALL)[1] == day * UNIT
    lowered = biller.set_budget(biller.set_budget(meter, 300 * UNIT, SUNDAY), 90 * UNIT, SUNDAY)
    assert biller.charge(lowered, SUNDAY, ALL)[1] <= 3 * day * UNIT
    assert lowered.high_micros == 300 * UNIT


def test_metas_week_bills_seven_budgets_and_begins_anew_on_sunday():
    meter, week = take(meta, meta.start(100 * UNIT, SUNDAY), SUNDAY, 7)
    assert week == 700 * UNIT
    assert take(meta, meter, SUNDAY + timedelta(days=7), 1)[1] == 175 * UNIT


def test_after_metas_change_the_rest_of_the_week_is_the_new_budget_for_the_days_left():
    meter, before = take(meta, meta.start(100 * UNIT, SUNDAY), SUNDAY, 3)
    assert before == 525 * UNIT
    wednesday = SUNDAY + timedelta(days=3)
    changed = meta.set_budget(meter, 200 * UNIT, wednesday)
    assert take(meta, changed, wednesday, 4)[1] == 4 * 200 * UNIT


def test_linkedins_week_begins_on_monday_of_utc():
    monday = SUNDAY + timedelta(days=1)
    meter, _ = take(linkedin, linkedin.start(100 * UNIT, SUNDAY), SUNDAY, 1)
    assert take(linkedin, meter, monday, 7)[1] == 700 * UNIT
    late = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)
    assert linkedin.day_of(late, "Pacific/Auckland") == date(2026, 11, 2)
    assert meta.day_of(late, "Pacific/Auckland") == date(2026, 11, 3)


@pytest.mark.parametrize(("month", "days"), [(2, 28), (11, 30), (12, 31)])
def test_microsofts_month_has_as_many_budgets_as_days(month, days):
    first = date(2026, month, 1)
    meter, billed = take(microsoft, microsoft.start(100 * UNIT, first), first, days)
    assert billed == days * 100 * UNIT
    assert take(microsoft, meter, first + timedelta(days=days), 1)[1] == 200 * UNIT


def test_microsoft_reckons_the_rest_of_the_month_anew_after_a_change():
    meter, before = take(microsoft, microsoft.start(100 * UNIT, SUNDAY), SUNDAY, 10)
    assert before == 2000 * UNIT
    changed = microsoft.set_budget(meter, 50 * UNIT, date(2026, 11, 11))
    assert take(microsoft, changed, date(2026, 11, 11), 20)[1] == 20 * 50 * UNIT


@pytest.mark.parametrize("biller", BILLERS)
def test_the_same_amount_again_changes_nothing_and_a_pause_bills_nothing(biller):
    meter, _ = biller.charge(biller.start(100 * UNIT, SUNDAY), SUNDAY, 30 * UNIT)
    assert biller.set_budget(meter, 100 * UNIT, SUNDAY) == meter
    paused = biller.set_serving(meter, SUNDAY, serving=False)
    assert biller.charge(paused, SUNDAY, ALL)[1] == 0
    assert biller.set_serving(paused, SUNDAY, serving=True) == meter


@pytest.mark.parametrize("biller", BILLERS)
def test_a_biller_never_goes_back(biller):
    with pytest.raises(ValueError, match="cannot go back"):
        biller.roll(biller.start(UNIT, SUNDAY), SUNDAY - timedelta(days=1))


@given(st.sampled_from(BILLERS), st.integers(0, 500 * UNIT), st.integers(0, 700 * UNIT))
def test_never_more_is_billed_than_was_wanted(biller, daily, wanted):
    _, billed = biller.charge(biller.start(daily, SUNDAY), SUNDAY, wanted)
    assert 0 <= billed <= wanted


@pytest.mark.parametrize("biller", BILLERS)
def test_each_rule_is_documented_with_a_source_or_said_to_be_guessed(biller):
    names = [rule.name for rule in biller.RULES]
    assert len(set(names)) == len(names)
    for rule in biller.RULES:
        assert (rule.status == "documented") == bool(rule.source)
