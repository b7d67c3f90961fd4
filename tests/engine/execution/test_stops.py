"""While the kill switch is on: every stop is sent, whatever else cannot be read, reached or understood."""

import pytest
from sqlalchemy import text

from engine import loop
from engine.model.errors import AskPerson, TryLater
from engine.store import clients, desired
from tests import strategies
from tests.engine.execution.shelf import CLIENT, actual, budgets, launch, pause_ad, status
from tests.engine.execution.stored import stored


def running(platform):
    return {key for key, c in platform.campaigns.items() if c.enabled}


def switched(house):
    house.store.write(lambda conn: clients.set_paused(conn, CLIENT, paused=True))
    return house


def spoil(house, name):
    """The stored order cannot be read any more."""
    broken = text('update decisions set action_json = \'{"kind": "dance"}\' where decision_id = :d')
    house.store.write(lambda conn: conn.execute(broken, {"d": name}))


def test_a_half_launched_campaign_is_stopped_though_it_is_not_on_record(temp_store):
    house = stored(temp_store, actual("s1"), answers=["applied", "lost"])
    house.decide("L", launch())
    house.one_pass()
    assert running(house.platform) == {"s1", "new"}
    switched(house).hands().stop_all()
    assert running(house.platform) == set()


@pytest.mark.parametrize("fault", [AskPerson("Sign in again."), KeyError("s1"), ValueError("bad")])
def test_a_stop_that_fails_says_so_and_the_others_are_sent(temp_store, fault):
    house = switched(stored(temp_store, actual("s1"), actual("s2")))
    real = house.platform.apply

    def apply(account, changes):
        if changes[0].campaign_key == "s1":
            raise fault
        return real(account, changes)

    house.platform.apply = apply
    mine = house.hands()
    mine.stop_all()
    assert running(house.platform) == {"s1"}
    assert [d.startswith("Campaign s1 could not be paused") for d in mine.doubts] == [True]


def test_an_order_that_cannot_be_read_never_keeps_the_stops_from_being_sent(temp_store):
    house = switched(stored(temp_store, actual("s1")))
    house.decide("d1", budgets(("s1", 100, 103)))
    spoil(house, "d1")
    result = loop.tick(house.store, {"google_ads": house.platform}, {}, CLIENT, house.now)
    assert running(house.platform) == set()
    assert result.state == "paused"


def test_what_is_stored_wrongly_about_ours_never_keeps_the_stops_from_being_sent(temp_store):
    house = switched(stored(temp_store, actual("s1"), answers=["lost"]))
    house.store.write(lambda conn: conn.execute(text("update intents set change_json = '{}'")))
    mine = house.hands()
    house.store.write(lambda conn: conn.execute(text("update desired set body_json = '{}'")))
    mine.stop_all()
    assert running(house.platform) == set()


def test_a_campaign_first_seen_while_the_switch_is_on_is_stopped_and_runs_again_after_it(
    temp_store,
):
    house = switched(stored(temp_store, actual("s1")))
    house.platform.campaigns["s2"] = actual("s2")
    house.hands().stop_all()
    assert running(house.platform) == set()
    with house.store.read() as conn:
        assert desired.load(conn, CLIENT)["s2"].enabled


def test_an_order_that_cannot_be_read_is_closed_with_the_reason_and_the_rest_goes_on(temp_store):
    house = stored(temp_store, actual("s1"), actual("s2"))
    question = house.decide("d1", budgets(("s1", 100, 103)))
    house.decide("d2", budgets(("s2", 100, 103)))
    spoil(house, "d1")
    house.one_pass()
    assert (house.state("d1"), house.state("d2")) == ("voided", "applied")
    assert house.question(question).status == "voided"
    assert "cannot read" in house.lines("voided")[0]


def test_a_pass_that_ends_on_a_fault_of_its_own_is_on_record_as_late(temp_store):
    house = stored(temp_store, actual("s1"))

    def broken(*_):
        raise ZeroDivisionError

    house.platform.facts = broken
    with pytest.raises(ZeroDivisionError):
        loop.tick(house.store, {"google_ads": house.platform}, {}, CLIENT, house.now)
    with house.store.read() as conn:
        rows = conn.execute(text("select state, sentence from ticks")).all()
    assert [(r.state, "a fault of its own" in r.sentence) for r in rows] == [("late", True)]


def test_stops_are_carried_out_before_anything_else(temp_store):
    house = stored(temp_store, actual("s1"), actual("s2", ads={"a1": True, "a2": True}))
    house.decide("d1", budgets(("s1", 100, 103)))
    house.decide("d2", status("s1", enabled=False))
    house.decide("d3", pause_ad("s2", "a2"))
    house.one_pass()
    assert [c.kind for c in house.platform.writes] == ["pause_campaign", "pause_ad", "set_budget"]


@pytest.mark.parametrize("fault", [AskPerson("Accept the terms."), TryLater("Busy.")])
def test_an_order_the_platform_cannot_be_asked_about_holds_up_neither_stops_nor_the_pass(
    temp_store, fault
):
    house = stored(temp_store, actual("s1"), actual("s2", ads={"a1": True, "a2": True}))
    house.decide("d1", launch())
    house.decide("d2", budgets(("s1", 100, 103)))
    house.decide("d3", pause_ad("s2", "a2"))

    def validate(*_):
        raise fault

    house.platform.validate = validate
    mine = house.one_pass()
    assert str(fault) in mine.doubts
    assert house.state("d1") == "to_apply"
    assert house.state("d3") == "applied"
    later = isinstance(fault, TryLater)
    assert house.state("d2") == ("to_apply" if later else "applied")


def test_after_a_write_that_could_not_be_read_back_only_stops_are_sent_in_this_pass(temp_store):
    house = stored(temp_store, actual("s1"), actual("s2", ads={"a1": True, "a2": True}))
    house.decide("d1", budgets(("s1", 100, 103)))
    house.decide("d2", budgets(("s2", 100, 103)))
    mine = house.hands()
    real = house.platform.snapshot

    def silent(*_):
        raise AskPerson("Sign in again.")

    house.platform.snapshot = silent
    mine.carry_out()
    house.platform.snapshot = real
    assert [c.campaign_key for c in house.platform.writes] == ["s1"]
    mine.carry_out()
    assert [c.campaign_key for c in house.platform.writes] == ["s1"]
    house.one_pass()
    assert (house.state("d1"), house.state("d2")) == ("applied", "applied")


def test_one_pass_without_an_answer_still_lets_the_agents_and_watches_think(temp_store):
    house = stored(temp_store, actual("s1"))
    house.decide("d1", launch())

    def validate(*_):
        raise AskPerson("Accept the terms.")

    house.platform.validate = validate
    result = loop.tick(house.store, {"google_ads": house.platform}, {}, CLIENT, house.now)
    assert "Accept the terms." in result.sentence
    assert house.mark("creative"), "the week's variants were looked at"


@pytest.mark.parametrize(
    ("most", "ends"),
    [
        (0, ["voided"] * 3),
        (1, ["applied", "voided", "voided"]),
        (2, ["applied", "applied", "voided"]),
    ],
)
def test_as_many_pauses_are_sent_in_a_day_as_the_policy_says_and_no_more(temp_store, most, ends):
    policy = strategies.with_rule("pausing", max_per_day=most)
    there = actual("s1", ads={"a1": True, "a2": True, "a3": True})
    house = stored(temp_store, there, policy=policy)
    for n in (1, 2, 3):
        house.decide(f"p{n}", pause_ad("s1", f"a{n}"), approved=False)
    house.one_pass()
    house.one_pass()
    assert [house.state(f"p{n}") for n in (1, 2, 3)] == ends


def test_a_pause_whose_answer_was_lost_is_not_counted_against_itself(temp_store):
    policy = strategies.with_rule("pausing", max_per_day=1)
    there = actual("s1", ads={"a1": True, "a2": True})
    house = stored(temp_store, there, answers=["dropped"], policy=policy)
    house.decide("p1", pause_ad("s1", "a1"), approved=False)
    house.one_pass()
    assert house.state("p1") == "shipping"
    house.one_pass()
    assert house.state("p1") == "applied"


def test_a_stop_that_could_not_be_sent_is_told(temp_store):
    house = switched(stored(temp_store, actual("s1"), answers=["unsent"]))
    mine = house.hands()
    mine.stop_all()
    assert mine.doubts == ["Campaign s1 could not be paused: Not sent: nobody listens."]
