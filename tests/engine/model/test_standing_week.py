"""The standing on platforms with weeks, days of UTC and shared budgets."""

from dataclasses import replace
from datetime import UTC, date, datetime

from engine.model.standing import BudgetWrite, standing, week_start
from tests.engine.execution.memory import ACCOUNT
from tests.engine.execution.shelf import CLIENT, UNIT, actual, snapshot
from tests.engine.model.test_standing import KNOWN, books

NOW = datetime(2026, 11, 11, 6, 30, tzinfo=UTC)  # a Wednesday


def on(platform, campaign=None, now=NOW, zone="Europe/London", **more):
    account = replace(ACCOUNT, platform=platform, time_zone=zone)
    there = replace(snapshot(campaign or actual("s1")), account=account)
    return standing(CLIENT, "GBP", [(there, books(**{"as_of": now, **more}))], now)


def write(day, week_limit):
    micros = (90 * UNIT, 100 * UNIT, 5000 * UNIT)
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return BudgetWrite("s1", "meta", day, *micros, at, week_limit_micros=week_limit)


def test_a_week_begins_where_the_platform_says():
    assert week_start("meta", date(2026, 11, 11)) == date(2026, 11, 8)
    assert week_start("linkedin", date(2026, 11, 11)) == date(2026, 11, 9)
    assert week_start("google_ads", date(2026, 11, 11)) == date(2026, 11, 11)


def test_the_weeks_limit_is_that_of_the_last_write_of_this_week():
    this_week = on("meta", writes=[write(date(2026, 11, 9), 650 * UNIT)]).campaign("s1")
    assert this_week.week_limit_micros == 650 * UNIT
    assert this_week.changed_this_week
    last_week = on("meta", writes=[write(date(2026, 11, 7), 650 * UNIT)]).campaign("s1")
    assert last_week.week_limit_micros is None
    assert not last_week.changed_this_week
    assert last_week.changed_this_month


def test_a_budget_set_past_us_leaves_no_limit_of_the_week():
    found = on("meta", actual("s1", daily_micros=120 * UNIT), known_daily=KNOWN).campaign("s1")
    assert found.changed_this_week
    assert found.week_limit_micros is None


def test_what_this_week_cost_and_a_yesterday_that_is_not_whole_count():
    found = on("meta", spent_this_week={"s1": 300 * UNIT}).campaign("s1")
    assert found.spent_week_micros == 300 * UNIT
    early = NOW.replace(hour=1)
    open_day = on("meta", as_of=early, spent_this_week={"s1": 300 * UNIT}).campaign("s1")
    assert open_day.spent_week_micros == (300 + 175) * UNIT


def test_linkedin_stands_on_the_day_of_utc():
    late = datetime(2026, 11, 10, 23, 30, tzinfo=UTC)
    assert on("linkedin", now=late, zone="Asia/Kolkata").accounts[0].today == date(2026, 11, 10)
    assert on("meta", now=late, zone="Asia/Kolkata").accounts[0].today == date(2026, 11, 11)


def test_a_shared_budget_is_known_by_name_and_trusts_no_limit_of_one_campaign():
    shared = actual("s1", budget_shared=True)
    found = on("meta", shared, writes=[write(date(2026, 11, 9), 650 * UNIT)]).campaign("s1")
    assert found.shared_budget == shared.budget_resource
    assert found.week_limit_micros is None
    assert found.changed_this_week


def test_a_platform_nobody_wrote_down_still_has_a_standing():
    found = on("nowhere", as_of=None).campaign("s1")
    assert found.spent_before_today_micros == 200 * UNIT
