"""What an approval rests on, and the pause a policy orders itself."""

import pytest

from policies import grounds
from policies.gate import judge
from policies.verdict import Allowed, Escalated
from tests.strategies import (
    campaign,
    change,
    pause_variant,
    set_budgets,
    standing,
    status,
    with_rule,
)

RAISE = set_budgets(change("s1", "google_search", 300, 330))


def there(**more):
    s1 = campaign("s1", "google_search", 300, **more)
    y1 = campaign("y1", "youtube", 120)
    return standing(s1, y1)


def test_spend_changes_no_ground_and_a_budget_does():
    then = there()
    assert grounds.state_hash(then, RAISE) == grounds.state_hash(there(spent_today_micros=5), RAISE)
    moved = there(daily_micros=310_000_000)
    assert grounds.state_hash(then, RAISE) != grounds.state_hash(moved, RAISE)
    changed = grounds.moved(grounds.facts(then, RAISE), moved, RAISE)
    assert changed == {"s1": ("£300 a day, running", "£310 a day, running")}
    assert "based on s1: £300 a day, running. Now it is s1: £310" in grounds.sentence(changed)


def test_what_the_action_sets_itself_is_no_change():
    done = there(daily_micros=330_000_000)
    assert grounds.moved(grounds.facts(there(), RAISE), done, RAISE) == {}


def test_a_campaign_that_stopped_a_phase_and_one_that_is_gone_are_changes():
    then = grounds.facts(there(), RAISE)
    assert set(grounds.moved(then, there(enabled=False), RAISE)) == {"s1"}
    other = there().model_copy(update={"phase": "launch"})
    assert set(grounds.moved(then, other, RAISE)) == {"phase"}
    assert (
        grounds.moved(then, standing(campaign("y1", "youtube", 1)), RAISE)["s1"][1] == "not there"
    )


def test_a_variant_rests_on_its_campaign_running_and_not_on_its_budget():
    act = pause_variant()
    key = act.campaign
    one = standing(campaign(key, act.channel, 300))
    two = standing(campaign(key, act.channel, 900))
    assert grounds.state_hash(one, act) == grounds.state_hash(two, act)


STRICT = with_rule("pausing", max_per_day=0)
SAFE = status("s1", "google_search", 300, enabled=False).model_copy(update={"agent": "safe_state"})
ORDERED = standing(safe_stops=("s1",))


def test_a_pause_the_policy_orders_passes_the_rules_on_pausing_and_says_why():
    verdict = judge(SAFE, STRICT, ORDERED)
    assert type(verdict) is Allowed
    assert "The policy itself orders this pause" in verdict.reasons[0].sentence


@pytest.mark.parametrize(
    ("action", "there"),
    [
        (SAFE, standing()),  # nothing is overdue
        (SAFE, standing(safe_stops=("y1",))),  # something else is
        (SAFE.model_copy(update={"agent": "pause_losers"}), ORDERED),
        (pause_variant().model_copy(update={"agent": "safe_state"}), ORDERED),
    ],
)
def test_no_other_pause_passes_by_it(action, there):
    assert type(judge(action, STRICT, there)) is Escalated


def test_a_start_is_never_ordered_by_it():
    start = SAFE.model_copy(update={"enabled": True})
    assert all(r.outcome != "allow" for r in judge(start, STRICT, ORDERED).reasons)
