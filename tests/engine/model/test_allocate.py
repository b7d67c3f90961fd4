import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.allocate import Room, divide
from engine.model.curves import InverseMarginal

positive = st.floats(1.0, 1000.0)


def room(low, high, group, floor, cap) -> Room:
    return Room(
        *(np.array(x, float) for x in (low, high)),
        np.array(group),
        np.array(floor, float),
        np.array(cap, float),
    )


def test_two_equal_arms_share_equally_and_the_total_is_spent() -> None:
    inverse = InverseMarginal(np.array([100.0, 100.0]), np.array([50.0, 50.0]))
    spend = divide(inverse, room([0, 0], [100, 100], [0, 1], [0, 0], [100, 100]), 60.0)
    assert spend == pytest.approx([30.0, 30.0])


def test_known_division_of_two_unequal_arms() -> None:
    # equal marginals: 4 exp(-x/50) = 2 exp(-y/50), x + y = 100  =>  x - y = 50 ln 2
    inverse = InverseMarginal(np.array([200.0, 100.0]), np.array([50.0, 50.0]))
    spend = divide(inverse, room([0, 0], [100, 100], [0, 1], [0, 0], [100, 100]), 100.0)
    assert spend == pytest.approx([50 + 25 * np.log(2), 50 - 25 * np.log(2)])


def test_a_capped_group_gives_its_money_to_the_others() -> None:
    inverse = InverseMarginal(np.array([1000.0, 10.0]), np.array([50.0, 50.0]))
    spend = divide(inverse, room([0, 0], [100, 100], [0, 1], [0, 0], [20, 100]), 60.0)
    assert spend == pytest.approx([20.0, 40.0])


def test_floors_beyond_the_total_have_no_division() -> None:
    inverse = InverseMarginal(np.array([1.0, 1.0]), np.array([1.0, 1.0]))
    assert divide(inverse, room([0, 0], [100, 100], [0, 1], [50, 50], [100, 100]), 60.0) is None


@given(st.integers(1, 6), st.data())
def test_every_bound_holds_and_no_swap_of_money_would_gain(n: int, data) -> None:
    top = np.array([data.draw(positive) for _ in range(n)])
    scale = np.array([data.draw(positive) for _ in range(n)])
    group = np.array([data.draw(st.integers(0, 1)) for _ in range(n)])
    high = np.array([data.draw(st.floats(10, 500)) for _ in range(n)])
    cap = np.array([data.draw(st.floats(50, 500)) for _ in range(2)])
    total = data.draw(st.floats(10, 800))
    limits = Room(np.zeros(n), high, group, np.zeros(2), cap)
    spend = divide(InverseMarginal(top, scale), limits, total)
    assert spend is not None
    assert (spend >= 0).all()
    assert (spend <= high + 1e-9).all()
    sums = np.bincount(group, spend, 2)
    assert (sums <= cap + 1e-6).all()
    assert spend.sum() <= total + 1e-6
    marginal = top / scale * np.exp(-spend / scale)
    for giver in range(n):
        for taker in range(n):
            free = spend[giver] > 1e-6 and spend[taker] < high[taker] - 1e-6
            inside = group[giver] == group[taker] or sums[group[taker]] < cap[group[taker]] - 1e-3
            if free and inside:
                assert marginal[taker] <= marginal[giver] * (1 + 1e-5)
