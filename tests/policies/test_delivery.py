"""Each platform's delivery rules, and what the worst case makes of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import exposure, pots
from policies.actions import CHANNELS, SetBudgets
from policies.case import Case
from policies.delivery import DELIVERY, PLATFORM_OF, budget_zone, dearest_day
from policies.gate import judge
from policies.standing import never_run
from policies.verdict import Blocked
from tests.strategies import UNIT, account, amounts, campaign, change, policy, set_budgets, standing


def here(platform, day=date(2026, 11, 11)):  # a Wednesday
    return account(platform=platform, today=day)


def running(platform, **more):
    return campaign("m", "meta", 100, platform=platform, **more)


def test_every_channel_is_billed_by_a_platform_with_rules_and_a_source() -> None:
    assert set(PLATFORM_OF) == set(CHANNELS)
    assert set(PLATFORM_OF.values()) == set(DELIVERY)
    for name, rule in DELIVERY.items():
        assert rule.platform == name
        assert "http" in rule.source
        assert rule.says.endswith(".")
        assert (rule.week_first is None) == (rule.week_multiple is None)


@pytest.mark.parametrize(
    ("platform", "day", "under"),
    [
        ("google_ads", 200, 50_000_000),
        ("meta", 175, 57_142_857),
        ("linkedin", 150, 66_666_666),
        ("microsoft_ads", 200, 50_000_000),
    ],
)
def test_a_day_bills_its_multiple_of_the_highest_budget(platform, day, under) -> None:
    assert exposure.day_worst_case(running(platform)) == day * UNIT
    assert exposure.largest_budget_under(platform, 100 * UNIT) == under


def test_metas_week_begins_on_sunday_and_linkedins_on_monday() -> None:
    sunday = date(2026, 11, 8)
    assert DELIVERY["meta"].days_left_in_week(sunday) == 7
    assert DELIVERY["linkedin"].days_left_in_week(sunday) == 1
    assert DELIVERY["google_ads"].days_left_in_week(sunday) == 0


def test_an_unchanged_week_bills_seven_days_whatever_was_billed_of_it_before() -> None:
    spent = running("meta", spent_week_micros=525 * UNIT)  # Sunday to Tuesday at their limits
    assert exposure.week_worst_case(spent, here("meta")) == 700 * UNIT
    assert exposure.week_worst_case(running("google_ads"), here("google_ads")) is None


def test_after_a_change_in_mid_week_meta_bills_the_new_budget_for_the_days_left() -> None:
    spent = running("meta", spent_week_micros=300 * UNIT)
    after = exposure.after_change(spent, here("meta"), 50 * UNIT)
    # what was billed, all of today at the old budget, and four days of the new one
    assert after.week_limit_micros == (300 + 175 + 4 * 50) * UNIT
    assert exposure.week_worst_case(after, here("meta")) == after.week_limit_micros


def test_where_nobody_says_what_a_change_leaves_each_day_counts_at_its_own_limit() -> None:
    after = exposure.after_change(running("linkedin"), here("linkedin"), 200 * UNIT)
    assert after.week_limit_micros is None
    assert exposure.week_worst_case(after, here("linkedin")) == 5 * 300 * UNIT
    begun = exposure.after_change(
        never_run("m", "acc", "meta", "meta"), here("meta"), 100 * UNIT, enabled=True
    )
    assert exposure.week_worst_case(begun, here("meta")) == 4 * 175 * UNIT


def test_a_month_of_a_platform_without_months_is_its_weeks() -> None:
    first = here("meta", date(2026, 11, 1))  # a Sunday: four weeks and two days
    assert exposure.month_worst_case(running("meta"), first) == (4 * 700 + 2 * 175) * UNIT
    last = here("meta", date(2026, 11, 30))
    assert exposure.month_worst_case(running("meta"), last) == 175 * UNIT


def test_microsofts_month_has_as_many_days_as_the_calendar() -> None:
    november = here("microsoft_ads", date(2026, 11, 1))
    assert exposure.month_worst_case(running("microsoft_ads"), november) == 3000 * UNIT


def test_a_budget_set_on_the_first_may_count_as_the_whole_months() -> None:
    first = here("google_ads", date(2026, 11, 1))
    after = exposure.after_change(running("google_ads"), first, 50 * UNIT)
    assert after.month_limit_micros == 1520 * UNIT


def test_linkedins_day_is_one_of_utc_and_an_unknown_platform_counts_at_its_dearest() -> None:
    assert budget_zone("linkedin", "Europe/London") == "UTC"
    assert budget_zone("meta", "Europe/London") == "Europe/London"
    assert budget_zone("nowhere", "Asia/Kolkata") == "Asia/Kolkata"
    assert dearest_day("nowhere", UNIT) == 2 * UNIT
    assert dearest_day("linkedin", UNIT) == 1_500_000


@given(st.sampled_from(sorted(DELIVERY)), amounts, amounts, st.integers(1, 30))
def test_a_larger_budget_never_has_a_smaller_worst_case_on_any_platform(
    platform, one, other, day
) -> None:
    there, found = here(platform, date(2026, 11, day)), running(platform)
    small, large = sorted((one, other))
    if 100 * UNIT in {small, large} or 0 in {small, large}:
        return
    low, high = (exposure.after_change(found, there, b) for b in (small, large))
    assert exposure.month_worst_case(low, there) <= exposure.month_worst_case(high, there)
    weeks = [exposure.week_worst_case(c, there) or 0 for c in (low, high)]
    assert weeks[0] <= weeks[1]


def together(key, channel="google_search", **more):
    return campaign(key, channel, 300, shared_budget="b", **more)


def test_a_shared_budget_counts_once_and_a_write_reaches_every_campaign_of_it() -> None:
    world = standing(together("s1"), together("s2", enabled=False), campaign("y1", "youtube", 100))
    assert exposure.client_month_worst_case(world) == 400 * UNIT * 304 // 10
    assert exposure.channel_day_worst_case(world, "google_search") == 600 * UNIT
    action = set_budgets(change("s1", "google_search", 300, 400))
    case = Case(action, world, policy().targets)
    assert case.day_worst("google_search") == 800 * UNIT
    after = case.members_after(action.changes[0])
    assert [(c.daily_micros, c.enabled) for c in after] == [(400 * UNIT, True), (400 * UNIT, False)]
    assert pots.shared(after).month_limit_micros == after[0].month_limit_micros
    assert [s.campaigns[1].daily_micros for s in case.states()] == [300 * UNIT, 400 * UNIT]


def test_what_one_campaign_of_a_shared_budget_is_in_doubt_about_all_are() -> None:
    world = standing(together("s1"), together("s2", pending_micros=(900 * UNIT,)))
    assert exposure.channel_day_worst_case(world, "google_search") == 1800 * UNIT


def test_a_shared_budget_is_never_written_twice_nor_over_two_channels() -> None:
    world = standing(together("s1"), together("s2"))
    rows = (change("s1", "google_search", 300, 290), change("s2", "google_search", 300, 280))
    twice = judge(set_budgets(*rows), policy(), world)
    assert isinstance(twice, Blocked)
    assert "twice" in twice.sentence
    over = standing(together("s1"), together("y1", "youtube"))
    found = judge(set_budgets(rows[0]), policy(), over)
    assert isinstance(found, Blocked)
    assert "several channels" in found.sentence
    assert exposure.channel_day_worst_case(over, "youtube") == 600 * UNIT
    assert exposure.client_day_worst_case(over) == 600 * UNIT


def test_the_gate_judges_a_meta_campaign_by_metas_rules() -> None:
    row = change("m", "meta", 100, 101)
    world = standing(running("meta"), accounts=(account(platform="meta"),))
    verdict = judge(SetBudgets.model_validate(set_budgets(row)), policy(), world)
    assert "not written down" not in verdict.sentence
    assert not any(r.rule == "sanity" for r in verdict.reasons)
