"""Hours, bid targets and the share of each variant stay within their written bounds."""

from __future__ import annotations

import pytest

from policies.rules.bid_target import BidRange, BidTarget
from policies.rules.hours import Hours
from policies.rules.variant_share import VariantBound, VariantShare
from tests.levers import bid, schedule, split
from tests.policies.rules.test_levers import asked


def hours(**more) -> Hours:
    fields = {"weekdays": ("sat",), "first_hour": 0, "until_hour": 6, "max_bid_change": "0.20"}
    return Hours(**{**fields, **more})


@pytest.mark.parametrize(
    ("act", "word"),
    [
        (schedule("sat"), ""),
        (schedule("sat", before=0, after=100), ""),
        (schedule("mon"), "hours of Monday off"),
        (schedule("sat", "sun", before=0, after=100), "hours of Sunday on"),
        (schedule("sat", until=7), "this switches 00:00 to 07:00 off"),
        (schedule("mon", before=100, after=120), ""),
        (schedule("mon", before=120, after=121), "bids 121% of it"),
        (schedule("mon", before=100, after=79), "bids 79% of it"),
    ],
)
def test_hours_are_switched_and_bid_within_the_written_ones(act, word):
    found = asked(hours(), act)
    assert [o for o, _ in found] == (["escalate"] if word else [])
    assert all(word in said for _, said in found)


def test_many_small_steps_of_an_hours_bid_get_no_further_than_one():
    seen, at = [], 100
    for _ in range(10):
        found = asked(hours(), schedule("mon", before=at, after=at + 4))
        seen.append(bool(found))
        at += 0 if found else 4
    assert at == 120
    assert seen == [False] * 5 + [True] * 5


def test_no_weekday_written_means_the_hours_may_only_be_proposed():
    assert asked(hours(weekdays=()), schedule("sat"))


def test_a_variants_share_stays_within_its_bounds_and_a_channel_may_have_its_own():
    rule = VariantShare(min_share="0.20", max_share="0.70", max_variants=3)
    assert asked(rule, split(("a", 50, 30), ("b", 50, 70))) == []
    said = [s for _, s in asked(rule, split(("a", 50, 10), ("b", 50, 90)))]
    assert said == [
        "One variant takes at least 20% of its ad group; variant a would take 10%.",
        "One variant takes at most 70% of its ad group; variant b would take 90%.",
    ]
    own = {"google_search": VariantBound(min_share="0.10", max_share="0.90")}
    loose = rule.model_copy(update={"channels": own})
    assert asked(loose, split(("a", 50, 10), ("b", 50, 90))) == []
    four = split(("a", 25, 25), ("b", 25, 25), ("c", 25, 25), ("d", 25, 25))
    assert "this names 4" in asked(rule, four)[0][1]


def bids(**search) -> BidTarget:
    fields = {"min_cpa": "20.00", "max_cpa": "60.00", "min_roas": "2.00", "max_roas": "8.00"}
    return BidTarget(max_step="0.10", channels={"google_search": BidRange(**{**fields, **search})})


@pytest.mark.parametrize(
    ("act", "word"),
    [
        (bid(50, 55), ""),
        (bid(50, 56), "this moves it by 12%"),
        (bid(58, 61), "stays between GBP 20.00 and GBP 60.00; this sets GBP 61.00"),
        (bid(None, 40), "a person decides the first one"),
        (bid(7, 8, "target_roas"), "this moves it by 14.3%"),
        (bid(10, 11, "target_roas"), "stays between 200% and 800%; this sets 1100%"),
        (bid(10, 11, "max_cpc"), "no written range for its highest cost per click"),
        (bid(50, 51, channel="meta"), "may only propose"),
    ],
)
def test_a_bid_target_stays_in_its_range_and_moves_by_steps(act, word):
    found = asked(bids(), act)
    assert [o for o, _ in found] == (["escalate"] if word else [])
    assert all(word in said for _, said in found)


def test_a_channel_may_have_its_own_step_of_a_bid():
    assert asked(bids(max_step="0.30"), bid(40, 52)) == []
    assert asked(bids(max_step="0.05"), bid(40, 43))
