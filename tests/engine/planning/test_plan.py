from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model.plans import Infeasible, Plan, PlanInputs
from engine.planning import forecast
from engine.planning.plan import plan
from policies import exposure
from policies.actions import AdGroupSpec, AdSpec, LaunchCampaign, SetBudgets
from policies.policy import Policy
from policies.rules.channel_daily import DailyBound
from policies.standing import Standing
from tests import strategies
from tests.engine.brainkit import CHANNELS, UNIT, market, text

FACTS, DEALS = market(
    {"search": 400, "video": 200},
    {"search": 800.0, "video": 150.0},
    {"search": 0.02, "video": 0.01},
)


def standing(day: int = 1, spent: int = 0, search: int = 400, video: int = 200) -> Standing:
    """November; ``spent`` whole units are billed already, two thirds of them on Search."""
    return strategies.standing(
        strategies.campaign(
            "search", "google_search", search, spent_before_today_micros=2 * spent * UNIT // 3
        ),
        strategies.campaign("video", "youtube", video, spent_before_today_micros=spent * UNIT // 3),
        accounts=(strategies.account(today=date(2026, 11, day)),),
    )


def policy(
    budget: int = 25_000,
    caps: tuple[int, int] = (720_000, 450_000),
    days: tuple[tuple[int, int], tuple[int, int]] = ((200, 1400), (60, 760)),
) -> Policy:
    base = strategies.with_rule(
        "share_cap", max_shares={"google_search": caps[0], "youtube": caps[1]}
    )
    bounds = {
        channel: DailyBound(min_daily=str(low), max_daily=str(high))
        for channel, (low, high) in zip(("google_search", "youtube"), days, strict=True)
    }
    base = strategies.with_rule("channel_daily", base, channels=bounds)
    targets = base.targets.model_copy(update={"month_budget": budget * UNIT})
    return base.model_copy(update={"targets": targets})


def inputs(rules: Policy, state: Standing, **more: Any) -> PlanInputs:
    today = state.accounts[0].today
    whole = {"facts": FACTS, "deals": DEALS, **more}
    return PlanInputs(strategies.CLIENT, "GBP", today, rules, state, **whole)


def launch(daily: int) -> LaunchCampaign:
    ads = (AdSpec(variant="plain-1", concept="plain", text=text("new")),)
    return LaunchCampaign(
        client=strategies.CLIENT,
        currency="GBP",
        agent="planning",
        reason="An offer asks for it.",
        campaign="brand",
        account="acc",
        channel="google_search",
        name="Brand",
        daily_micros=daily * UNIT,
        locations=("2826",),
        ad_groups=(AdGroupSpec(ad_group="main", name="Main", ads=ads),),
    )


def made(rules: Policy, state: Standing, **more: Any) -> Plan:
    found = plan(inputs(rules, state, **more))
    assert isinstance(found, Plan), found
    return found


def test_on_the_first_the_whole_month_fits_even_at_30_4_days() -> None:
    found = made(policy(budget=20_000), standing())
    total = sum(line.daily_micros for line in found.lines)
    assert total * 30.4 <= 20_000 * UNIT
    assert total * 30.4 >= 20_000 * UNIT * 0.985
    assert found.month_worst_micros <= 20_000 * UNIT


def test_in_mid_month_what_is_left_is_divided_by_the_days_left() -> None:
    found = made(policy(budget=20_000), standing(day=21, spent=12_000))
    total = sum(line.daily_micros for line in found.lines)
    assert 12_000 * UNIT + total * 10 <= 20_000 * UNIT
    assert total >= 790 * UNIT
    assert found.month_spend_micros == 12_000 * UNIT + total * 10


def test_on_the_last_day_the_worst_case_of_the_day_is_kept_inside_the_budget() -> None:
    found = made(policy(), standing(day=30, spent=23_700))  # 1,300 left, and a day bills twice
    assert found.month_worst_micros <= 25_000 * UNIT
    assert sum(line.daily_micros for line in found.lines) <= 650 * UNIT
    late = standing(day=30, spent=23_900)  # today may bill 1,200 whatever is set
    edited = tuple(c.model_copy(update={"changed_this_month": True}) for c in late.campaigns)
    none = plan(inputs(policy(), late.model_copy(update={"campaigns": edited})))
    assert isinstance(none, Infeasible)


def test_money_goes_where_the_next_unit_brings_most() -> None:
    wide = policy(budget=12_000, caps=(1_000_000, 1_000_000), days=((1, 9000), (1, 9000)))
    found = made(wide, standing())
    search, video = (line.daily_micros for line in found.lines)
    assert search > video  # the same clicks at four times the leads, far from saturated


def test_minimums_beyond_the_budget_are_infeasible_with_their_figures() -> None:
    rules = policy(days=((200, 1400), (60, 760)))
    found = plan(inputs(rules, standing(day=29, spent=24_600)))
    assert isinstance(found, Infeasible)
    assert "£260" in found.reasons[0]
    assert "£200 a day" in found.reasons[0]


def test_a_closed_channel_with_a_minimum_of_its_budgets_is_named() -> None:
    base = policy()
    gone = strategies.with_rule(
        "channel_daily",
        base,
        channels={"youtube": base.guardrails.channel_daily.channels["youtube"]},
    )
    found = plan(inputs(gone, standing()))
    assert isinstance(found, Infeasible)
    assert "Search has no written daily bound" in found.reasons[0]


def test_nothing_to_plan_says_so() -> None:
    state = standing().model_copy(update={"campaigns": ()})
    assert isinstance(plan(inputs(policy(), state)), Infeasible)


def test_a_launch_is_an_action_of_the_plan_never_above_what_was_asked() -> None:
    found = made(policy(), standing(), launches=(launch(30),))
    opened = [a for a in found.actions if isinstance(a, LaunchCampaign)]
    assert len(opened) == 1
    assert 0 < opened[0].daily_micros <= 30 * UNIT
    assert any("brand" in note for note in found.notes)


def test_the_fingerprint_is_of_what_would_be_done_and_of_nothing_else() -> None:
    one = made(policy(), standing())
    assert made(policy(), standing(), fee_percent=12.0).fingerprint == one.fingerprint
    assert made(policy(budget=15_000), standing()).fingerprint != one.fingerprint
    assert Plan.model_validate_json(one.model_dump_json()).fingerprint == one.fingerprint


def test_the_fee_is_a_percentage_of_the_media() -> None:
    found = made(policy(), standing(), fee_percent=12.5)
    assert found.fee_micros == round(found.month_spend_micros * 0.125)


def test_the_interval_of_a_known_forecast() -> None:
    found = forecast.spread(100.0, 0.0, 100.0)  # relative error 10 %
    assert found.low == pytest.approx(88.0, abs=0.1)
    assert found.high == pytest.approx(113.6, abs=0.1)
    both = forecast.together([found, found])
    assert both.mid == 200.0
    assert both.high - 200 == pytest.approx(13.64 * 2**0.5, abs=0.1)
    assert forecast.spread(0.0, 0.1, 5).high == 0
    assert forecast.cost_each(100, forecast.spread(0.0, 0.1, 5)) is None


@settings(max_examples=60, deadline=None)
@given(
    budget=st.integers(4_000, 60_000),
    caps=st.tuples(st.integers(400_000, 1_000_000), st.integers(100_000, 1_000_000)),
    lows=st.tuples(st.integers(0, 300), st.integers(0, 200)),
    highs=st.tuples(st.integers(0, 2500), st.integers(0, 2500)),
    day=st.integers(1, 30),
    spent=st.floats(0, 1.1),
    current=st.tuples(st.integers(1, 900), st.integers(1, 900)),
    new=st.integers(0, 200),
)
def test_a_plan_is_inside_every_bound_or_infeasible_with_a_reason(
    budget, caps, lows, highs, day, spent, current, new
) -> None:
    days = tuple((low, low + high) for low, high in zip(lows, highs, strict=True))
    rules = policy(budget, caps, days)
    state = standing(day, int(budget * spent * (day - 1) / 30), *current)
    found = plan(inputs(rules, state, launches=(launch(new),) if new else ()))
    if isinstance(found, Infeasible):
        assert found.reasons
        assert all(reason.endswith(".") for reason in found.reasons)
        return
    left = 31 - day
    billed = sum(c.spent_before_today_micros for c in state.campaigns)
    total = sum(line.daily_micros for line in found.lines)
    assert billed + total * (max(30.4, left) if day == 1 else left) <= budget * UNIT + 1
    assert found.month_worst_micros <= budget * UNIT
    for n, channel in enumerate(CHANNELS.values()):
        mine = [line for line in found.lines if line.channel == channel]
        set_now = sum(line.daily_micros for line in mine)
        low, high = days[n]
        assert set_now >= low * UNIT
        assert set_now <= exposure.largest_budget_under("google_ads", high * UNIT)
        share = sum(line.month_spend_micros for line in mine)
        assert share <= caps[n] / 1e6 * found.month_spend_micros + 1
    for action in found.actions:
        if isinstance(action, SetBudgets):
            before = {c.campaign: c.daily_micros for c in state.campaigns}
            assert all(before[c.campaign] == c.before_micros for c in action.changes)


def test_primary_actions_are_forecast_as_the_definition_counts_them():
    whole = plan(inputs(policy(), standing()))
    half = plan(inputs(policy(), standing(), primary_share=0.5))
    assert isinstance(whole, Plan)
    assert isinstance(half, Plan)
    assert half.primary_actions.mid == pytest.approx(whole.primary_actions.mid / 2)
    assert (half.won, half.actions) == (whole.won, whole.actions)
