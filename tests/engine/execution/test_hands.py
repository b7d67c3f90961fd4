from datetime import timedelta

import pytest

from engine.model.ports import Answer
from tests.engine.execution.memory import MemoryIntents, MemoryPlatform
from tests.engine.execution.shelf import (
    NOW,
    UNIT,
    MemoryRegister,
    actual,
    approval,
    budgets,
    hands,
    launch,
    one_pass,
    pause_ad,
    ship_ad,
    status,
    wanted,
)


def house(*campaigns, answers=()):
    platform = MemoryPlatform({c.campaign: c for c in campaigns}, list(answers))
    register = MemoryRegister(MemoryIntents())
    register.desired = {c.campaign: wanted(c.campaign, c.daily_micros // UNIT) for c in campaigns}
    return platform, register


def test_a_second_budget_write_of_the_day_waits_for_tomorrow():
    platform, register = house(actual("s1"))
    register.order("d1", budgets(("s1", 100, 103)))
    one_pass(platform, register)
    register.order("d2", budgets(("s1", 103, 105)))
    one_pass(platform, register)
    assert register.ends == {"d1": "applied"}
    assert platform.campaigns["s1"].daily_micros == 103 * UNIT
    register.now += timedelta(days=1)
    register.waiting["d2"] = register.waiting["d2"].__class__(
        "d2", budgets(("s1", 103, 105)), approval(budgets(("s1", 103, 105)), register.now)
    )
    one_pass(platform, register)
    assert platform.campaigns["s1"].daily_micros == 105 * UNIT


def test_an_approval_that_has_expired_voids_the_order():
    platform, register = house(actual("s1"))
    beyond = budgets(("s1", 100, 400))
    register.order("d1", beyond, approval(beyond, NOW - timedelta(days=3)))
    one_pass(platform, register)
    assert register.ends == {"d1": "voided"}
    assert "approval" in register.said[-1]
    assert platform.writes == []


def test_an_order_that_is_blocked_by_now_is_voided_whatever_was_approved():
    platform, register = house(actual("s1", 120))
    register.order("d1", budgets(("s1", 100, 103)))
    one_pass(platform, register)
    assert register.ends == {"d1": "voided"}
    assert "has moved" in register.said[-1]


def test_an_order_for_a_campaign_with_an_open_write_waits_instead_of_being_voided():
    platform, register = house(actual("s1"), answers=["dropped"])
    register.order("d1", budgets(("s1", 100, 103)))
    register.order("d2", budgets(("s1", 100, 102)))
    one_pass(platform, register)
    assert register.ends == {}
    assert [i.state for i in register.intents.rows] == ["unknown"]


def test_stale_figures_hold_money_back_without_losing_the_order():
    platform, register = house(actual("s1"))
    register.order("d1", budgets(("s1", 100, 103)))
    register.order("d2", pause_ad("s1", "a1"))
    register.stale = frozenset({"google_ads"})
    one_pass(platform, register)
    assert register.ends == {"d2": "applied"}
    register.stale = frozenset()
    one_pass(platform, register)
    assert register.ends["d1"] == "applied"


def test_a_switch_thrown_in_the_middle_of_a_pass_holds_everything_but_stops():
    platform, register = house(actual("s1"))
    register.paused = True
    register.order("d1", budgets(("s1", 100, 103)))
    register.order("d2", status("s1", enabled=False))
    one_pass(platform, register)
    assert register.ends == {"d2": "applied"}


@pytest.mark.parametrize("answer", ["lost", "dropped"])
def test_a_launch_cut_off_before_its_activation_is_finished_not_repeated(answer):
    platform, register = house(actual("s1"), answers=["applied", answer])
    register.order("d1", launch())
    one_pass(platform, register)
    assert not register.ends
    one_pass(platform, register)
    assert register.ends == {"d1": "applied"}
    assert platform.campaigns["new"].enabled
    assert [c.kind for c in platform.writes].count("create_campaign") == 1
    assert register.desired["new"].enabled


def test_a_campaign_made_by_a_launch_that_was_cut_off_is_not_adopted_as_paused():
    platform, register = house(actual("s1"), answers=["lost"])
    register.order("d1", launch())
    one_pass(platform, register)
    mine = hands(platform, register)
    mine.settle()
    assert "new" not in register.desired


def test_without_a_readable_policy_nothing_is_carried_out():
    platform, register = house(actual("s1"))
    register.order("d1", budgets(("s1", 100, 103)))
    one_pass(platform, register, policy=None)
    assert register.ends == {"d1": "voided"}
    assert platform.writes == []


def test_an_order_for_a_campaign_nobody_knows_ends_with_a_sentence_not_a_crash():
    platform, register = house(actual("s1"))
    register.order("d1", ship_ad("s9", "a2"))
    one_pass(platform, register)
    assert register.ends["d1"] in {"voided", "rejected"}


def test_the_switch_pauses_what_still_runs_even_without_a_policy():
    platform, register = house(actual("s1"), actual("s2"), answers=["dropped"])
    register.paused = True
    mine = hands(platform, register, policy=None)
    mine.stop_all()
    assert mine.doubts
    again = hands(platform, register, policy=None)
    again.stop_all()
    assert not any(c.enabled for c in platform.campaigns.values())
    assert register.desired["s1"].enabled


def test_an_edit_by_hand_is_asked_about_and_the_campaign_left_alone():
    platform, register = house(actual("s1"), actual("s2"))
    platform.campaigns["s1"] = actual("s1", 150)
    found = hands(platform, register).edits("GBP")
    (asked,) = found.alarms
    assert asked.before_after == (("Daily budget", "100.00", "150.00"),)
    assert found.left_alone == {"s1"}
    assert found.wishes == ()
    assert platform.writes == []


def test_a_difference_that_a_waiting_order_or_an_open_write_explains_is_no_edit():
    platform, register = house(actual("s1"), actual("s2"), answers=["lost"])
    register.order("d1", budgets(("s1", 100, 103)))
    mine = hands(platform, register)
    mine.carry_out()
    assert hands(platform, register).edits("GBP").alarms == ()


@pytest.mark.parametrize("said", ["approved", "rejected"])
def test_an_answer_to_an_edit_is_taken_over_or_wished_back_and_only_for_that_edit(said):
    platform, register = house(actual("s1"))
    platform.campaigns["s1"] = actual("s1", 150)
    (asked,) = hands(platform, register).edits("GBP").alarms
    register.told[asked.cause] = Answer(said, asked.fingerprint)
    platform.campaigns["s1"] = actual("s1", 160)
    assert hands(platform, register).edits("GBP").alarms, "another edit is another question"
    platform.campaigns["s1"] = actual("s1", 150)
    found = hands(platform, register).edits("GBP")
    assert found.alarms == ()
    if said == "approved":
        assert register.desired["s1"].daily_micros == 150 * UNIT
    else:
        (wish,) = found.wishes
        assert wish.changes[0].after_micros == 100 * UNIT


def test_a_question_is_withdrawn_when_the_edit_is_gone():
    platform, register = house(actual("s1"))
    register.told["outside_edit:s1"] = Answer("waiting", "f")
    hands(platform, register).edits("GBP")
    assert register.told["outside_edit:s1"].status == "used"


def test_a_removed_campaign_is_forgotten_once_a_person_says_so():
    platform, register = house(actual("s1"), actual("s2"))
    del platform.campaigns["s1"]
    (asked,) = hands(platform, register).edits("GBP").alarms
    register.told[asked.cause] = Answer("approved", asked.fingerprint)
    hands(platform, register).edits("GBP")
    assert set(register.desired) == {"s2"}
