from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import lag
from tests.engine.brainkit import TODAY, deals


def closed_after(*days: int, age: int = 200) -> list[dict[str, object]]:
    created = TODAY - timedelta(days=age)
    return [
        {"created_on": created, "closed_on": created + timedelta(days=d), "won": True} for d in days
    ]


def test_the_curve_is_the_share_closed_by_each_age() -> None:
    curve = lag.fit(deals(closed_after(*[10] * 10, *[30] * 10)), TODAY)
    assert curve is not None
    assert curve.closed_share([9, 10, 29, 30]).tolist() == pytest.approx([0, 0.5, 0.5, 1])


def test_an_open_deal_keeps_what_its_age_has_not_yet_taken() -> None:
    stuck = [{"created_on": TODAY - timedelta(days=40)}] * 10
    rows = [{**r, "deal_id": str(n)} for n, r in enumerate([*closed_after(*[10] * 30), *stuck])]
    curve = lag.fit(deals(rows), TODAY)
    assert curve is not None
    assert curve.closed_share(10) == pytest.approx(0.75)
    young, old = curve.expected_won([0, 11], 0.2)
    assert young == pytest.approx(0.2 * 0.75)
    assert old == pytest.approx(0.0)


@given(
    st.lists(st.integers(0, 90), min_size=20, max_size=60),
    st.lists(st.integers(0, 90), max_size=30),
)
def test_expected_closed_won_is_monotone_in_age(closing: list[int], open_ages: list[int]) -> None:
    still = [{"created_on": TODAY - timedelta(days=a)} for a in open_ages]
    rows = [{**r, "deal_id": str(n)} for n, r in enumerate([*closed_after(*closing), *still])]
    curve = lag.fit(deals(rows), TODAY)
    assert curve is not None
    ages = np.arange(120)
    assert (np.diff(curve.expected_realised(ages, 0.3)) >= -1e-12).all()
    assert (np.diff(curve.expected_won(ages, 0.3)) <= 1e-12).all()
    assert (curve.expected_won(ages, 0.3) <= 0.3).all()


def test_fewer_than_twenty_closed_deals_give_no_curve() -> None:
    assert lag.fit(deals(closed_after(*[5] * 19)), TODAY) is None


def test_small_groups_lean_on_the_rate_of_all() -> None:
    rates = lag.shrunk_rates(np.array([10.0, 0.0]), np.array([100.0, 0.0]))
    assert rates.tolist() == pytest.approx([0.1, 0.1])
    assert lag.shrunk_rates(np.zeros(2), np.zeros(2)).tolist() == [0, 0]
