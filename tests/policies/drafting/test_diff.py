"""The diff of two policies: field by field, looser or tighter."""

import pytest
from hypothesis import given

from policies.drafting.diff import OPPOSITE, differences
from policies.drafting.forms import blocks
from policies.drafting.layers import leaves
from tests.policies.drafting.made import MorePolicy, figures
from tests.strategies import policy

BASE = leaves(policy())
DAILY = "guardrails.channel_daily.channels.google_search"
WORDS = "guardrails.forbidden_words.phrases"
MORE = blocks(MorePolicy)


@given(figures())
def test_a_policy_does_not_differ_from_itself(values):
    assert differences(values, values) == ()


@given(figures(), figures())
def test_the_way_back_is_the_opposite_of_the_way_there(one, other):
    there, back = differences(one, other), differences(other, one)
    assert [d.field.path for d in there] == [d.field.path for d in back]
    for forth, reverse in zip(there, back, strict=True):
        moved = (*forth.added, *forth.removed)
        both_ways = forth.added and forth.removed and forth.field.every not in moved
        figures_only = any(c.looser for c in forth.field.columns)
        if not (both_ways and figures_only):
            held = forth.direction if both_ways else OPPOSITE[forth.direction]
            assert reverse.direction == held
        assert (reverse.before, reverse.after) == (forth.after, forth.before)
        assert (reverse.added, reverse.removed) == (forth.removed, forth.added)


def test_an_amount_written_otherwise_is_no_difference():
    assert differences(BASE, {**BASE, "targets.cac": "450"}) == ()


@pytest.mark.parametrize(
    ("path", "value", "direction"),
    [
        (f"{DAILY}.max_daily", "1500.00", "looser"),
        (f"{DAILY}.max_daily", "1300.00", "tighter"),
        (f"{DAILY}.min_daily", "100.00", "looser"),
        (f"{DAILY}.min_daily", "300.00", "tighter"),
        (f"{DAILY}.max_daily", None, "tighter"),
        ("guardrails.share_cap.max_shares.meta", "0.10", "looser"),
        ("guardrails.step_size.max_share", "0.40", "looser"),
        ("guardrails.movement.window_days", 14, "tighter"),
        ("guardrails.pausing.max_per_day", 2, "tighter"),
        ("guardrails.phase.launch.kinds", [], "tighter"),
        ("guardrails.phase.launch.kinds", ["pause_variant", "ship_variant"], "looser"),
        ("guardrails.phase.launch.kinds", ["ship_variant"], "looser"),
        (WORDS, [], "looser"),
        (WORDS, [*BASE[WORDS], {"phrase": "free", "reason": "it is not"}], "tighter"),
        ("targets.month_budget", "30000.00", "looser"),
        ("targets.contribution_floor", "900.00", "tighter"),
        ("targets.margin", "0.40", "changed"),
        ("triggers.bound.owner", "maya", "changed"),
        ("triggers.lead_quality.max_p_value", "0.01", "looser"),
        ("triggers.bound.sla_working_hours", 16, "looser"),
    ],
)
def test_a_change_is_looser_or_tighter_as_its_field_declares(path, value, direction):
    after = {p: v for p, v in {**BASE, path: value}.items() if v is not None}
    (found,) = differences(BASE, after)
    assert (found.field.path, found.direction) == (path, direction)


def test_entries_added_and_removed_are_named():
    after = [BASE[WORDS][0], {"phrase": "free", "reason": "it is not"}]
    (found,) = differences(BASE, {**BASE, WORDS: after})
    assert [a["phrase"] for a in found.added] == ["free"]
    assert len(found.removed) == len(BASE[WORDS]) - 1
    assert found.direction == "looser"


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        (["budget"], ["any"], "looser"),
        (["any"], ["budget"], "tighter"),
        (["any"], ["any", "x"], "changed"),
        (["any", "x"], ["any"], "changed"),
        (["budget", "any"], ["budget", "creative"], "tighter"),
        (["budget"], ["creative"], "looser"),
    ],
)
def test_any_among_agents_stands_for_every_agent(before, after, direction):
    path = "guardrails.phase.closed_loop.agents"
    (found,) = differences({path: before}, {path: after})
    assert found.direction == direction


def test_a_mandatory_inclusion_that_holds_on_fewer_channels_is_looser():
    rows = "guardrails.mandatory_inclusions.inclusions"
    one = {"any_of": ["Capital at risk"], "where": "headline", "channels": "all"}
    (found,) = differences({rows: [one]}, {rows: [{**one, "channels": ["meta"]}]})
    assert found.direction == "looser"


@pytest.mark.parametrize(
    ("name", "before", "after", "direction"),
    [
        ("on", True, False, "looser"),
        ("strictness", "mild", "strict", "tighter"),
        ("strictness", "mild", "none", "looser"),
        ("hours", None, 3, "tighter"),
        ("hours", 8, 3, "looser"),
        ("spared", ["a"], [], "tighter"),
        ("shares.meta", "0.10", "0.20", "looser"),
    ],
)
def test_a_new_rule_is_compared_by_what_its_fields_declare(name, before, after, direction):
    path = f"guardrails.night_rest.{name}"
    was = {} if before is None else {path: before}
    (found,) = differences(was, {path: after}, MORE)
    assert found.direction == direction


def test_everything_is_more_than_every_channel_named():
    rows = "guardrails.mandatory_inclusions.inclusions"
    (found,) = differences(BASE, {**BASE, rows: []})
    assert found.direction == "looser"


SEGMENTS = "guardrails.audience_share.segments"
YOUTUBE_STEP = "guardrails.step_size.channels.youtube"


def row(share):
    return [{"segment": "Owners", "max_share": share}]


@pytest.mark.parametrize(
    ("path", "before", "after", "direction"),
    [
        (SEGMENTS, row("0.40"), row("0.10"), "tighter"),
        (SEGMENTS, row("0.10"), row("0.40"), "looser"),
        (SEGMENTS, [], row("0.10"), "changed"),
        (SEGMENTS, row("0.10"), [], "changed"),
        (YOUTUBE_STEP, None, "0.10", "tighter"),
        (YOUTUBE_STEP, None, "0.90", "looser"),
        (YOUTUBE_STEP, "0.10", None, "looser"),
        (YOUTUBE_STEP, None, "0.35", "changed"),
        ("guardrails.movement.channels.youtube", None, "0.10", "tighter"),
        ("guardrails.pausing.channels.youtube", "0.10", None, "looser"),
        ("guardrails.audiences.expansion", "block", "escalate", "looser"),
        ("guardrails.audiences.excluded", ["A"], [], "looser"),
        ("guardrails.envelope.geographies", ["GB"], ["GB", "IE"], "looser"),
        ("guardrails.hours.weekdays", ["mon"], [], "tighter"),
    ],
)
def test_an_exception_is_looser_or_tighter_than_what_held_before_it(path, before, after, direction):
    def values(value):
        found = {**BASE, path: value}
        return {p: v for p, v in found.items() if v is not None}

    (one,) = differences(values(before), values(after))
    assert one.direction == direction
