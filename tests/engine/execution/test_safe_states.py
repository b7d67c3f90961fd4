"""A deadline that passed: what is held, what goes back, what stops; and a yes whose ground has moved."""

from datetime import timedelta

import pytest

from engine import loop
from engine.commands import clocks
from engine.commands.house import House
from engine.model.standing import BudgetWrite
from engine.store import asking, decisions, escalations
from engine.store import budgets as budget_table
from engine.store.escalations import Escalation
from policies import grounds
from tests import strategies
from tests.engine.execution.shelf import (
    CLIENT,
    NOW,
    POLICY,
    UNIT,
    actual,
    approval,
    budgets,
    pause_ad,
    status,
)
from tests.engine.execution.stored import stored
from tests.engine.execution.test_hands import house as in_memory
from tests.engine.execution.test_hands import one_pass
from tests.strategies import campaign, standing

HOUR = timedelta(hours=1)


def overdue(house, safe, cause="spend_anomaly:google_search:2026-W46"):
    """A question about Google Search whose deadline passes now."""
    asked = Escalation(
        client=CLIENT,
        cause=cause,
        kind="spend_anomaly",
        title="Why?",
        what="Something.",
        owner="priya",
        backup="tom",
        opened_at=house.now - 4 * HOUR,
        due_at=house.now,
        asked="priya",
        sla_hours=4.0,
        safe=safe,
        safe_state="The safe state.",
    )
    ref, _ = house.store.write(lambda conn: escalations.open_or_add(conn, asked))
    clocks.run_out(House(house.store, None, None, None, None), CLIENT, house.now)
    return ref


def wrote(house, before, after):
    """Our own last change of s1, yesterday."""
    at = house.now - timedelta(days=1)
    row = BudgetWrite(
        "s1", "google_search", at.date(), before * UNIT, after * UNIT, 9000 * UNIT, at
    )
    house.store.write(lambda conn: budget_table.record(conn, CLIENT, [row]))


def tick(house):
    house.now += timedelta(minutes=1)
    return loop.tick(house.store, {"google_ads": house.platform}, {}, CLIENT, house.now)


def daily(house):
    return {key: c.daily_micros // UNIT for key, c in house.platform.campaigns.items()}


def by_safe_state(house):
    with house.store.read() as conn:
        return [d for d in decisions.recent(conn, CLIENT) if d.agent == "safe_state"]


def test_hold_keeps_what_agents_decided_alone_from_moving_and_lets_people_and_stops_through(
    temp_store,
):
    house = stored(temp_store, actual("s1"), actual("s2"), actual("s3"))
    overdue(house, "hold", "spend_anomaly:s1:s2:2026-W46")
    house.decide("alone", budgets(("s1", 100, 103)), approved=False)
    house.decide("yes", budgets(("s2", 100, 103)))
    house.decide("other", budgets(("s3", 100, 103)), approved=False)
    house.one_pass()
    assert daily(house) == {"s1": 100, "s2": 103, "s3": 103}
    assert house.state("alone") == "to_apply"


def test_a_decision_lets_go_of_what_was_held(temp_store):
    house = stored(temp_store, actual("s1"))
    ref = overdue(house, "hold")
    house.decide("alone", budgets(("s1", 100, 103)), approved=False)
    house.one_pass()
    assert daily(house) == {"s1": 100}
    house.store.write(lambda conn: escalations.close(conn, CLIENT, ref, "done", "Decided."))
    house.one_pass()
    assert daily(house) == {"s1": 103}


def test_pause_stops_the_campaigns_it_speaks_of_though_no_pause_is_left_for_the_day(temp_store):
    strict = strategies.with_rule("pausing", POLICY, max_per_day=0)
    house = stored(temp_store, actual("s1"), actual("s2"), policy=strict)
    ref = overdue(house, "pause", "spend_anomaly:s1:2026-W46")
    tick(house)
    assert {key for key, c in house.platform.campaigns.items() if c.enabled} == {"s2"}
    assert "Ordered" in house.question(ref).safe_note
    tick(house)
    assert len(by_safe_state(house)) == 1
    assert "The policy itself orders this pause" in by_safe_state(house)[0].reasons_json


def test_revert_takes_our_last_change_back_once(temp_store):
    house = stored(temp_store, actual("s1", 310))
    wrote(house, 300, 310)
    ref = overdue(house, "revert")
    tick(house)
    assert daily(house) == {"s1": 300}
    assert "Ordered" in house.question(ref).safe_note
    tick(house)
    tick(house)
    assert len(by_safe_state(house)) == 1
    assert house.question(ref).status == "open", "nobody has decided it"


def test_a_revert_the_gate_does_not_allow_becomes_hold_and_says_so(temp_store):
    house = stored(temp_store, actual("s1", 400))
    wrote(house, 100, 400)  # back to 100 is far more than one step
    ref = overdue(house, "revert")
    tick(house)
    tick(house)
    assert daily(house) == {"s1": 400}
    assert "The gate does not allow it" in house.question(ref).safe_note
    assert [d.verdict for d in by_safe_state(house)] == ["escalated"]
    assert [e.escalation_id for e in _open(house)] == [ref], "no second question is asked"


def test_a_cut_of_ours_is_never_taken_back_by_a_deadline_that_passed(temp_store):
    house = stored(temp_store, actual("s1", 300))
    wrote(house, 310, 300)
    ref = overdue(house, "revert")
    tick(house)
    assert daily(house) == {"s1": 300}
    assert "no change of ours" in house.question(ref).safe_note
    assert by_safe_state(house) == []


def test_with_nothing_of_ours_to_take_back_it_holds(temp_store):
    house = stored(temp_store, actual("s1", 100))
    ref = overdue(house, "revert")
    tick(house)
    assert "no change of ours" in house.question(ref).safe_note
    assert by_safe_state(house) == []


def _open(house):
    with house.store.read() as conn:
        return [e for e in escalations.undecided(conn, CLIENT) if e.kind != "outside_edit"]


BEYOND = budgets(("s1", 100, 400))


def on_ground(action, daily=100, **more):
    """A yes given while s1 had this budget."""
    there = standing(campaign("s1", "google_search", daily, **more), phase="closed_loop")
    facts = grounds.facts(there, action)
    given = approval(action, NOW)
    return given.model_copy(update={"state_hash": grounds.facts_hash(facts), "grounds": facts})


def test_a_yes_on_the_state_it_was_given_on_runs():
    platform, register = in_memory(actual("s1"))
    register.order("d1", BEYOND, on_ground(BEYOND))
    one_pass(platform, register)
    assert register.ends == {"d1": "applied"}


def test_a_yes_on_another_state_is_void_says_why_and_is_asked_anew_from_what_is_there():
    platform, register = in_memory(actual("s1", 110))
    register.order("d1", BEYOND, on_ground(BEYOND))
    one_pass(platform, register)
    assert register.ends == {"d1": "voided"}
    assert (
        "based on s1: £100 a day, running. Now it is s1: £110 a day, running." in register.said[-1]
    )
    ((name, again, _),) = register.asked
    assert name == "d1"
    assert (again.changes[0].before_micros, again.changes[0].after_micros) == (
        110 * UNIT,
        400 * UNIT,
    )
    assert platform.writes == []


def test_a_yes_that_is_void_becomes_a_new_question_that_says_what_moved(temp_store):
    house = stored(temp_store, actual("s1", 110))
    house.decide("d1", BEYOND, state="proposed")
    yes = on_ground(BEYOND).model_dump_json()
    house.store.write(lambda conn: decisions.queue(conn, CLIENT, "d1", yes))
    house.one_pass()
    house.one_pass()
    (asked,) = _open(house)
    assert house.state("d1") == "voided"
    assert asked.decision_id == "d1-again"
    assert "Now it is s1: £110 a day" in asked.what
    assert house.state("d1-again") == "proposed"


def test_a_variant_approved_while_its_campaign_ran_is_void_once_it_is_paused():
    act = pause_ad("s1", "v1")
    there = standing(campaign("s1", "google_search", 100))
    assert grounds.moved(grounds.facts(there, act), there, act) == {}
    paused = standing(campaign("s1", "google_search", 100, enabled=False))
    assert grounds.moved(grounds.facts(there, act), paused, act) == {"s1": ("running", "paused")}


@pytest.mark.parametrize("enabled", [True, False])
def test_a_start_or_stop_half_done_is_still_the_one_approved(enabled):
    act = status("s1", enabled=enabled)
    before = standing(campaign("s1", "google_search", 100, enabled=not enabled))
    done = standing(campaign("s1", "google_search", 100, enabled=enabled))
    assert grounds.moved(grounds.facts(before, act), done, act) == {}


def test_a_pass_keeps_the_standing_it_judged_on_for_those_who_ask_what_if(temp_store):
    house = stored(temp_store, actual("s1", 310))
    wrote(house, 300, 310)
    overdue(house, "revert")
    tick(house)
    with temp_store.read() as conn:
        kept = asking.standing(conn, CLIENT)
    assert (kept.now, kept.campaign("s1").daily_micros) == (house.now, 310 * UNIT)
