"""Doubt counts against us: what is gone, not ours, late or unanswered is counted at its dearest."""

from dataclasses import replace
from datetime import UTC, date, datetime

from engine.model.accounts import Account, CampaignState, Snapshot
from engine.model.changes import Change
from engine.model.ports import Intent
from engine.model.standing import Books, BudgetWrite, standing
from policies import exposure

NOW = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
EARLY = datetime(2026, 11, 9, 1, 0, tzinfo=UTC)
ACCOUNT = Account("google_ads", "1", "Northgate", "GBP", "Europe/London")
UNIT = 1_000_000


def campaign(key="s1", *, enabled=True, daily=400, ours=True):
    return CampaignState(
        f"campaigns/{key}",
        key,
        key if ours else None,
        key,
        "google_search",
        enabled,
        daily * UNIT,
        "b",
    )


def books(**changes):
    fields = {
        "spent_before_today": {},
        "spent_today": {},
        "as_of": NOW,
        "known_daily": {"s1": 400 * UNIT},
        "phase": "closed_loop",
    }
    return Books(**{**fields, **changes})


def stands(campaigns, kept, now=NOW, **more):
    return standing("northgate", "GBP", [(Snapshot(ACCOUNT, now, campaigns), kept)], now, **more)


def test_spend_of_a_campaign_that_is_not_ours_counts():
    found = stands((campaign("77", ours=False),), books(spent_before_today={"77": 9_000 * UNIT}))
    assert exposure.client_month_worst_case(found) >= 9_000 * UNIT


def test_spend_of_a_campaign_that_is_gone_stays_billed():
    kept = books(spent_before_today={"old": 16_000 * UNIT}, channels={"old": "youtube"})
    found = stands((campaign(),), kept)
    assert exposure.client_month_worst_case(found) >= 16_000 * UNIT
    assert [c.channel for c in found.campaigns if c.campaign == "gone/old"] == ["youtube"]


def test_a_campaign_paused_this_morning_may_still_bill_its_day():
    found = stands((campaign(enabled=False),), books(ran_lately=frozenset({"s1"})))
    assert exposure.day_worst_case(found.campaigns[0]) == 800 * UNIT


def test_a_campaign_paused_long_ago_bills_nothing_more():
    found = stands((campaign(enabled=False),), books())
    assert exposure.day_worst_case(found.campaigns[0]) == 0


def test_a_budget_lowered_past_us_today_ran_on_ours_before():
    found = stands((campaign(daily=10),), books())
    assert exposure.day_worst_case(found.campaigns[0]) == 800 * UNIT


def test_an_enable_whose_answer_was_lost_may_be_running():
    change = Change(
        kind="enable_campaign",
        natural_key="status/s1",
        client="northgate",
        campaign_key="s1",
        channel="google_search",
        before="paused",
        after="enabled",
    )
    intent = Intent("i", "northgate", "1", "status/s1", "d", "g", change, "unknown", NOW)
    found = stands((campaign(enabled=False),), books(open_intents=(intent,)))
    assert found.campaigns[0].pending_micros == (400 * UNIT,)
    assert exposure.day_worst_case(found.campaigns[0]) == 800 * UNIT


def test_before_three_yesterday_may_still_grow_to_the_limit_of_its_highest_budget():
    cut = BudgetWrite(
        "s1", "google_search", date(2026, 11, 8), 500 * UNIT, 100 * UNIT, 10**12, EARLY
    )
    kept = books(as_of=EARLY, known_daily={"s1": 100 * UNIT}, writes=(cut,))
    found = stands((campaign(daily=100),), kept, EARLY)
    assert found.campaigns[0].spent_before_today_micros == 1_000 * UNIT


def test_no_money_moves_while_an_account_of_the_client_cannot_be_read():
    assert stands((campaign(),), books(), incomplete=True).accounts[0].stale
    assert not stands((campaign(),), books()).accounts[0].stale


def test_a_budget_nobody_of_us_set_trusts_no_month_limit():
    found = stands((campaign(daily=500),), books())
    assert found.campaigns[0].changed_this_month
    assert found.campaigns[0].month_limit_micros is None
    same = stands((campaign(),), replace(books()))
    assert not same.campaigns[0].changed_this_month
