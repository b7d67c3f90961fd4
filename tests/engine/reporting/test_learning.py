"""The month's review: people, agents, rules, what a bound cost and the change it suggests."""

import json
from datetime import UTC, date, datetime

from engine.reporting.learning.people import agents, people
from engine.reporting.learning.rules import cost, loosened, stops, tightened

DAY = date(2026, 10, 5)
AT = datetime(2026, 10, 8, 9, tzinfo=UTC)
PATH = "guardrails.share_cap.max_shares.google_search"
VALUES = {PATH: "0.72"}


def said(word, seconds, actor="tom", ref="E-1"):
    detail = json.dumps({"seconds_to_decide": seconds})
    return {"actor": actor, "kind": f"escalation_{word}", "ref": ref, "detail_json": detail}


def row(number=1, figure="76.2 %", gain=100, **more):
    reason = {
        "rule": "share_cap",
        "outcome": "escalate",
        "facts": {"channel": "google_search", "bound": "72 %", "figure": figure},
    }
    evidence = [] if gain is None else [{"name": "Expected gain", "value": gain}]
    return {
        "decision_id": f"d{number}",
        "account_day": DAY,
        "agent": "channel_mix",
        "kind": "shift_budget",
        "verdict": "escalated",
        "state": "proposed",
        "fingerprint": f"f{number}",
        "reasons_json": json.dumps([reason]),
        "action_json": json.dumps({"evidence": evidence}),
        "applied_at": None,
        "approval_json": None,
        "answered": "open",
        "answered_at": None,
    } | more


def yes(number, figure):
    return row(number, figure, approval_json="{}", answered="approved", applied_at=AT)


def test_rubber_stamps_show_and_an_unopened_card_has_no_time():
    (tom,) = people(
        [
            said("approved", 4),
            said("approved", 60, ref="E-2"),
            said("rejected", None),
            said("deferred", 20),
        ],
        {"E-1": "d1"},
    )
    assert (tom.decided, tom.approved, tom.rejected, tom.deferred) == (4, 2, 1, 1)
    assert (tom.seconds, tom.stamped, tom.overrides) == (20, 0.5, 1)


def test_who_opened_no_card_has_neither_median_nor_stamp():
    (tom,) = people([said("approved", None)], {})
    assert (tom.seconds, tom.stamped) == (None, None)


def test_an_agents_hit_rate_leaves_out_what_nothing_could_be_said_of():
    judged = {("pacing", "better"): 1, ("pacing", "worse"): 1, ("pacing", "too_little"): 8}
    mix, pacing = agents([row(1), yes(2, "75 %")], judged)
    assert (mix.decided, mix.escalated, mix.overridden, mix.hit_rate) == (2, 2, 1, None)
    assert (pacing.decided, pacing.hit_rate) == (0, 0.5)


def test_a_bound_costs_the_gain_a_day_until_carried_out_rejected_or_the_months_end():
    until = date(2026, 10, 31)
    open_, done = row(1), yes(2, "75 %")
    no = row(3, answered="rejected", answered_at=AT)
    stopped = stops([open_, done, no, row(1)])["share_cap"]  # the first was asked twice
    assert cost(stopped, until) == (26 + 3 + 3) * 100 * 10**6


def test_where_no_gain_was_stated_there_is_no_cost():
    assert cost(stops([row(gain=None)])["share_cap"], DAY) is None


def test_a_rule_always_overridden_suggests_the_largest_figure_approved():
    stopped = stops([yes(1, "74 %"), yes(2, "76.2 %"), yes(3, "75 %")])["share_cap"]
    found = loosened("share_cap", stopped, VALUES, "GBP")
    assert (found.path, found.value, found.shown) == (PATH, "0.762", "76.2%")


def test_twice_is_not_always_and_one_no_is_enough_to_keep_it():
    assert (
        loosened("share_cap", stops([yes(1, "74 %"), yes(2, "75 %")])["share_cap"], VALUES, "GBP")
        is None
    )
    asked = [yes(n, "74 %") for n in range(3)] + [row(9, answered="rejected", answered_at=AT)]
    assert loosened("share_cap", stops(asked)["share_cap"], VALUES, "GBP") is None


def test_a_bound_that_is_no_value_of_the_rule_now_names_none():
    stopped = stops([yes(n, "74 %") for n in range(3)])["share_cap"]
    found = loosened("share_cap", stopped, {PATH: "0.65"}, "GBP")
    assert found.path == ""
    assert "look at the rule" in found.why


def test_a_rule_never_met_is_tightened_halfway_to_what_was_used_or_says_what_to_look_at():
    found = tightened("share_cap", VALUES, {"google_search": 500_000}, "GBP")
    assert (found.path, found.value, found.shown) == (PATH, "0.61", "61%")
    assert "50% of a month's media" in found.why
    assert tightened("phase", VALUES, {}, "GBP").path == ""
