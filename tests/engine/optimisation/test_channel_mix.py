from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model.outcomes import SourceState
from engine.model.world import LastMove, World
from engine.optimisation import propose
from engine.optimisation.agents import channel_mix
from policies import exposure, gate
from policies.verdict import Allowed, Escalated
from tests import strategies
from tests.engine.brainkit import NOW, UNIT, market, world

FACTS, DEALS = market(
    {"search": 400, "video": 200},
    {"search": 800.0, "video": 150.0},
    {"search": 0.02, "video": 0.004},
)


def uneven(search: int = 400, video: int = 200, **more: object) -> World:
    """On budget in mid-month; the next unit in Search brings far more than the last in video."""
    spent = (25_000 - 22 * (search + video)) // 3
    campaigns = (
        strategies.campaign(
            "search", "google_search", search, spent_before_today_micros=2 * spent * UNIT
        ),
        strategies.campaign("video", "youtube", video, spent_before_today_micros=spent * UNIT),
    )
    return world(facts=FACTS, deals=DEALS, campaigns=campaigns, **more)


def test_money_moves_from_the_worst_to_the_best_and_the_gate_allows_it() -> None:
    state = uneven()
    (action,) = channel_mix.propose(state)
    moved = {c.campaign: c.delta_micros for c in action.changes}
    assert moved["search"] == -moved["video"] == 40 * UNIT  # a fifth of the giver
    assert isinstance(gate.judge(action, state.policy, state.standing), Allowed)
    assert len(action.reason) <= 200
    assert {"Expected gain", "Final days seen"} <= {e.name for e in action.evidence}


def test_a_late_source_moves_no_money_at_all() -> None:
    late = SourceState("crm", NOW, "late", "crm is 40 hours old.")
    state = uneven(sources=(late,))
    assert propose(state) == []
    assert propose(uneven()) != []


def test_a_paused_client_is_left_alone() -> None:
    assert propose(uneven(standing={"paused": True})) == []


@pytest.mark.parametrize(("days", "moves"), [(2, 0), (3, 1)])
def test_a_campaign_rests_three_days_after_a_move(days: int, moves: int) -> None:
    last = (LastMove("search", NOW - timedelta(days=days)),)
    assert len(channel_mix.propose(uneven(last_moves=last))) == moves


def test_level_marginals_move_nothing() -> None:
    even = market(
        {"search": 400, "video": 400},
        {"search": 600.0, "video": 600.0},
        {"search": 0.02, "video": 0.02},
    )
    state = uneven(400, 400)
    assert channel_mix.propose(replace(state, facts=even[0], deals=even[1])) == []


def test_a_campaign_that_is_not_ours_is_never_touched() -> None:
    state = uneven()
    assert channel_mix.propose(replace(state, desired={"search": state.desired["search"]})) == []


def at_cap(**more: object) -> World:
    state = uneven(**more)
    share = exposure.channel_share(state.standing, "google_search")
    assert share is not None
    tight = strategies.with_rule(
        "share_cap", max_shares={"google_search": int(share * 1e6) + 1, "youtube": 450_000}
    )
    return replace(state, policy=tight)


def test_one_ask_a_month_past_a_bound_says_what_the_bound_is_worth() -> None:
    state = at_cap()
    (action,) = channel_mix.propose(state)
    verdict = gate.judge(action, state.policy, state.standing)
    assert isinstance(verdict, Escalated)
    assert {r.rule for r in verdict.reasons} == {"share_cap"}
    facts = {e.name: e.value for e in action.evidence}
    assert facts["beyond_bound"] == 1
    assert facts["Gain per further point of share"] > 0
    assert "Worst case of the month after" in facts
    asked = (LastMove("search", NOW - timedelta(days=5), beyond_bound=True),)
    assert channel_mix.propose(at_cap(last_moves=asked)) == []
    before = (LastMove("search", NOW - timedelta(days=20), beyond_bound=True),)
    assert len(channel_mix.propose(at_cap(last_moves=before))) == 1


def test_ahead_of_pace_the_rise_is_held_back_to_stay_inside_the_cap() -> None:
    state = uneven()
    spent = [(12_200, 400), (800, 200)]  # 12,200 + 800 + 22 x 600 = 26,200 if both were set anew
    ahead = tuple(
        c.model_copy(update={"spent_before_today_micros": billed * UNIT})
        for c, (billed, _) in zip(state.standing.campaigns, spent, strict=True)
    )
    policy = state.policy.model_copy(
        update={"targets": state.policy.targets.model_copy(update={"month_budget": 26_000 * UNIT})}
    )
    rules = strategies.with_rule(
        "share_cap", policy, max_shares={"google_search": 1_000_000, "youtube": 450_000}
    )
    standing = state.standing.model_copy(update={"campaigns": ahead})
    (action,) = channel_mix.propose(replace(state, standing=standing, policy=rules))
    assert action.kind == "set_budgets"
    moved = {c.campaign: c.delta_micros for c in action.changes}
    assert moved == {"video": -40 * UNIT, "search": 30 * UNIT}  # 26,200 - 22 x 10 < 26,000
    assert isinstance(gate.judge(action, rules, standing), Allowed)


def test_a_step_bound_alone_is_never_asked_past() -> None:
    state = uneven()
    frozen = strategies.with_rule("movement", max_share=0)
    assert channel_mix.propose(replace(state, policy=frozen)) == []


@settings(max_examples=40, deadline=None)
@given(
    search=st.integers(20, 700),
    video=st.integers(20, 380),
    step=st.integers(0, 400_000),
    cap=st.integers(500_000, 1_000_000),
)
def test_a_shift_conserves_money_and_stays_in_bounds(search, video, step, cap) -> None:
    rules = strategies.with_rule("step_size", max_share=step)
    rules = strategies.with_rule(
        "share_cap", rules, max_shares={"google_search": cap, "youtube": 600_000}
    )
    state = replace(uneven(search, video), policy=rules)
    for action in channel_mix.propose(state):
        assert sum(c.delta_micros for c in action.changes) == 0
        assert all(c.after_micros > 0 for c in action.changes)
        verdict = gate.judge(action, state.policy, state.standing)
        beyond = any(e.name == "beyond_bound" for e in action.evidence)
        assert isinstance(verdict, Escalated if beyond else Allowed)


def told(action) -> dict[str, object]:
    return {e.name: e.value for e in action.evidence}


def test_a_move_cut_short_says_what_it_wanted_and_what_held_it() -> None:
    (action,) = channel_mix.propose(uneven())
    assert "a day moved" in str(told(action)["Wanted"])
    assert "own limit of 20%" in str(told(action)["Held by"])
    less = strategies.with_rule("step_size", max_share=140_000, channels={})
    tight = replace(uneven(), policy=less)
    (smaller,) = channel_mix.propose(tight)
    assert smaller.changes[1].delta_micros < action.changes[1].delta_micros
    assert "step size" in str(told(smaller)["Held by"])


def test_the_expected_gain_carries_its_interval() -> None:
    (action,) = channel_mix.propose(uneven())
    low, high = (
        float(part.replace("£", "").replace("\u2212", "-").replace(",", ""))
        for part in str(told(action)["Expected gain, 80% interval"]).split(" to ")
    )
    gain = told(action)["Expected gain"]
    assert isinstance(gain, float)
    assert low < gain < high
