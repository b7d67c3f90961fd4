"""Budgets follow contribution where every margin is known; where one is not, revenue stands in for all."""

import pytest

from engine.model.curves import Curve
from engine.model.margins import worth
from tests import strategies as make
from tests.policies.test_offers import SALE, SHOP, offers, sold

CURVE = Curve("s1", "google_search", 1e8, 4e8, 2e8, 1e-6, 0.1, 0.1, 30)
WORLD = make.standing(selling=(sold("s1", "sale"), sold("y1", "shop")))


def priced(sale: str | None, shop: str | None, own: int | None = None):
    policy = make.policy()
    targets = policy.targets.model_copy(update={"margin": own})
    rows = ({**SALE, "margin": sale}, {**SHOP, "margin": shop})
    return policy.model_copy(update={"offers": offers(*rows), "targets": targets})


def test_each_campaign_is_worth_the_margin_of_its_offer():
    found = worth(priced("0.40", "0.25"), WORLD, ["s1", "y1"])
    assert found.noun == "contribution"
    assert found.of(CURVE).marginal(1e8) == pytest.approx(0.40 * CURVE.marginal(1e8))
    assert found.of(CURVE).value(1e8) == pytest.approx(0.40 * CURVE.value(1e8))


def test_the_clients_own_margin_stands_in_for_an_offer_without_one():
    found = worth(priced("0.40", None, own=300_000), WORLD, ["s1", "y1", "s2"])
    assert found.margins == {"s1": 0.4, "y1": 0.3, "s2": 0.3}


def test_where_one_margin_is_unknown_revenue_stands_in_for_all():
    found = worth(priced("0.40", None), WORLD, ["s1", "y1"])
    assert found.noun == "revenue"
    assert found.of(CURVE) == CURVE


def test_a_new_campaign_is_worth_the_offer_it_would_sell():
    assert worth(priced("0.40", "0.25"), WORLD, ["new"], {"new": "shop"}).margins == {"new": 0.25}
