"""Plans that are overtaken: by a newer plan, or by the month going by."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engine import loop
from engine.commands import plans
from engine.commands.house import House
from engine.model.errors import AskPerson
from engine.model.plans import Plan, Range
from engine.store import passes, worlds
from engine.store import plans as table
from tests import strategies
from tests.engine.execution.shelf import CLIENT, actual, budgets, launch
from tests.engine.execution.stored import PRIYA, stored

ONE = Range(low=0, mid=1, high=2)
DECEMBER = datetime(2026, 12, 2, 7, tzinfo=UTC)


def plan(*actions, month=date(2026, 11, 1)):
    return Plan(
        client=CLIENT,
        month=month,
        currency="GBP",
        lines=(),
        shares={},
        budget_micros=1,
        month_spend_micros=1,
        month_worst_micros=1,
        primary_actions=ONE,
        won=ONE,
        revenue_micros=ONE,
        cac_micros=None,
        fee_percent=0,
        fee_micros=0,
        actions=actions,
    )


def saved(house, plan_id, what):
    body = what.model_dump_json()
    house.store.write(
        lambda conn: table.save(
            conn, CLIENT, plan_id, month=what.month, body_json=body, status="waiting", now=house.now
        )
    )
    return what


def approve(house, plan_id, what):
    commands = House(house.store, None, None, None, None)
    given = {"plan_id": plan_id, "fingerprint": what.fingerprint, "reason": "As agreed."}
    plans.approve(commands, PRIYA, house.now, client=CLIENT, **given)


def status(house, plan_id):
    with house.store.read() as conn:
        return table.get(conn, CLIENT, plan_id).status


def test_approving_a_plan_calls_off_what_waits_of_an_earlier_one(temp_store):
    house = stored(temp_store, actual("s1"))
    house.mark("plan", "made")
    first = saved(house, "P-1", plan(budgets(("s1", 100, 105)), launch(daily=60)))
    approve(house, "P-1", first)
    house.decide("other", budgets(("s1", 100, 101)))
    second = saved(house, "P-2", plan(launch(daily=20)))
    approve(house, "P-2", second)
    assert [house.state(d) for d in ("P-1-1", "P-1-2")] == ["voided", "voided"]
    assert [house.state(d) for d in ("P-2-1", "other")] == ["to_apply", "to_apply"]
    assert all("A newer plan was approved." in line for line in house.lines("voided"))
    assert house.mark("plan") == "made", "the newer plan is the plan; nothing is planned anew"


def test_what_of_an_earlier_plan_is_under_way_is_finished(temp_store):
    house = stored(temp_store, actual("s1"), answers=["applied", "unsent"])
    approve(house, "P-1", saved(house, "P-1", plan(launch(daily=60))))
    house.one_pass()
    approve(house, "P-2", saved(house, "P-2", plan(budgets(("s1", 100, 101)))))
    house.one_pass()
    assert [house.state(d) for d in ("P-1-1", "P-2-1")] == ["applied", "applied"]


@pytest.mark.parametrize("decide", [plans.approve, plans.reject])
def test_a_plan_of_a_month_that_is_over_can_no_longer_be_decided(temp_store, decide):
    house = stored(temp_store, actual("s1"))
    old = saved(house, "P-11", plan(budgets(("s1", 100, 105))))
    commands = House(house.store, None, None, None, None)
    more = {"fingerprint": old.fingerprint} if decide is plans.approve else {}
    with pytest.raises(AskPerson, match="November 2026, which is over"):
        decide(commands, PRIYA, DECEMBER, client=CLIENT, plan_id="P-11", reason="Yes.", **more)
    assert status(house, "P-11") == "waiting"


def test_the_month_ends_where_the_account_is(temp_store):
    house = stored(temp_store, actual("s1"))
    old = saved(house, "P-11", plan(budgets(("s1", 100, 105))))
    house.now = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)
    approve(house, "P-11", old)
    assert status(house, "P-11") == "approved"


def test_a_plan_nobody_decided_does_not_keep_the_next_month_from_being_planned(temp_store):
    house = stored(temp_store, actual("s1"))
    saved(house, "P-11", plan(budgets(("s1", 100, 105))))
    known = house.store.write(lambda conn: passes.begin(conn, CLIENT, DECEMBER))
    with house.store.read() as conn:
        due = worlds.due(conn, known, strategies.policy(), DECEMBER)
    assert due.plan
    assert not due.plan_waits


def test_the_loop_lets_go_of_a_plan_of_another_month_and_says_so(temp_store):
    house = stored(temp_store, actual("s1"))
    saved(house, "P-11", plan(budgets(("s1", 100, 105))))
    loop.tick(house.store, {"google_ads": house.platform}, {}, CLIENT, DECEMBER)
    assert status(house, "P-11") == "superseded"
    (line,) = house.lines("plan_superseded")
    assert "November 2026" in line


def test_a_plan_of_this_month_still_waits_after_a_pass(temp_store):
    house = stored(temp_store, actual("s1"))
    saved(house, "P-11", plan(budgets(("s1", 100, 105))))
    house.now += timedelta(hours=1)
    loop.tick(house.store, {"google_ads": house.platform}, {}, CLIENT, house.now)
    assert status(house, "P-11") == "waiting"


def test_a_month_planned_anew_today_waits_for_tomorrow(temp_store):
    house = stored(temp_store, actual("s1"))
    house.mark("plan", worlds.not_again(house.now.date()))
    found = []
    for now in (house.now, house.now + timedelta(days=1)):
        known = house.store.write(lambda conn, now=now: passes.begin(conn, CLIENT, now))
        with house.store.read() as conn:
            found.append(worlds.due(conn, known, strategies.policy(), now).plan)
    assert found == [False, True]
