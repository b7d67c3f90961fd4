"""Where the money is heading, against figures reckoned by hand, and never from days too young."""

import math
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model.trajectory import Trajectory, trajectory
from tests.engine.brainkit import TODAY, UNIT, deals

LONG_AGO = 200


def book(
    lead_days: range,
    each: int,
    *,
    rate: float,
    age: int,
    amount: int = 1000,
    channel="google_search",
) -> list[dict]:
    """``each`` leads a day; of each ten the first ``10 x rate`` are won at that age, the others lost at it."""
    rows = []
    for ago in lead_days:
        day = TODAY - timedelta(days=ago)
        closed = day + timedelta(days=age)
        for n in range(each):
            done = closed <= TODAY
            won = (n % 10) < round(10 * rate)
            rows.append(
                {
                    "created_on": day,
                    "closed_on": closed if done else None,
                    "won": won if done else None,
                    "amount_micros": amount * UNIT if done and won else 0,
                    "channel": channel,
                }
            )
    return rows


def of(media: int, rows: list[dict], window: tuple[int, int]) -> Trajectory:
    oldest, newest = window
    span = (TODAY - timedelta(days=oldest), TODAY - timedelta(days=newest))
    begun = [r for r in rows if span[0] <= r["created_on"] <= span[1]]
    return trajectory(media * UNIT, deals(begun), deals(rows), TODAY, span)


def test_settled_figures_are_those_a_person_reckons() -> None:
    rows = book(range(LONG_AGO, 20, -1), 10, rate=0.2, age=20)
    found = of(10_000, rows, (60, 31))  # 30 days: 300 leads, 60 customers of £1,000
    assert found.cost_per_action.mid == pytest.approx(10_000 / 300 * UNIT)
    assert found.cac is not None
    assert found.cac.mid == pytest.approx(10_000 / 60 * UNIT)
    assert found.roas is not None
    assert found.roas.mid == pytest.approx(6.0)
    month = found.month_contribution(0.5)
    assert month is not None
    assert month.mid == pytest.approx((60_000 * 0.5 - 10_000) * 30.4 / 30 * UNIT)
    told = found.payback(0.5)
    assert told is not None
    assert told.months.mid == pytest.approx(20 / 30.4)  # all close at 20 days, and that is enough


def test_open_deals_count_by_what_they_promise_at_their_age() -> None:
    rows = book(range(LONG_AGO, 0, -1), 10, rate=0.2, age=20)
    found = of(3_000, rows, (19, 10))  # nothing of these days has closed yet
    assert found.customers is not None
    assert found.customers.mid == pytest.approx(20.0, rel=0.02)
    assert found.roas is not None
    assert found.roas.mid == pytest.approx(20_000 / 3_000, rel=0.02)


def test_media_that_is_never_earned_back_says_never_and_up_to_which_age_it_knows() -> None:
    rows = book(range(LONG_AGO, 20, -1), 10, rate=0.2, age=20)
    told = of(100_000, rows, (60, 31)).payback(0.5)
    assert told is not None
    assert math.isinf(told.months.mid)
    assert told.known_months < 1


def test_organic_deals_count_in_blended_roas_and_not_in_the_cost_of_a_customer() -> None:
    paid = book(range(LONG_AGO, 20, -1), 10, rate=0.2, age=20)
    both = paid + book(range(LONG_AGO, 20, -1), 10, rate=0.2, age=20, channel="")
    alone, blended = (of(10_000, rows, (60, 31)) for rows in (paid, both))
    assert (alone.cac, alone.paid_revenue) == (blended.cac, blended.paid_revenue)
    assert blended.roas.mid == pytest.approx(2 * alone.roas.mid)


def test_with_too_few_closed_deals_only_the_cost_of_an_action_is_known() -> None:
    found = of(100, book(range(60, 59, -1), 10, rate=0.2, age=20), (60, 31))
    assert (found.cac, found.roas, found.payback(0.5), found.month_contribution(1.0)) == (None,) * 4
    assert found.cost_per_action.mid == pytest.approx(10 * UNIT)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 10**6), st.integers(1, 30), st.floats(0.05, 1.0), st.integers(0, 40))
def test_every_interval_holds_its_middle(media: int, each: int, margin: float, age: int) -> None:
    found = of(media, book(range(120, 60, -4), each, rate=0.5, age=age), (100, 61))
    figures = [found.cac, found.cost_per_action, found.roas, found.month_contribution(margin)]
    told = found.payback(margin)
    for one in (*figures, told and told.months):
        if one is not None:
            assert one.low <= one.mid <= one.high


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    draw = np.random.default_rng(8)
    rows = book(range(LONG_AGO, 20, -1), 10, rate=0.2, age=20)
    held = 0
    for _ in range(300):
        count = int(draw.poisson(25))
        begun = rows[:1] * count
        found = trajectory(UNIT, deals(begun), deals(rows), TODAY, (TODAY, TODAY)).actions
        held += found.low <= 25 <= found.high
    assert 0.74 < held / 300 < 0.88
