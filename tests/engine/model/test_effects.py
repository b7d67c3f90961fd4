"""What an act was followed by: the figure, its interval, and what else may have done it."""

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.effects import (
    DAYS,
    LEAST_LEADS,
    Done,
    Sides,
    Window,
    effect,
    figure,
    is_due,
    judged_on,
    sentence,
    together,
    windows,
)

DAY = date(2026, 10, 1)
NONE = Sides()
WINDOWS = st.builds(Window, st.integers(0, 500), st.integers(0, 10**12))
SIDES = st.builds(Sides, WINDOWS, WINDOWS)


def sides(before, after, cost_before=1000, cost_after=1000):
    return Sides(Window(before, cost_before), Window(after, cost_after))


def test_twice_the_leads_for_the_same_media_is_better_and_half_is_worse():
    assert effect(sides(40, 80), NONE).word == "better"
    assert effect(sides(80, 40), NONE).word == "worse"
    assert effect(sides(40, 44), NONE).word == "no_difference"


def test_more_leads_for_as_much_more_media_is_no_difference():
    found = effect(sides(40, 80, 1000, 2000), NONE)
    assert found.word == "no_difference"
    assert found.ratio == pytest.approx(80.5 / 81)


def test_what_happened_to_everybody_is_not_the_acts_doing():
    found = effect(sides(40, 80), sides(100, 200))
    assert (found.word, found.compared) == ("no_difference", True)
    assert not effect(sides(40, 80), sides(20, 40)).compared


@pytest.mark.parametrize(
    "own", [sides(2, LEAST_LEADS - 3), sides(40, 40, 0, 1000), sides(40, 40, 1000, 0)]
)
def test_few_leads_or_no_media_is_too_little_to_say(own):
    found = effect(own, sides(500, 500))
    assert (found.word, found.ratio) == ("too_little", None)
    assert figure(found).startswith("Too little to say")


def test_no_lead_at_all_before_still_gives_a_finite_figure():
    found = effect(sides(0, 30), NONE)
    assert found.word == "better"
    assert math.isfinite(found.high)


@given(own=SIDES, others=SIDES)
def test_the_interval_holds_the_ratio_and_the_word_follows_it(own, others):
    found = effect(own, others)
    if found.ratio is None:
        assert found.word == "too_little"
        return
    assert 0 < found.low <= found.ratio <= found.high
    assert (found.word == "better") == (found.low > 1)
    assert (found.word == "worse") == (found.high < 1)


@given(own=SIDES, others=SIDES)
def test_turning_time_round_turns_better_into_worse(own, others):
    back = effect(Sides(own.after, own.before), Sides(others.after, others.before)).word
    swapped = {"better": "worse", "worse": "better"}
    assert back == swapped.get(effect(own, others).word, effect(own, others).word)


def test_the_interval_holds_no_change_about_four_times_in_five():
    rng = np.random.default_rng(7)
    draws = rng.poisson(60, (4000, 4))
    words = [effect(sides(a, b), sides(c, d)).word for a, b, c, d in draws.tolist()]
    assert 0.77 < words.count("no_difference") / len(words) < 0.85


def test_an_act_is_due_when_the_last_day_after_it_is_final_and_not_a_day_before():
    due = judged_on(DAY, 7)
    assert is_due(DAY, due, 7)
    assert not is_due(DAY, due - timedelta(days=1), 7)


def test_the_windows_are_fourteen_whole_days_and_leave_out_the_day_of_the_act():
    before, after = windows(DAY)
    assert (before[1] - before[0]).days == (after[1] - after[0]).days == DAYS - 1
    assert before[1] < DAY < after[0]


def test_only_acts_on_the_same_campaigns_inside_the_windows_confound():
    act = Done("a", DAY, frozenset({"search"}))
    near = Done("b", DAY + timedelta(days=DAYS), frozenset({"search", "video"}))
    far = Done("c", DAY + timedelta(days=DAYS + 1), frozenset({"search"}))
    other = Done("d", DAY, frozenset({"video"}))
    assert together(act, [act, near, far, other]) == 1
    told = sentence(effect(sides(40, 80), NONE), 1)
    assert told.endswith("Together with 1 other act on the same campaigns.")
    assert "rose 99%" in told
    assert "80% interval +" in told
