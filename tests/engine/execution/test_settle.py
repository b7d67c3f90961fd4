from dataclasses import replace

import pytest

from engine.execution import adopted, changes, settle
from engine.model.ports import Intent
from tests.engine.execution.memory import ACCOUNT, MemoryPlatform
from tests.engine.execution.shelf import CLIENT, NOW, actual, snapshot, wanted

OFF = wanted("s1", enabled=False)
GROUP = wanted("s1").ad_groups[0]


def with_ad(enabled):
    ads = (GROUP.ads[0].model_copy(update={"enabled": enabled}),)
    return wanted("s1").model_copy(update={"ad_groups": (GROUP.model_copy(update={"ads": ads}),)})


KINDS = {
    "create_campaign": (wanted("s1"), None),
    "set_budget": (wanted("s1", 200), actual("s1")),
    "pause_campaign": (OFF, actual("s1")),
    "enable_campaign": (wanted("s1"), actual("s1", enabled=False)),
    "create_ad": (wanted("s1", ads=("a1", "a2")), actual("s1")),
    "pause_ad": (with_ad(False), actual("s1")),
    "enable_ad": (with_ad(True), actual("s1", ads={"a1": False})),
}


def intent(kind):
    goal, there = KINDS[kind]
    (change,) = changes({"s1": goal}, snapshot(*([there] if there else [])))
    assert change.kind == kind
    return Intent(
        "i", CLIENT, ACCOUNT.account, change.natural_key, "d", "g", change, "unknown", NOW
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_write_that_had_arrived_is_seen_in_the_account(kind):
    open_ = intent(kind)
    there = KINDS[kind][1]
    platform = MemoryPlatform({"s1": there} if there else {})
    platform.apply(ACCOUNT, [open_.change])
    (found,) = settle([open_], platform.snapshot(CLIENT, ACCOUNT, NOW))
    assert found.state == "applied"


@pytest.mark.parametrize("kind", KINDS)
def test_a_write_that_never_arrived_is_given_up_so_that_it_can_be_sent_again(kind):
    open_ = intent(kind)
    there = KINDS[kind][1]
    (found,) = settle([open_], snapshot(*([there] if there else [])))
    assert found.state == "abandoned"
    assert open_.natural_key in found.sentence


def test_intents_of_another_account_are_left_alone():
    other = replace(intent("set_budget"), account="2")
    assert settle([other], snapshot(actual("s1"))) == ()


def test_adopting_takes_a_marked_campaign_exactly_as_it_is():
    live = actual("s1", 70, ads={"a1": True, "a2": False}, enabled=False)
    found = adopted(CLIENT, {}, snapshot(live, replace(actual("x"), campaign=None)))
    assert list(found) == ["s1"]
    assert changes(found, snapshot(live)) == ()


def test_a_campaign_already_known_is_not_adopted_again():
    assert adopted(CLIENT, {"s1": wanted("s1", 500)}, snapshot(actual("s1"))) == {}
