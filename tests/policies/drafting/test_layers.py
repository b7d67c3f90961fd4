"""Values in layers: what holds, where it comes from, and a draft carried over to a newer version."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.drafting.fallbacks import holds
from policies.drafting.forms import policy_blocks, policy_fields
from policies.drafting.layers import (
    Collision,
    Head,
    Layer,
    Origin,
    carried,
    leaves,
    merged,
    own_part,
    resolve,
)
from policies.presets import NAMES
from policies.reading import BadPolicy
from tests.policies.drafting.made import figures
from tests.strategies import policy

HEAD = Head("b2b_services", "GBP", "Europe/London")
STEP = "guardrails.step_size.max_share"
PATHS = st.sampled_from(sorted(leaves(policy())))
PARTS = st.dictionaries(PATHS, st.integers(0, 3).map(str), max_size=12)


@pytest.mark.parametrize("name", NAMES)
def test_the_leaves_of_a_policy_make_the_same_policy_again(name):
    given_ = policy(name)
    head = Head(given_.client, given_.currency, given_.time_zone)
    found = resolve(head, [Layer("client", 4, leaves(given_))])
    assert found.policy == given_
    assert set(found.origins.values()) == {Origin("client", 4)}


@given(st.lists(PARTS, max_size=4))
def test_each_value_is_the_innermost_one_written_and_its_origin_says_so(parts):
    layers = [Layer(f"layer {n}", n, part) for n, part in enumerate(parts)]
    values, origins = merged(layers)
    assert set(values) == set(origins) == {p for part in parts for p in part}
    for path, value in values.items():
        writers = [layer for layer in layers if path in layer.values]
        assert value == writers[-1].values[path]
        assert origins[path] == Origin(writers[-1].name, writers[-1].version)


def test_a_value_the_client_leaves_out_is_the_agencys():
    own = leaves(policy())
    del own[STEP]
    found = resolve(HEAD, [Layer("agency", 3, {STEP: "0.10"}), Layer("client", 7, own)])
    assert found.policy.guardrails.step_size.max_share == 100_000
    assert found.origins[STEP] == Origin("agency", 3)
    assert found.origins["targets.cac"] == Origin("client", 7)


def test_what_no_layer_writes_makes_no_policy():
    own = leaves(policy())
    del own[STEP]
    with pytest.raises(BadPolicy, match="max_share: is missing"):
        resolve(HEAD, [Layer("client", 7, own)])


@given(figures(), PARTS, st.sets(PATHS))
def test_a_clients_own_part_over_the_outer_layers_holds_exactly_what_was_wanted(
    values, outer, inherited
):
    own = own_part(values, outer, inherited)
    reached, origins = merged([Layer("agency", 1, outer), Layer("client", 1, own)])
    assert {p: v for p, v in reached.items() if p in values} == values
    for path in values:
        if path not in inherited:
            assert origins[path].name == "client"


@given(PARTS, PARTS, PARTS)
def test_carrying_over_keeps_every_change_of_the_draft_and_all_else_of_the_version_in_force(
    base, draft, now
):
    own, met = carried(base, draft, now)
    changed = {p for p in {*base, *draft} if base.get(p) != draft.get(p)}
    for path in {*base, *draft, *now}:
        assert own.get(path) == (draft if path in changed else now).get(path)
    for one in met:
        assert one.path in changed
        assert now.get(one.path) not in (base.get(one.path), draft.get(one.path))


@given(PARTS, PARTS)
def test_carrying_over_to_the_version_it_was_made_on_changes_nothing(base, draft):
    assert carried(base, draft, base) == (draft, [])


def test_where_both_changed_the_same_value_it_is_told():
    _, met = carried({STEP: "0.35"}, {STEP: "0.40"}, {STEP: "0.20"})
    assert met == [Collision(STEP, "0.35", "0.20", "0.40")]


def test_a_channel_without_a_value_of_its_own_takes_the_rules_general_one():
    blocks = {b.path: b for b in policy_blocks()}
    step, share = blocks["guardrails.step_size"], blocks["guardrails.audience_share"]
    one = policy_fields()["guardrails.step_size.channels.youtube"]
    general = "guardrails.step_size.max_share"
    assert holds(step, one, {general: "0.35"})[0] == "0.35"
    assert holds(step, one, {general: "0.35", one.path: "0.20"})[0] == "0.20"
    assert holds(step, one, {}) == (None, None)
    listed = policy_fields()["guardrails.audience_share.segments"]
    assert holds(share, listed, {"guardrails.audience_share.max_share": "0.60"}) == (None, None)


def test_what_a_field_falls_back_to_is_a_field_of_the_same_rule():
    marked = [f for f in policy_fields().values() if f.falls_back_to]
    assert {f.path.split(".")[1] for f in marked} == {
        "step_size",
        "movement",
        "pausing",
        "variant_share",
        "bid_target",
        "audience_share",
    }
    for one in marked:
        rule = ".".join(one.path.split(".")[:2])
        assert f"{rule}.{one.falls_back_to}" in policy_fields()
