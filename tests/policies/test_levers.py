"""Acts on audiences, bids, hours and shares: values that cannot be half a thing, and fold into what should be."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from policies.actions import Action, LaunchCampaign, channels_of, type_of
from policies.levers import AudienceChange, HourChange, SetAudiences, Targeting, reaching
from tests.levers import (
    PLACE,
    WHO,
    audiences,
    bid,
    lever_acts,
    reach,
    schedule,
    shares,
    split,
    targetings,
)
from tests.strategies import launch

ANY = TypeAdapter(Action)


@given(lever_acts())
def test_an_act_on_a_lever_is_read_back_the_same_with_the_same_fingerprint(act):
    again = ANY.validate_json(ANY.dump_json(act))
    assert again == act
    assert again.fingerprint == act.fingerprint
    assert channels_of(act) == ("google_search",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (bid(50, 51), bid(50, 52)),
        (bid(None, 51), bid(50, 51)),
        (schedule("mon"), schedule("tue")),
        (split(("a", 50, 40), ("b", 50, 60)), split(("a", 50, 41), ("b", 50, 59))),
        (audiences(reach("A")), audiences(reach("A", "excluded"))),
        (launch(), launch().model_copy(update={"campaign_type": "display"})),
        (launch(), launch().model_copy(update={"targeting": Targeting(included=("A",))})),
    ],
)
def test_the_smallest_edit_is_another_act(one, other):
    assert one.fingerprint != other.fingerprint


def test_a_launch_that_says_nothing_new_keeps_the_fingerprint_it_was_approved_by():
    body = json.loads(launch().model_dump_json())
    old = {k: v for k, v in body.items() if k not in ("campaign_type", "targeting")}
    assert LaunchCampaign.model_validate_json(json.dumps(old)) == launch()
    assert launch().fingerprint[:8] == "47ab4727"  # as it was before a launch could say more
    assert type_of(launch()) == "search"


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda: split(("a", 50, 40), ("b", 50, 50)), "not to 100%"),
        (lambda: split(("a", 50, 40), ("a", 50, 60)), "twice"),
        (lambda: SetAudiences(**WHO, **PLACE), "changes nothing"),
        (lambda: audiences(reach("A"), reach("A")), "twice"),
        (lambda: audiences(shares=shares(("A", 0, 60), ("B", 0, 60))), "more than the whole"),
        (lambda: AudienceChange(audience="A", role="lookalike", added=True), "percent"),
        (lambda: reach("A", percent=2), "percent"),
        (lambda: schedule("mon", "mon"), "twice"),
        (lambda: schedule(first=6, until=6), "end after they begin"),
        (lambda: bid(1, 0), "greater than 0"),
        (
            lambda: HourChange(weekdays=(), first_hour=0, until_hour=1, before=0, after=0),
            "at least 1",
        ),
    ],
)
def test_half_a_thing_is_refused(make, word):
    with pytest.raises(ValidationError, match=word):
        make()


@given(targetings(), lever_acts().filter(lambda a: isinstance(a, SetAudiences)))
def test_an_audience_act_done_twice_changes_nothing_more_and_does_what_it_says(before, act):
    after = reaching(before, act)
    assert reaching(after, act) == after
    for c in act.changes:
        kept = {
            "included": after.included,
            "excluded": after.excluded,
            "lookalike": tuple(x.audience for x in after.lookalikes),
        }[c.role]
        assert (c.audience in kept) is c.added
    assert all((s.switch in after.expansions) is s.on for s in act.switches)


@given(targetings())
def test_no_segment_is_left_without_a_share_it_may_take(whom):
    delivery = whom.delivery()
    assert set(whom.reached) <= set(delivery)
    unknown = [a for a in whom.reached if a not in {s.audience for s in whom.shares}]
    known = sum(s.share for s in whom.shares)
    assert all(delivery[a] == 1_000_000 - known for a in unknown)


@given(st.data())
def test_hours_cover_each_slot_once(data):
    act = data.draw(lever_acts().filter(lambda a: a.kind == "set_schedule"))
    (block,) = act.changes
    assert len(block.slots) == len(block.weekdays) * (block.until_hour - block.first_hour)
