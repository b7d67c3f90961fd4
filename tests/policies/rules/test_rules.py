"""Each guardrail, one by one, on the standing of tests.strategies (Search 420, YouTube 250)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from policies.case import Case
from policies.rules.channel_daily import ChannelDaily, DailyBound
from policies.rules.month_cap import MonthCap
from policies.rules.movement import MovementBound
from policies.rules.pausing import Pausing
from policies.rules.phase import PhaseRule, Powers
from policies.rules.share_cap import ShareCap
from policies.rules.step_size import StepSize
from policies.rules.structure import Structure
from policies.standing import Movement
from tests.strategies import (
    NOW,
    UNIT,
    account,
    ad,
    campaign,
    change,
    launch,
    pause_variant,
    policy,
    set_budgets,
    shift,
    ship,
    standing,
    status,
)


def said(rule, action, world=None, **targets) -> list[str]:
    """The sentences of a rule on an action, all of them escalations."""
    goals = policy().targets.model_copy(update=targets)
    reasons = list(rule.judge(Case(action, world or standing(), goals)))
    assert {r.outcome for r in reasons} <= {"escalate"}
    assert {r.rule for r in reasons} <= {rule.name}
    return [r.sentence for r in reasons]


def daily(low: str, high: str) -> DailyBound:
    return DailyBound(min_daily=low, max_daily=high)


def test_a_daily_maximum_is_judged_against_what_can_be_billed() -> None:
    rise = set_budgets(change("s1", "google_search", 300, 380))  # 500 set, 1,000 billable
    assert said(ChannelDaily(channels={"google_search": daily("0.00", "1000.00")}), rise) == []
    (sentence,) = said(ChannelDaily(channels={"google_search": daily("0.00", "999.99")}), rise)
    assert sentence == (
        "Search may bill at most GBP 999.99 a day; after this it could bill GBP 1000.00 today."
    )


def test_a_daily_maximum_counts_the_highest_budget_of_the_day_even_after_a_cut() -> None:
    rule = ChannelDaily(channels={"google_search": daily("0.00", "900.00")})
    swap = set_budgets(
        change("s1", "google_search", 300, 200), change("s2", "google_search", 120, 220)
    )
    assert said(rule, swap)  # 2 x (300 + 220), though only 420 stays set
    assert said(rule, set_budgets(change("s1", "google_search", 300, 200))) == []


def test_a_daily_minimum_is_judged_against_what_stays_set_after_a_cut_or_pause() -> None:
    rule = ChannelDaily(channels={"google_search": daily("200.00", "5000.00")})
    assert said(rule, set_budgets(change("s1", "google_search", 300, 80))) == []
    (cut,) = said(rule, set_budgets(change("s1", "google_search", 300, 79)))
    assert cut == "Search keeps at least GBP 200.00 a day set; this would leave GBP 199.00."
    assert said(rule, status("s1", "google_search", 300, enabled=False))


def test_a_channel_without_a_bound_may_only_ask_and_a_closed_one_stays_closed() -> None:
    opening = launch(10, "linkedin")
    (silent,) = said(ChannelDaily(channels={}), opening)
    assert "no written daily bound" in silent
    (closed,) = said(ChannelDaily(channels={"linkedin": daily("0.00", "0.00")}), opening)
    assert closed.startswith("LinkedIn is closed")


def test_the_month_cap_is_judged_on_the_worst_case_of_every_campaign() -> None:
    world = standing(
        campaign("s1", "google_search", 300, spent_before_today_micros=2400 * UNIT),
        campaign("off", "youtube", 90, enabled=False, highest_today_micros=0),
    )
    rise = set_budgets(change("s1", "google_search", 300, 310))  # 2,400 + 22 x 310 = 9,220
    cap = MonthCap(max_share="1.00")
    assert said(cap, rise, world, month_budget=9220 * UNIT) == []
    (sentence,) = said(cap, rise, world, month_budget=9220 * UNIT - 1)
    assert "could bill GBP 9220.00" in sentence
    assert said(MonthCap(max_share="0.50"), rise, world, month_budget=18_000 * UNIT)


def test_the_month_cap_stops_even_a_cut_but_never_a_stop() -> None:
    tight = {"month_budget": UNIT}
    cap = MonthCap(max_share="1.00")
    assert said(cap, set_budgets(change("s1", "google_search", 300, 290)), **tight)
    assert said(cap, status("s1", "google_search", 300, enabled=False), **tight) == []
    assert said(cap, pause_variant(), **tight) == []
    assert said(cap, ship(ad()), **tight) == []


def test_an_unknown_write_elsewhere_counts_in_the_month_cap() -> None:
    world = standing(
        campaign("s1", "google_search", 300),
        campaign("y1", "youtube", 100, pending_micros=(500 * UNIT,)),
    )
    rise = set_budgets(change("s1", "google_search", 300, 301))
    budget = 22 * 301 + 22 * 2 * 500
    assert said(MonthCap(max_share="1.00"), rise, world, month_budget=budget * UNIT) == []
    assert said(MonthCap(max_share="1.00"), rise, world, month_budget=budget * UNIT - 1)


def test_a_share_cap_is_of_the_projection_and_judges_only_raised_shares() -> None:
    world = standing(
        campaign("s1", "google_search", 100, spent_before_today_micros=1000 * UNIT),
        campaign("y1", "youtube", 100, spent_before_today_micros=1000 * UNIT),
    )
    move = set_budgets(
        change("y1", "youtube", 100, 80), change("s1", "google_search", 100, 120)
    )  # Search 1,000 + 2,640 of 6,400 = 56.875%
    assert said(ShareCap(max_shares={"google_search": "0.56875"}), move, world) == []
    (sentence,) = said(ShareCap(max_shares={"google_search": "0.5687"}), move, world)
    assert sentence == (
        "Search takes at most 56.87% of the month's projected spend; this would make it 56.9%."
    )
    (missing,) = said(ShareCap(max_shares={"youtube": "0.10"}), move, world)
    assert "no written share cap" in missing


def test_a_cut_elsewhere_that_raises_a_share_over_its_cap_escalates_but_a_pause_does_not() -> None:
    rule = ShareCap(max_shares={"google_search": "0.63", "youtube": "1.00"})
    assert said(rule, set_budgets(change("y1", "youtube", 150, 120)))
    assert said(rule, status("y1", "youtube", 150, enabled=False)) == []


def test_a_step_is_bounded_by_the_channel_it_moves() -> None:
    rule = StepSize(max_share="0.20")  # of YouTube's 250: 50
    assert said(rule, shift(50)) == []
    (sentence,) = said(rule, shift(51))
    assert sentence == (
        "One action may move at most 20% of a channel's daily budget; this moves 20.4% of YouTube"
        " (GBP 51.00 of 250.00)."
    )


def test_a_step_from_zero_is_a_persons_decision() -> None:
    (sentence,) = said(StepSize(max_share="1.00"), launch(10, "linkedin"))
    assert "no daily budget running" in sentence


def test_movement_adds_up_increases_in_the_window_and_refunds_nothing() -> None:
    def world(*moves):
        rows = [
            Movement(at=NOW - timedelta(days=d), channel="youtube", delta_micros=m * UNIT)
            for d, m in moves
        ]
        return standing(movements=tuple(rows))

    rule = MovementBound(window_days=7, max_share="0.10")  # of 670: 67
    assert said(rule, shift(17), world((1, 50), (8, 500), (2, -50))) == []
    (sentence,) = said(rule, shift(18), world((7, 50)))
    assert "10.2%" in sentence
    assert said(rule, set_budgets(change("s1", "google_search", 300, 1)), world((1, 500))) == []


def test_pauses_are_counted_per_day() -> None:
    rule = Pausing(max_per_day=2, max_spend_share="1.00")
    assert said(rule, pause_variant(), standing(paused_today=("a",))) == []
    (sentence,) = said(rule, pause_variant(), standing(paused_today=("a", "b")))
    assert "number 3" in sentence
    assert said(rule, shift(1), standing(paused_today=("a", "b"))) == []


def test_phase_is_authority() -> None:
    few = Powers(kinds=("pause_variant",), agents=("creative",))
    all_of = Powers(kinds=("shift_budget", "pause_variant"), agents=("any",))
    rule = PhaseRule(launch=few, closed_loop=all_of, continuous=all_of)
    assert said(rule, shift(1), standing(phase="closed_loop")) == []
    assert said(rule, shift(1), standing(phase="launch"))
    assert said(rule, pause_variant(), standing(phase="launch"))  # channel_mix is not creative
    (sentence,) = said(rule, pause_variant(), standing(phase="configure"))
    assert "configuration phase" in sentence


def test_every_launch_escalates_and_nothing_else_does() -> None:
    assert said(Structure(launch="escalate"), launch())
    assert said(Structure(launch="escalate"), shift(1)) == []


def test_a_resume_counts_as_money() -> None:
    world = standing(
        campaign("s1", "google_search", 100),
        campaign("s2", "google_search", 40, enabled=False, highest_today_micros=0),
    )
    back = status("s2", "google_search", 40, enabled=True)
    assert said(StepSize(max_share="0.39"), back, world)
    assert said(ChannelDaily(channels={"google_search": daily("0.00", "279.99")}), back, world)
    assert (
        said(ChannelDaily(channels={"google_search": daily("0.00", "280.00")}), back, world) == []
    )


@pytest.mark.parametrize("rule", list(policy().guardrails), ids=lambda r: r.name)
def test_every_rule_says_its_bound_in_a_sentence(rule) -> None:
    assert rule.describe().endswith(".")
    assert rule.title


def test_a_case_passes_through_decreases_first_then_increases_one_by_one() -> None:
    case = Case(shift(10), standing(), policy().targets)
    seen = [tuple(c.daily_micros // UNIT for c in s.campaigns) for s in case.states()]
    assert seen == [(300, 120, 150, 100), (300, 120, 140, 100), (310, 120, 140, 100)]
    sums = [t.month for t in case.totals]
    assert [Case(shift(10), s, case.targets).before.month for s in case.states()] == sums
    assert case.month_worst_any >= case.month_worst == max(sums)


def test_a_last_day_projection_has_one_day_left() -> None:
    world = standing(accounts=(account(today=NOW.date().replace(day=30)),))
    assert Case(shift(1), world, policy().targets).before.projected["youtube"] == 250 * UNIT
