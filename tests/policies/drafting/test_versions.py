"""A kept version: what can be read of it, what is its own, and its hash."""

import json

from hypothesis import given

from policies.drafting.layers import leaves
from policies.drafting.versions import fingerprint, inherited_paths, own_values, values_of
from policies.reading import policy_text
from tests.policies.drafting.made import figures
from tests.strategies import policy

STEP = "guardrails.step_size.max_share"
PAUSES = "guardrails.pausing.max_per_day"
BODY = policy_text(policy(), ".json")


def test_every_value_of_a_kept_policy_is_read():
    assert values_of(BODY) == leaves(policy())


def test_what_cannot_be_read_counts_as_not_written():
    for text in ("", "[1]", "null", "{", '{"guardrails": 3}'):
        assert values_of(text) == {}
    body = json.loads(BODY)
    body["guardrails"]["step_size"]["max_share"] = "a lot"
    body["guardrails"]["pausing"]["max_per_day"] = [1]
    found = values_of(json.dumps(body))
    assert leaves(policy()).keys() - found.keys() == {STEP, PAUSES}


def test_a_version_from_before_layers_owns_all_of_its_values():
    assert own_values(BODY, None, {STEP: "0.10"}) == leaves(policy())
    assert inherited_paths(BODY, None) == frozenset()


def test_what_is_inherited_and_no_longer_written_above_has_become_its_own():
    own = {p: v for p, v in leaves(policy()).items() if p not in (STEP, PAUSES)}
    kept = json.dumps(own)
    assert inherited_paths(BODY, kept) == {STEP, PAUSES}
    found = own_values(BODY, kept, {STEP: "0.10"})
    assert STEP not in found
    assert found[PAUSES] == 6


@given(figures(), figures())
def test_two_drafts_have_the_same_hash_only_when_they_are_the_same(one, other):
    first, second = json.dumps(one, sort_keys=True), json.dumps(other, sort_keys=True)
    assert (fingerprint("c", 1, first) == fingerprint("c", 1, second)) == (first == second)
    assert fingerprint("c", 1, first) != fingerprint("c", 2, first)
    assert fingerprint("c", 1, first, None) != fingerprint("c", 1, first, "{}")
