"""The standing: doubt counts against us."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.model.ports import Intent
from engine.model.standing import Books, BudgetWrite, key_of, standing
from tests.engine.execution.memory import ACCOUNT
from tests.engine.execution.shelf import CLIENT, UNIT, actual, snapshot
from tests.engine.execution.test_settle import intent

NOW = datetime(2026, 11, 9, 6, 30, tzinfo=UTC)
KNOWN = {"s1": 100 * UNIT}


def books(**more):
    return Books(
        **{"spent_before_today": {}, "spent_today": {}, "as_of": NOW, "known_daily": KNOWN, **more}
    )


def write(before, after, *, at=NOW - timedelta(days=2), limit=2000):
    day = at.date()
    micros = (before * UNIT, after * UNIT, limit * UNIT)
    return BudgetWrite("s1", "google_search", day, *micros, at)


def s1(campaign=None, **more):
    there = standing(CLIENT, "GBP", [(snapshot(campaign or actual("s1")), books(**more))], NOW)
    return there.campaign("s1")


def test_no_account_stands_in_the_phase_where_nothing_is_done_alone():
    assert standing(CLIENT, "GBP", [], NOW).phase == "configure"


def test_a_yesterday_that_is_not_whole_counts_at_what_it_may_have_billed():
    early = NOW.replace(hour=2)
    whole, partial = (
        s1(spent_before_today={"s1": 500 * UNIT}),
        s1(spent_before_today={"s1": 500 * UNIT}, as_of=early),
    )
    assert whole.spent_before_today_micros == 500 * UNIT
    assert partial.spent_before_today_micros == 700 * UNIT


def test_figures_never_read_are_stale_and_count_like_a_doubtful_yesterday():
    there = standing(CLIENT, "GBP", [(snapshot(actual("s1")), books(as_of=None))], NOW)
    assert there.accounts[0].stale
    assert there.campaign("s1").spent_before_today_micros == 200 * UNIT


def test_a_write_of_unknown_outcome_counts_at_its_dearest():
    lost = intent("set_budget")  # to 200
    found = s1(open_intents=[lost])
    assert found.pending_micros == (200 * UNIT,)
    assert found.highest_today_micros == 200 * UNIT


def test_the_highest_budget_of_the_day_is_remembered_after_a_cut():
    found = s1(writes=[write(180, 100, at=NOW - timedelta(hours=1))])
    assert found.highest_today_micros == 180 * UNIT
    assert found.written_today


def test_a_paused_campaign_that_did_not_run_today_has_no_highest():
    assert s1(actual("s1", enabled=False)).highest_today_micros == 0


def test_the_months_limit_is_the_one_of_the_last_write():
    found = s1(writes=[write(90, 100)])
    assert found.month_limit_micros == 2000 * UNIT
    assert found.changed_this_month


def test_a_budget_set_past_us_leaves_no_known_limit():
    found = s1(actual("s1", 300), writes=[write(90, 100)])
    assert found.month_limit_micros is None
    assert found.changed_this_month


def test_a_write_of_last_month_says_nothing_of_this_months_limit():
    found = s1(writes=[write(90, 100, at=NOW - timedelta(days=20))])
    assert found.month_limit_micros is None
    assert not found.changed_this_month


def test_a_campaign_that_is_not_ours_counts_like_one_that_is():
    other = replace(actual("x", 80), campaign=None, id="77")
    there = standing(CLIENT, "GBP", [(snapshot(other), books())], NOW)
    assert key_of(other) == "other/77"
    assert there.campaign("other/77").daily_micros == 80 * UNIT


def test_one_movement_is_counted_once_however_many_accounts_there_are():
    second = replace(ACCOUNT, account="2")
    one = books(writes=[write(90, 100)])
    sides = [(snapshot(actual("s1")), one), (replace(snapshot(), account=second), one)]
    there = standing(CLIENT, "GBP", sides, NOW)
    assert [m.delta_micros for m in there.movements] == [10 * UNIT]


@pytest.mark.parametrize(("source", "stale"), [("google_ads", True), ("crm", False)])
def test_an_account_is_stale_by_its_own_source(source, stale):
    there = standing(CLIENT, "GBP", [(snapshot(), books(stale=frozenset({source})))], NOW)
    assert there.accounts[0].stale is stale


def test_an_intent_of_another_thing_says_nothing_of_a_budget():
    assert isinstance(intent("pause_campaign"), Intent)
    assert s1(open_intents=[intent("pause_campaign")]).pending_micros == ()
