"""What becomes of an order that was not carried out: tried again when nothing was sent, else told and closed."""

from datetime import date, timedelta

import pytest

from engine.commands import escalations
from engine.commands.house import House
from engine.store import endings
from tests import strategies
from tests.engine.execution.shelf import CLIENT, actual, budgets, launch, ship_ad, status
from tests.engine.execution.stored import PRIYA, stored

DAY = date(2026, 11, 9)


def test_an_approved_order_that_was_never_sent_waits_and_is_carried_out_by_the_next_pass(
    temp_store,
):
    house = stored(temp_store, actual("s1"), answers=["unsent", "unsent"])
    question = house.decide("d1", budgets(("s1", 100, 103)))
    mine = house.one_pass()
    assert mine.doubts == ["Not sent: nobody listens."]
    house.one_pass()
    assert house.state("d1") == "to_apply"
    assert house.question(question).status == "open"
    assert len(house.lines("carried_out")) == 1, "the same reason is told once"
    assert "tried again by the next pass" in house.lines("carried_out")[0]
    house.one_pass()
    assert house.state("d1") == "applied"
    assert house.question(question).status == "done"


def test_a_launch_whose_activation_was_never_sent_is_finished_by_the_next_pass(temp_store):
    house = stored(temp_store, actual("s1"), answers=["applied", "unsent"])
    house.decide("L", launch())
    house.one_pass()
    assert house.state("L") == "shipping"
    house.one_pass()
    assert house.state("L") == "applied"
    assert [c.kind for c in house.platform.writes] == ["create_campaign", "enable_campaign"]


def test_a_refusal_by_the_platform_ends_the_order_and_closes_its_question_with_the_reason(
    temp_store,
):
    house = stored(temp_store, actual("s1"), answers=["refused"])
    question = house.decide("d1", budgets(("s1", 100, 103)))
    house.one_pass()
    house.one_pass()
    assert house.state("d1") == "rejected"
    assert house.question(question).status == "voided"
    assert "The platform refused it." in house.question(question).decision_reason
    assert "Not carried out: The platform refused it." in house.lines("carried_out")[0]


def test_the_variant_of_a_refused_or_voided_order_is_lost_and_of_a_shipped_one_live(temp_store):
    house = stored(temp_store, actual("s1"), answers=["refused"])
    for name in ("v1", "v2", "v3"):
        house.variant(ship_ad("s1", name))
    house.decide("d1", ship_ad("s1", "v1"))
    house.decide("d2", ship_ad("s1", "v2"))
    house.decide("d3", ship_ad("s1", "v3"))
    mine = house.hands()
    mine.register.voided(next(o for o in mine.register.orders() if o.decision == "d3"), "Too late.")
    mine.carry_out()
    assert house.variants() == {"v1": "lost", "v2": "live", "v3": "lost"}


def test_a_variant_that_was_live_before_is_not_lost_with_the_order_to_switch_it_on(temp_store):
    house = stored(temp_store, actual("s1", ads={"a1": True, "a2": False}), answers=["refused"])
    house.variant(ship_ad("s1", "a2"), "paused")
    house.decide("d1", ship_ad("s1", "a2"))
    house.one_pass()
    assert house.state("d1") == "rejected"
    assert house.variants() == {"a2": "paused"}


def test_the_variant_a_person_says_no_to_is_lost(temp_store):
    house = stored(temp_store, actual("s1"))
    house.variant(ship_ad("s1", "v1"))
    question = house.decide("d1", ship_ad("s1", "v1"))
    commands = House(house.store, None, None, None, None)
    ask = {"client": CLIENT, "escalation_id": question, "version": 1, "reason": "Not our voice."}
    escalations.reject(commands, PRIYA, house.now, **ask)
    assert house.variants() == {"v1": "lost"}


@pytest.mark.parametrize("how", ["voided", "rejected"])
def test_a_plan_whose_act_comes_to_nothing_is_made_anew_and_the_ledger_says_so(temp_store, how):
    house = stored(temp_store, actual("s1"), answers=["refused"] if how == "rejected" else [])
    house.mark("plan", "2026-11:abc")
    before = 100 if how == "rejected" else 90
    house.decide("P-1-1", budgets(("s1", before, 103)), agent="planning")
    house.one_pass()
    assert house.state("P-1-1") == how
    assert house.mark("plan") == ""
    (line,) = house.lines("carried_out" if how == "rejected" else "voided")
    assert "planned anew" in line


def test_an_act_of_no_plan_leaves_the_plan_alone(temp_store):
    house = stored(temp_store, actual("s1"), answers=["refused"])
    house.mark("plan", "2026-11:abc")
    house.decide("d1", budgets(("s1", 100, 103)))
    house.one_pass()
    assert house.mark("plan") == "2026-11:abc"


def test_the_month_is_planned_anew_once_a_day_at_most(temp_store):
    house = stored(temp_store, actual("s1"))

    def again(today):
        house.store.write(lambda conn: endings.plan_again(conn, CLIENT, today))
        return house.mark("plan")

    house.mark("plan", "made")
    assert [again(DAY), again(DAY)] == ["", ""]
    house.mark("plan", "made again")
    assert [again(DAY), again(DAY)] == [endings.not_again(DAY)] * 2
    house.mark("plan", "made a day later")
    assert again(DAY + timedelta(days=1)) == ""


def test_a_second_launch_of_a_running_campaign_writes_nothing(temp_store):
    house = stored(temp_store, actual("s1"))
    house.decide("L1", launch(daily=60))
    house.one_pass()
    house.decide("L2", launch(daily=20))
    house.one_pass()
    assert (house.state("L1"), house.state("L2")) == ("applied", "voided")
    assert "exists already" in house.lines("voided")[0]
    assert [c.kind for c in house.platform.writes] == ["create_campaign", "enable_campaign"]


@pytest.mark.parametrize("ran", ["on record", "cost today", "running"])
def test_a_launch_over_a_campaign_that_may_have_run_is_judged_as_what_it_is(temp_store, ran):
    house = stored(temp_store, actual("s1"), actual("new", enabled=ran == "running"))
    house.decide("L", launch(daily=20))
    mine = house.hands()
    if ran != "on record":
        mine.desired = {k: c for k, c in mine.desired.items() if k != "new"}
    if ran == "cost today":
        real = mine.register.standing(tuple(mine.snapshots.values()))
        billed = tuple(
            c.model_copy(update={"spent_today_micros": 1} if c.campaign == "new" else {})
            for c in real.campaigns
        )
        object.__setattr__(
            mine.register, "standing", lambda _: real.model_copy(update={"campaigns": billed})
        )
    mine.carry_out()
    assert house.state("L") == "voided"
    assert house.platform.writes == []


def test_a_launch_that_was_cut_off_in_the_night_is_still_finished(temp_store):
    house = stored(temp_store, actual("s1"), answers=["applied", "dropped"])
    house.now = house.now.replace(hour=1)
    house.decide("L", launch())
    house.one_pass()
    house.one_pass(20)
    assert house.state("L") == "applied"


def test_the_gate_still_judges_a_pause_that_a_person_did_not_approve(temp_store):
    policy = strategies.with_rule("pausing", max_per_day=0)
    house = stored(temp_store, actual("s1"), policy=policy)
    house.decide("d1", status("s1", enabled=False), approved=False)
    house.one_pass()
    assert house.state("d1") == "voided"
