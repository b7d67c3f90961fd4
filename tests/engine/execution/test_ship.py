from dataclasses import replace

import pytest

from engine.execution import Shipper, covers, obstacle, pending
from engine.model.changes import Receipt
from engine.model.errors import TryLater, UnknownOutcome
from tests.engine.execution.memory import ACCOUNT, MemoryIntents, MemoryPlatform
from tests.engine.execution.shelf import (
    CLIENT,
    NOW,
    UNIT,
    actual,
    budgets,
    cleared,
    launch,
    pause_ad,
    ship_ad,
    snapshot,
    status,
    wanted,
)


class Bench:
    """One platform with a few campaigns of ours, a log, and hands."""

    def __init__(self, *campaigns, answers=()):
        self.platform = MemoryPlatform({c.campaign: c for c in campaigns}, list(answers))
        self.intents = MemoryIntents()
        self.desired = {c.campaign: wanted(c.campaign) for c in campaigns if c.campaign}

    def seen(self):
        return self.platform.snapshot(CLIENT, ACCOUNT, NOW)

    def ship(self, action):
        leave = cleared(action, *self.platform.campaigns.values())
        shipper = Shipper(self.platform, self.intents)
        done = shipper.ship(leave, "d1", self.desired, self.seen(), NOW)
        self.desired = dict(done.desired)
        return done

    def kinds(self):
        return [c.kind for c in self.platform.writes]


def test_an_action_writes_only_what_it_speaks_of_and_an_edit_by_hand_stays():
    bench = Bench(actual("s1", enabled=False), actual("s2", 80))
    done = bench.ship(budgets(("s1", 100, 110)))
    assert [(c.kind, c.campaign_key) for c in done.written] == [("set_budget", "s1")]
    assert not bench.platform.campaigns["s1"].enabled
    assert bench.platform.campaigns["s2"].daily_micros == 80 * UNIT


def test_a_pause_of_one_ad_leaves_its_siblings_and_the_budget_alone():
    bench = Bench(actual("s1", 90, ads={"a1": True, "a2": True}))
    bench.desired = {"s1": wanted("s1", 100, ads=("a1", "a2"))}
    bench.ship(pause_ad("s1", "a2"))
    assert [(c.kind, c.ad.variant) for c in bench.platform.writes] == [("pause_ad", "a2")]


def test_covers_knows_no_action_it_was_not_taught():
    change = pending(budgets(("s1", 100, 110)), {"s1": wanted("s1")}, snapshot(actual("s1")))[0]
    assert not covers(object(), change)


def test_a_launch_is_created_paused_and_enabled_only_after_it_was_read_back():
    bench = Bench(actual("s1"))
    done = bench.ship(launch())
    assert bench.kinds() == ["create_campaign", "enable_campaign"]
    assert bench.platform.campaigns["new"].enabled
    assert done.receipt.outcome == "applied"
    assert {i.state for i in bench.intents.rows} == {"applied"}


def test_applying_the_same_action_twice_changes_nothing():
    bench = Bench(actual("s1"))
    bench.ship(ship_ad("s1", "a2"))
    writes = list(bench.platform.writes)
    again = bench.ship(ship_ad("s1", "a2"))
    assert again.receipt.outcome == "already"
    assert bench.platform.writes == writes


def test_a_refusal_changes_neither_the_account_nor_what_should_be():
    bench = Bench(actual("s1"), answers=["refused"])
    done = bench.ship(budgets(("s1", 100, 110)))
    assert done.receipt.outcome == "rejected"
    assert bench.desired["s1"].daily_micros == 100 * UNIT
    assert bench.intents.unresolved(CLIENT) == ()


@pytest.mark.parametrize("answer", ["lost", "dropped"])
def test_an_answer_that_never_came_ends_the_shipment_and_leaves_the_intent_open(answer):
    bench = Bench(actual("s1"), answers=[answer])
    done = bench.ship(launch())
    assert done.receipt.outcome == "unknown"
    assert "new" not in bench.desired
    assert [i.state for i in bench.intents.unresolved(CLIENT)] == ["unknown"]


def test_nothing_is_written_over_a_write_of_unknown_outcome():
    bench = Bench(actual("s1"), answers=["dropped"])
    bench.ship(budgets(("s1", 100, 110)))
    done = bench.ship(budgets(("s1", 100, 105)))
    assert done.receipt.outcome == "not_sent"
    assert "open" in done.receipt.sentence
    assert bench.platform.writes == []


def test_a_write_that_never_left_closes_its_intent_and_may_be_sent_again():
    bench = Bench(actual("s1"), answers=["unsent"])
    assert bench.ship(budgets(("s1", 100, 110))).receipt.outcome == "not_sent"
    assert [i.state for i in bench.intents.rows] == ["abandoned"]
    assert bench.ship(budgets(("s1", 100, 110))).receipt.outcome == "applied"


def test_a_validation_that_cannot_be_asked_sends_nothing_and_says_why():
    bench = Bench(actual("s1"))

    def silent(*_):
        raise TryLater("No answer.")

    bench.platform.validate = silent
    with pytest.raises(TryLater, match=r"^No answer") as told:
        bench.ship(ship_ad("s1", "a2"))
    assert not isinstance(told.value, UnknownOutcome)
    assert bench.intents.rows == []


def test_a_validation_that_fails_sends_nothing_and_opens_no_intent():
    bench = Bench(actual("s1"))
    bench.platform.validate = lambda account, changes: "The headline is too long."
    done = bench.ship(ship_ad("s1", "a2"))
    assert done.receipt == Receipt("rejected", "The headline is too long.")
    assert bench.intents.rows == []


def test_an_account_that_still_differs_after_writing_is_told_as_unknown():
    bench = Bench(actual("s1"))
    bench.platform._write = bench.platform.writes.append  # says yes and does nothing
    done = bench.ship(budgets(("s1", 100, 110)))
    assert done.receipt.outcome == "unknown"
    assert "still differs" in done.receipt.sentence
    assert bench.desired["s1"].daily_micros == 100 * UNIT


def test_a_read_back_that_fails_leaves_the_rest_to_the_next_pass():
    bench = Bench(actual("s1"))
    leave = cleared(launch(), *bench.platform.campaigns.values())
    seen = bench.seen()

    def silent(*_):
        raise TryLater("No answer.")

    bench.platform.snapshot = silent
    with pytest.raises(UnknownOutcome, match="not read back"):
        Shipper(bench.platform, bench.intents).ship(leave, "d1", bench.desired, seen, NOW)
    assert bench.kinds() == ["create_campaign"]
    assert bench.intents.unresolved(CLIENT) == ()


def test_a_shared_budget_is_refused_with_a_sentence_and_never_written():
    bench = Bench(actual("s1", budget_shared=True))
    done = bench.ship(budgets(("s1", 100, 110)))
    assert done.receipt.outcome == "rejected"
    assert "shared with other campaigns" in done.receipt.sentence
    assert bench.platform.writes == []


def test_a_campaign_on_a_shared_budget_can_still_be_paused():
    bench = Bench(actual("s1", budget_shared=True))
    bench.ship(status("s1", enabled=False))
    assert not bench.platform.campaigns["s1"].enabled


@pytest.mark.parametrize(
    ("action", "told"),
    [
        (budgets(("gone", 100, 110)), "not in the account any more"),
        (budgets(("never", 100, 110)), "not one of ours on record"),
        (ship_ad("s1", "a2", group="nowhere"), "no ad group nowhere"),
        (status("gone", enabled=True), "not in the account any more"),
        (status("gone", enabled=False), ""),
        (launch(), ""),
    ],
)
def test_what_has_nothing_to_write_to_is_said_instead_of_told_as_done(action, told):
    desired = {"s1": wanted("s1"), "gone": wanted("gone")}
    found = obstacle(action, desired, snapshot(actual("s1")))
    assert told in found
    assert bool(found) == bool(told)


def test_a_foreign_campaign_of_the_same_name_is_not_taken_for_ours():
    bench = Bench(replace(actual("s1"), campaign=None))
    bench.platform.campaigns = {"s1": replace(actual("s1"), campaign=None)}
    assert bench.seen().owned("s1") is None
