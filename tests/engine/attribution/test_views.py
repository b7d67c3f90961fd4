from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.attribution.views import views
from engine.model import closed_won
from engine.model.credit import disagreement, shares
from tests.engine.brainkit import TODAY, UNIT, deals, facts

OLD = TODAY - timedelta(days=40)
amounts = st.lists(st.floats(0, 1e12), min_size=3, max_size=3).map(np.array)


def sold(channel: str, leads: int, won: int, amount: int) -> list[dict[str, object]]:
    closed = OLD + timedelta(days=10)
    return [
        {
            "created_on": OLD,
            "closed_on": closed,
            "won": n < won,
            "amount_micros": amount * UNIT,
            "channel": channel,
        }
        for n in range(leads)
    ]


def test_two_views_stand_side_by_side_with_their_disagreement_as_one_number() -> None:
    rows = [
        {"day": OLD, "campaign": c, "channel": ch, "cost_micros": 100 * UNIT, "conversions": conv}
        for c, ch, conv in (("s", "google_search", 30.0), ("v", "youtube", 50.0))
    ]
    found = views(
        facts(rows),
        deals(sold("google_search", 30, 8, 100) + sold("youtube", 10, 2, 100)),
        TODAY,
    )
    search, video = found
    assert (search.last_click_leads, search.won, search.revenue_micros) == (30, 8, 800 * UNIT)
    assert (video.last_click_leads, video.platform_conversions) == (10, 50.0)
    assert (search.last_click_share, search.closed_won_share) == (0.75, 0.8)
    assert search.disagreement == video.disagreement == pytest.approx(0.05)


def test_days_that_are_not_final_are_in_no_view() -> None:
    young = TODAY - timedelta(days=7)
    rows = [{"day": young, "campaign": "s", "cost_micros": UNIT}]
    assert views(facts(rows), deals([]), TODAY) == ()


@given(amounts)
def test_shares_of_a_view_add_up_to_1_or_are_all_0(found) -> None:
    split = shares(found)
    assert split.sum() == pytest.approx(1 if found.sum() > 0 else 0)
    assert ((split >= 0) & (split <= 1)).all()


@given(amounts, amounts)
def test_disagreement_is_symmetric_and_between_0_and_1(one, other) -> None:
    one, other = shares(one), shares(other)
    gap = disagreement(one, other)
    assert 0 <= gap <= 1
    assert gap == pytest.approx(disagreement(other, one))
    assert disagreement(one, one) == 0


def test_nothing_in_common_is_a_disagreement_of_1() -> None:
    assert disagreement(np.array([1.0, 0.0]), np.array([0.0, 1.0])) == 1


def test_realised_and_expected_are_separate_figures() -> None:
    open_deals = [{"created_on": TODAY, "channel": "youtube", "amount_micros": 100 * UNIT}] * 10
    rows = sold("google_search", 30, 15, 100) + open_deals
    rows = [{**row, "deal_id": str(n)} for n, row in enumerate(rows)]
    search, video = closed_won.by(deals(rows), ["google_search", "youtube"], TODAY)
    assert (search.won, search.revenue_micros, search.expected_won) == (15, 1500 * UNIT, 0)
    assert (video.won, video.revenue_micros, video.open_deals) == (0, 0, 10)
    assert video.expected_won == pytest.approx(5.0)  # no closed deal of its own: the client's rate
    assert video.expected_revenue_micros == 500 * UNIT


def test_without_twenty_closed_deals_nothing_is_expected() -> None:
    (found,) = closed_won.by(deals(sold("youtube", 19, 9, 1)), ["youtube"], TODAY)
    assert (found.won, found.expected_won, found.expected_revenue_micros) == (9, None, None)
