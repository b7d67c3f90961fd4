"""Brand presets fit every policy, name a source for each phrase, and take nothing away that was written before."""

import json

import pytest

from policies.drafting.forms import policy_fields
from policies.drafting.layers import leaves, nested
from policies.presets import brand
from policies.reading import read_policy
from tests.strategies import policy


@pytest.mark.parametrize("name", brand.NAMES)
def test_a_preset_put_on_a_policy_makes_a_valid_one_that_forbids_no_less(name):
    there = leaves(policy())
    made = {**there, **brand.put_on(there, brand.values(name))}
    body = json.loads(json.dumps(nested(made, policy_fields().values())))
    head = {
        "schema_version": 2,
        "client": "c",
        "version": 1,
        "currency": "GBP",
        "time_zone": "Europe/London",
    }
    new = read_policy(json.dumps({**head, **body}), suffix=".json").guardrails
    old = policy().guardrails
    assert set(old.forbidden_words.phrases) <= set(new.forbidden_words.phrases)
    assert len(new.forbidden_words.phrases) > len(old.forbidden_words.phrases)
    assert set(old.claims.sorts) <= set(new.claims.sorts)
    assert brand.put_on(made, brand.values(name)) == {p: made[p] for p in brand.values(name)}


@pytest.mark.parametrize("name", brand.NAMES)
def test_every_phrase_of_a_preset_keeps_its_source(name):
    values = brand.values(name)
    assert brand.title(name)
    assert brand.about(name).endswith(".")
    for entry in values["guardrails.forbidden_words.phrases"]:
        assert any(s in entry["reason"] for s in ("UK CAP", "Google", "Meta", "ASAI")), entry
    for path in ("guardrails.claims.phrases", "guardrails.regulated.words"):
        assert all(entry["source"] for entry in values[path])


def test_an_unknown_preset_is_refused_with_the_names_there_are():
    with pytest.raises(KeyError, match="b2b_services"):
        brand.values("none")
