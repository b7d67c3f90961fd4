from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model.world import LastMove, World
from engine.optimisation.agents import pacing
from policies import gate
from policies.policy import Policy
from policies.standing import CampaignStanding
from policies.verdict import Allowed, Escalated
from tests import strategies
from tests.engine.brainkit import NOW, UNIT, world


def month(day: int, spent: int, search: int = 400, video: int = 200, **more: Any) -> World:
    """November; from the second on, budgets were last set so that they may bill exactly to the end."""

    def running(key: str, channel: str, daily: int, billed: int) -> CampaignStanding:
        limit = (billed + daily * (31 - day)) * UNIT
        changed = {"changed_this_month": True, "month_limit_micros": limit} if day > 1 else {}
        return strategies.campaign(
            key, channel, daily, spent_before_today_micros=billed * UNIT, **changed
        )

    campaigns = (
        running("search", "google_search", search, 2 * spent // 3),
        running("video", "youtube", video, spent // 3),
    )
    accounts = (strategies.account(today=date(2026, 11, day)),)
    return world(campaigns=campaigns, standing={"accounts": accounts}, **more)


def test_a_month_heading_over_its_budget_is_cut_to_a_little_under_what_is_left() -> None:
    state = month(21, 20_000)  # 20,000 + 10 x 600 = 26,000 against 25,000
    (action,) = pacing.propose(state)
    (change,) = action.changes  # cutting both would leave a worst case above the cap in between
    assert (change.campaign, change.after_micros) == ("search", 262 * UNIT)  # 98.5 % of 25,000
    assert isinstance(gate.judge(action, state.policy, state.standing), Allowed)


def test_a_cut_nobody_may_make_alone_is_asked_for_once_a_week() -> None:
    state = month(21, 23_000)  # 2,000 left for ten days: a cut by two thirds
    (action,) = pacing.propose(state)
    assert isinstance(gate.judge(action, state.policy, state.standing), Escalated)
    assert any(e.name == "beyond_bound" for e in action.evidence)
    asked = (LastMove("search", NOW - timedelta(days=6), beyond_bound=True),)
    assert pacing.propose(month(21, 23_000, last_moves=asked)) == []
    asked = (LastMove("search", NOW - timedelta(days=7), beyond_bound=True),)
    assert len(pacing.propose(month(21, 23_000, last_moves=asked))) == 1


def test_being_ahead_of_a_budget_never_changed_corrects_itself() -> None:
    state = month(21, 18_600)
    free = tuple(
        c.model_copy(update={"changed_this_month": False, "month_limit_micros": None})
        for c in state.standing.campaigns
    )
    standing = state.standing.model_copy(update={"campaigns": free})
    over = replace(state, standing=standing, policy=with_budget(18_700))
    assert pacing.propose(over) == []  # 600 x 30.4 = 18,240 is all that can be billed


def with_budget(units: int) -> Policy:
    base = strategies.policy()
    targets = base.targets.model_copy(update={"month_budget": units * UNIT})
    return base.model_copy(update={"targets": targets})


def test_a_month_heading_under_its_budget_is_raised_within_the_bounds() -> None:
    (action,) = pacing.propose(month(21, 17_000))  # room for 800 a day
    assert sum(c.after_micros for c in action.changes) > 600 * UNIT
    assert all(c.delta_micros > 0 for c in action.changes)


def test_a_month_on_course_is_left_alone() -> None:
    assert pacing.propose(month(21, 18_900)) == []
    assert pacing.propose(month(21, 19_100)) == []


def test_on_the_first_an_unchanged_budget_counts_30_4_days() -> None:
    assert pacing.propose(month(1, 0, 540, 280)) == []  # 820 x 30.4 = 24,928
    (action,) = pacing.propose(month(1, 0, 560, 280))  # 840 x 30.4 = 25,536
    assert sum(c.after_micros for c in action.changes) * 30.4 <= 25_000 * UNIT


def test_the_last_days_are_never_raised() -> None:
    assert pacing.propose(month(28, 20_000)) == []


def test_a_raise_waits_for_the_cool_down_and_a_cut_does_not() -> None:
    moved = (
        LastMove("search", NOW - timedelta(days=1)),
        LastMove("video", NOW - timedelta(days=1)),
    )
    assert pacing.propose(month(21, 17_000, last_moves=moved)) == []
    assert len(pacing.propose(month(21, 20_000, last_moves=moved))) == 1


@settings(max_examples=50, deadline=None)
@given(
    day=st.integers(1, 30),
    spent=st.integers(0, 30_000),
    search=st.integers(1, 700),
    video=st.integers(1, 380),
)
def test_an_allowed_repacing_never_leaves_the_budget_further(day, spent, search, video) -> None:
    state = month(day, spent if day > 1 else 0, search, video)
    for action in pacing.propose(state):
        left = 31 - day
        before = sum(c.before_micros for c in action.changes)
        after = sum(c.after_micros for c in action.changes)
        billed = sum(c.spent_before_today_micros for c in state.standing.campaigns)
        if after > before:
            assert billed + after * left <= 25_000 * UNIT
            assert isinstance(gate.judge(action, state.policy, state.standing), Allowed)
        assert all(c.after_micros > 0 for c in action.changes)


def test_a_correction_cut_short_says_the_whole_one_and_what_held_it() -> None:
    found = {e.name: e.value for e in pacing.propose(month(21, 20_000))[0].evidence}
    assert str(found["Wanted"]).endswith("a day less, the whole correction")
    assert "month cap" in str(found["Held by"])
    assert str(found["Expected effect"]).startswith("no figure is known")
