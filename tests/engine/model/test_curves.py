from datetime import timedelta

import pytest

from engine.model import curves
from tests.engine.brainkit import TODAY, UNIT, deals, facts, market

SPEND = {"search": 400, "video": 200}
RATES = {"search": 0.02, "video": 0.006}


def test_a_known_market_is_found_again() -> None:
    found = curves.fit(*market(SPEND, {"search": 800.0, "video": 150.0}, RATES), TODAY, 7)
    search, video = found
    assert search.scale_micros / UNIT == pytest.approx(800, rel=0.35)
    assert video.scale_micros / UNIT == pytest.approx(150, rel=0.2)
    # 2,000 clicks at 2 % leads at 20 % wins of 1,000 each
    assert search.top_micros / UNIT == pytest.approx(2000 * 0.02 * 0.2 * 1000, rel=0.3)
    assert video.won_per_lead == pytest.approx(0.2, abs=0.05)


def test_immature_days_change_nothing() -> None:
    table, sold = market(SPEND, {"search": 800.0, "video": 150.0}, RATES)
    rows = table.to_pylist()
    for row in rows:
        if row["day"] >= TODAY - timedelta(days=7):
            row["cost_micros"] *= 30
    assert curves.fit(facts(rows), sold, TODAY, 7) == curves.fit(table, sold, TODAY, 7)


def test_a_fortnight_is_needed() -> None:
    table, sold = market(SPEND, {"search": 800.0, "video": 150.0}, RATES, days=20)
    assert curves.fit(table, sold, TODAY, 7) == ()  # 13 final days
    assert curves.fit(facts([]), deals([]), TODAY, 7) == ()


def test_value_is_concave_and_marginal_is_its_slope() -> None:
    curve = curves.fit(*market(SPEND, {"search": 800.0, "video": 150.0}, RATES), TODAY, 7)[0]
    here, step = 400.0 * UNIT, 1000.0
    slope = (curve.value(here + step) - curve.value(here)) / step
    assert curve.marginal(here) == pytest.approx(slope, rel=1e-4)
    assert curve.marginal(2 * here) < curve.marginal(here)
    wanted = curves.inverse([curve])(curve.marginal(here))
    assert wanted[0] == pytest.approx(here)
