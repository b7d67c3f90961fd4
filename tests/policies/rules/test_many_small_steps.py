"""Many small steps get no further than one: increases of a window add up, and nothing refunds them."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from policies.case import Case
from policies.rules.movement import MovementBound
from policies.rules.pausing import Pausing
from policies.standing import Movement, Pause
from tests.strategies import (
    NOW,
    UNIT,
    campaign,
    change,
    pause_variant,
    policy,
    set_budgets,
    standing,
    status,
)

RULE = MovementBound(window_days=7, max_share="0.10")
TOTAL = 670


def says(rule, action, world) -> list[str]:
    return [r.sentence for r in rule.judge(Case(action, world, policy().targets))]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([("s1", "google_search", 300), ("y1", "youtube", 150)]),
            st.integers(-40, 40),
            st.integers(0, 12),
        ),
        max_size=12,
    ),
    st.integers(1, 60),
)
def test_a_rise_is_judged_with_every_rise_of_the_window_whatever_was_cut_between(steps, rise):
    moves = tuple(
        Movement(at=NOW - timedelta(days=age), channel=channel, delta_micros=delta * UNIT)
        for (_, channel, _), delta, age in steps
    )
    inside = sum(d for _, d, age in steps if d > 0 and age <= 7)
    over = (inside + rise) * 10 > TOTAL
    world = standing(movements=moves)
    raised = set_budgets(change("s2", "google_search", 120, 120 + rise))
    assert bool(says(RULE, raised, world)) == over
    more_cuts = Movement(at=NOW, channel="youtube", delta_micros=-500 * UNIT)
    refunded = standing(movements=(*moves, more_cuts))
    assert bool(says(RULE, raised, refunded)) == over


@given(st.sampled_from(["s1", "s2"]), st.integers(1, 30))
def test_one_campaign_raised_a_little_every_day_stops_at_the_bound(key, slice_):
    """What was allowed within any seven days never comes to more than a tenth of what was set."""
    daily = {"s1": 300, "s2": 120, "y1": 150, "y2": 100}
    channel = {"s1": "google_search", "s2": "google_search", "y1": "youtube", "y2": "youtube"}
    moves: list[tuple[int, int, int]] = []
    for day in range(21):
        now = NOW + timedelta(days=day)
        world = standing(
            *(campaign(k, channel[k], d) for k, d in daily.items()),
            now=now,
            movements=tuple(
                Movement(at=NOW + timedelta(days=d), channel=channel[key], delta_micros=up * UNIT)
                for d, up, _ in moves
            ),
        )
        before = daily[key]
        if not says(RULE, set_budgets(change(key, channel[key], before, before + slice_)), world):
            moves.append((day, slice_, sum(daily.values())))
            daily[key] += slice_
    for day, _, total in moves:
        window = sum(up for d, up, _ in moves if day - 7 <= d <= day)
        assert window * 10 <= total


def test_one_channel_may_have_a_bound_of_its_own_beside_the_one_over_all():
    own = MovementBound(window_days=7, max_share="1.00", channels={"youtube": "0.10"})  # of 250
    earlier = Movement(at=NOW - timedelta(days=1), channel="youtube", delta_micros=20 * UNIT)
    elsewhere = Movement(at=NOW, channel="google_search", delta_micros=200 * UNIT)
    world = standing(movements=(earlier, elsewhere))
    assert says(own, set_budgets(change("y1", "youtube", 150, 155)), world) == []
    (said,) = says(own, set_budgets(change("y1", "youtube", 150, 156)), world)
    assert said == (
        "At most 10% of YouTube's daily budget may be added within 7 days; with this it would be"
        " 10.4%."
    )
    assert says(own, set_budgets(change("s1", "google_search", 300, 400)), world) == []


def test_pauses_of_a_day_add_up_in_what_they_stop():
    rule = Pausing(max_per_day=9, max_spend_share="0.30")  # of 670: 201
    y1 = status("y1", "youtube", 150, enabled=False)
    assert says(rule, y1, standing()) == []
    earlier = Pause(key="d1", channel="google_search", daily_micros=60 * UNIT)
    world = standing(paused_today=("d1",), pauses=(earlier,))
    assert len(world.pauses) == 1
    (said,) = says(rule, status("y1", "youtube", 150, enabled=False), tight(world))
    assert said == (
        "The platform pauses at most 30% of the daily budget in a day by itself; this would make it"
        " 31.4%."
    )
    assert says(rule, pause_variant(), tight(world)) == []


def tight(world):
    """The same day after 60 of Search was paused: 610 still set."""
    rest = tuple(
        c.model_copy(update={"daily_micros": 60 * UNIT}) if c.campaign == "s2" else c
        for c in world.campaigns
    )
    return world.model_copy(update={"campaigns": rest})


def test_one_channel_may_hold_back_its_own_pauses():
    rule = Pausing(max_per_day=9, max_spend_share="1.00", channels={"youtube": "0.50"})
    (said,) = says(rule, status("y1", "youtube", 150, enabled=False), standing())
    assert "50% of YouTube's daily budget" in said
    assert says(rule, status("s1", "google_search", 300, enabled=False), standing()) == []
