"""A policy file of an earlier schema is read as the newest, and never lets more through than it said."""

import json
import tomllib
from typing import Any

import pytest

from policies import presets, upgrading
from policies.gate import judge
from policies.reading import BadPolicy, read_policy
from policies.upgrading import upgraded
from policies.verdict import Allowed, Escalated
from tests.levers import audiences, bid, reach, schedule, split
from tests.strategies import launch, shift, standing, status

ADDED = {2: {"guardrails.asked": {"alone": "nothing"}, "notes": "none"}}


def old_file(name: str = "b2b_services") -> dict[str, Any]:
    """A preset as the first schema had it, without what the second brought."""
    body = tomllib.loads(presets.text(name)) | {"schema_version": 1}
    for path in upgrading.ADDED[2]:
        *way, last = path.split(".")
        place = body
        for part in way:
            place = place[part]
        del place[last]
    return body


@pytest.mark.parametrize("name", ["b2b_services", "ecommerce"])
def test_a_file_of_the_first_schema_reads_as_the_newest_and_says_what_it_said(name):
    new = read_policy(presets.text(name), suffix=".toml").model_dump(mode="json")
    found = read_policy(json.dumps(old_file(name)), suffix=".json").model_dump(mode="json")
    for path in upgrading.ADDED[2]:
        *way, last = path.split(".")
        for body in (new, found):
            place = body
            for part in way:
                place = place[part]
            del place[last]
    assert found == new


def test_a_new_trigger_of_an_old_file_calls_who_is_called_when_a_bound_is_met():
    old = old_file()
    old["triggers"]["bound"] |= {"owner": "maya", "backup": "sam"}
    found = read_policy(json.dumps(old), suffix=".json").triggers
    for name in ("tracking_broken", "stale_source", "expiring_token", "rejected_ad"):
        one = getattr(found, name)
        assert (one.owner, one.backup, one.safe_state) == ("maya", "sam", "hold")


def test_an_old_file_that_names_nobody_is_refused_and_told_where():
    old = old_file()
    del old["triggers"]["bound"]["owner"]
    with pytest.raises(BadPolicy) as bad:
        read_policy(json.dumps(old), suffix=".json")
    assert any(e.startswith("triggers.rejected_ad.owner: is missing") for e in bad.value.errors)


NEW = ("envelope", "audiences", "audience_share", "hours", "variant_share", "bid_target")


def test_a_file_that_knows_no_levers_gives_none_away():
    body = tomllib.loads(presets.text("b2b_services")) | {"schema_version": 1}
    for rule in NEW:
        del body["guardrails"][rule]
    del body["guardrails"]["pausing"]["max_spend_share"]
    old = read_policy(json.dumps(body), suffix=".json")
    world = standing(phase="continuous")
    acts = [
        bid(50, 51),
        schedule("sat"),
        split(("a", 50, 49), ("b", 50, 51)),
        audiences(reach("Website visitors")),
        status("y2", "youtube", 100, enabled=False),
        launch(),
    ]
    for act in acts:
        verdict = judge(act, old, world)
        assert isinstance(verdict, Escalated), verdict
        assert {r.rule for r in verdict.reasons} & {*NEW, "pausing"}, verdict
    assert isinstance(judge(shift(10), old, world), Allowed)


def test_what_a_schema_brought_is_filled_in_only_where_nothing_stands(monkeypatch):
    monkeypatch.setattr(upgrading, "ADDED", ADDED)
    old = {"schema_version": 1, "guardrails": {"step": 1}}
    assert upgraded(old) == {
        "schema_version": 2,
        "guardrails": {"step": 1, "asked": {"alone": "nothing"}},
        "notes": "none",
    }
    assert old == {"schema_version": 1, "guardrails": {"step": 1}}
    said = {"schema_version": 1, "guardrails": {"asked": {}}, "notes": "mine"}
    assert upgraded(said) == {**said, "schema_version": 2}


@pytest.mark.parametrize("body", [None, [], "x", {"schema_version": True}, {"schema_version": 9}])
def test_what_is_no_earlier_file_comes_back_as_it_is(body, monkeypatch):
    monkeypatch.setattr(upgrading, "ADDED", ADDED)
    assert upgraded(body) is body


def test_a_place_that_is_no_table_is_left_for_the_reader_to_refuse(monkeypatch):
    monkeypatch.setattr(upgrading, "ADDED", ADDED)
    assert upgraded({"schema_version": 1, "guardrails": 7})["guardrails"] == 7
    with pytest.raises(BadPolicy, match="guardrails"):
        read_policy('{"schema_version": 1, "guardrails": 7}', suffix=".json")
