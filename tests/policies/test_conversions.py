"""Conversion definitions: one primary action, no twins, nothing uncountable; old files count as they did before."""

import json

import pytest

from policies import presets
from policies.conversions import of_deals
from policies.reading import BadPolicy, policy_text, read_policy
from policies.upgrading import upgraded
from tests import strategies as make

LEAD = of_deals("lead")["actions"][0]
WON = {**LEAD, "name": "customer", "key": "customer", "role": "customer", "value": "deal"}


def read(*actions):
    body = json.loads(policy_text(make.policy(), ".json"))
    body["conversions"] = {"actions": list(actions)}
    return read_policy(json.dumps(body), suffix=".json")


@pytest.mark.parametrize(
    ("actions", "sentence"),
    [
        ([], "conversions.actions"),
        ([WON], "exactly one action is primary, not 0"),
        ([LEAD, {**LEAD, "name": "call", "key": "call"}], "not 2: lead, call"),
        ([LEAD, {**WON, "key": "lead"}], "the key lead is written twice"),
        ([LEAD, {**WON, "name": "lead"}], "the name lead is written twice"),
        ([LEAD, WON, {**WON, "name": "b", "key": "b"}], "at most one action is the customer"),
        ([{**LEAD, "source": "ad_platform"}], "what platforms claim is never added up"),
        ([LEAD, {**LEAD, "name": "b", "key": "b", "role": "crm_stage"}], "what the CRM calls it"),
        ([{**LEAD, "value": "fixed"}], "a fixed value takes an amount"),
        ([{**LEAD, "fixed_value": "9.00"}], "only a fixed value does"),
        ([{**LEAD, "lead_days": 0}], "conversions.actions.0.lead_days"),
        (
            [
                LEAD,
                {
                    **LEAD,
                    "name": "b",
                    "key": "b",
                    "role": "secondary",
                    "source": "web",
                    "stages": ["x"],
                },
            ],
            "only what the CRM tells has stages",
        ),
    ],
)
def test_definitions_that_cannot_hold_are_refused_with_a_sentence(actions, sentence):
    with pytest.raises(BadPolicy) as no:
        read(*actions)
    assert sentence in " ".join(no.value.errors)


def test_every_part_of_a_definition_goes_out_and_comes_back():
    whole = {
        **LEAD,
        "counting": "one",
        "stages": ["Qualified To Buy", "Closed Won"],
        "lead_days": 30,
        "click_days": 30,
        "view_days": 1,
        "value": "fixed",
        "fixed_value": "40.00",
        "duplicates": "contact",
        "google_ads": "AW-1/consultation",
        "meta": "Lead",
        "linkedin": "lead",
        "microsoft": "lead",
    }
    policy = read(whole, WON)
    for suffix in (".toml", ".json"):
        assert read_policy(policy_text(policy, suffix), suffix=suffix) == policy
    told = " ".join(policy.conversions.unbounded)
    assert "click and view windows bound no count" in told
    assert "name no contact" in told
    assert "where a lost deal had been" in told


def test_an_older_file_counts_every_deal_under_its_own_primary_action_and_sells_nothing():
    body = json.loads(policy_text(make.policy(), ".json")) | {"schema_version": 1}
    for section in ("offers", "conversions"):
        del body[section]
    del body["guardrails"]["offer_valid"]
    policy = read_policy(json.dumps(body), suffix=".json")
    assert policy.offers.listed == ()
    [only] = policy.conversions.actions
    assert (only.key, only.role, only.source) == (policy.targets.primary_action, "primary", "crm")
    assert (only.stages, only.lead_days, only.duplicates) == ((), None, "deal_id")


def test_what_an_older_file_says_of_itself_is_kept():
    body = {"schema_version": 1, "offers": {"listed": [1]}, "targets": {"primary_action": "x"}}
    made = upgraded(body)
    assert made["offers"] == {"listed": [1]}
    assert made["conversions"] == of_deals("x")


@pytest.mark.parametrize("name", presets.NAMES)
def test_a_preset_writes_no_offer_and_the_definition_there_always_was(name):
    policy = read_policy(presets.text(name), suffix=".toml")
    assert policy.offers.listed == ()
    assert policy.conversions.primary.stages == ()
    assert policy.conversions.primary.counting == "every"
