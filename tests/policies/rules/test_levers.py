"""The rules on places, audiences, hours, bids and shares, one by one (Search 300 + 120, YouTube 150 + 100)."""

from __future__ import annotations

import pytest

from policies.actions import LaunchCampaign
from policies.case import Case
from policies.gate import judge
from policies.levers import Lookalike, SegmentShare, SwitchChange, Targeting
from policies.rules.audience_share import AudienceShare, SegmentBound
from policies.rules.audiences import Audiences, LookalikeBound
from policies.rules.envelope import Envelope
from policies.verdict import Allowed, Blocked, Escalated
from tests.levers import audiences, bid, reach, schedule, shares, split
from tests.strategies import (
    account,
    campaign,
    change,
    launch,
    policy,
    set_budgets,
    shift,
    standing,
    status,
    with_rule,
)


def asked(rule, action, world=None) -> list[tuple[str, str]]:
    """What a rule says: the outcome and the sentence of each reason."""
    reasons = list(rule.judge(Case(action, world or standing(), policy().targets)))
    assert {r.rule for r in reasons} <= {rule.name}
    return [(r.outcome, r.sentence) for r in reasons]


def envelope(**more) -> Envelope:
    fields = {
        "platforms": ("google_ads",),
        "channels": ("google_search",),
        "campaign_types": ("search",),
        "geographies": ("GB", "US-NY"),
        "expansion": "block",
    }
    return Envelope(**{**fields, **more})


def opening(**more) -> LaunchCampaign:
    return launch().model_copy(update=more)


@pytest.mark.parametrize(
    ("rule", "action", "word"),
    [
        (envelope(platforms=()), opening(), "google ads is no platform"),
        (envelope(), opening(channel="youtube"), "YouTube is no channel"),
        (envelope(), opening(campaign_type="performance_max"), "performance max is no type"),
        (envelope(), opening(locations=("GB", "FR")), "FR is no place"),
        (envelope(), opening(locations=("US",)), "US is no place"),
        (envelope(), opening(locations=("US-CA",)), "US-CA is no place"),
    ],
)
def test_a_launch_outside_the_envelope_asks(rule, action, word):
    found = asked(rule, action)
    assert any(outcome == "escalate" and word in said for outcome, said in found), found


def test_a_launch_inside_the_envelope_is_nothing_to_it_and_a_country_holds_its_parts():
    assert asked(envelope(), opening(locations=("GB-SCT", "US-NY"))) == []
    assert asked(envelope(channels=()), set_budgets(change("s1", "google_search", 300, 310))) == []


def test_a_resume_outside_the_envelope_asks_and_a_pause_never_does():
    off = campaign("y1", "youtube", 150, enabled=False, highest_today_micros=0, locations=("FR",))
    world = standing(off)
    said = [s for _, s in asked(envelope(), status("y1", "youtube", 150, enabled=True), world)]
    assert said == [
        "YouTube is no channel the client agreed to, so a person decides.",
        "FR is no place the client agreed to, so a person decides.",
    ]
    assert asked(envelope(), status("s1", "google_search", 300, enabled=False)) == []


@pytest.mark.parametrize("written", ["block", "escalate"])
def test_a_switch_that_widens_places_or_people_goes_as_is_written(written):
    places = envelope(expansion=written)
    people = people_rule(expansion=written)
    wide = opening(targeting=Targeting(expansions=("search_partners", "optimised_targeting")))
    assert [o for o, _ in asked(places, wide)] == [written]
    assert written in [o for o, s in asked(people, wide) if "optimised targeting" in s]
    on = audiences(switches=(SwitchChange(switch="optimised_targeting", on=True),))
    assert [o for o, _ in asked(people, on)] == [written]
    assert asked(places, on) == []
    off = audiences(switches=(SwitchChange(switch="optimised_targeting", on=False),))
    assert asked(people, off) == []


def people_rule(**more) -> Audiences:
    fields = {
        "included": ("Visitors", "Owners"),
        "excluded": ("Clients",),
        "lookalikes": (LookalikeBound(segment="Won", max_percent="3"),),
        "expansion": "block",
    }
    return Audiences(**{**fields, **more})


@pytest.mark.parametrize(
    ("act", "outcome", "word"),
    [
        (audiences(reach("Visitors")), None, ""),
        (audiences(reach("Strangers")), "escalate", "may only propose"),
        (audiences(reach("Clients")), "block", "never targeted"),
        (audiences(reach("Won", "lookalike", percent=3)), None, ""),
        (audiences(reach("Won", "lookalike", percent=4)), "escalate", "this would be 4%"),
        (audiences(reach("Owners", "lookalike", percent=1)), "escalate", "No lookalike of Owners"),
        (audiences(reach("Clients", "lookalike", percent=1)), "block", "never targeted"),
        (audiences(reach("Clients", "excluded")), None, ""),
        (audiences(reach("Clients", "excluded", added=False)), "block", "must stay excluded"),
        (audiences(reach("Kids", "excluded", added=False)), "escalate", "would be reached"),
        (audiences(reach("Owners", added=False)), "escalate", "may reach other people"),
        (audiences(shares=shares(("Clients", 0, 10))), "block", "never targeted"),
        (audiences(shares=shares(("Clients", 10, 0))), None, ""),
    ],
)
def test_an_audience_outside_the_lists_asks_and_an_excluded_one_is_blocked(act, outcome, word):
    found = asked(people_rule(), act)
    assert [o for o, _ in found] == ([outcome] if outcome else [])
    assert all(word in said for _, said in found)


def test_a_launch_says_whom_it_excludes_and_reaches():
    bare = asked(people_rule(), opening())
    assert bare == [("escalate", "Clients must be excluded; this launch does not say so.")]
    whom = Targeting(included=("Visitors",), excluded=("Clients",))
    assert asked(people_rule(), opening(targeting=whom)) == []
    alike = (Lookalike(audience="Won", percent=9),)
    wide = whom.model_copy(update={"included": ("Clients",), "lookalikes": alike})
    assert [o for o, _ in asked(people_rule(), opening(targeting=wide))] == ["block", "escalate"]


def test_what_an_excluded_segment_needs_no_approval_can_give():
    verdict = judge(audiences(reach("Current clients")), policy(), standing(phase="continuous"))
    assert type(verdict) is Blocked


def owners(share: int) -> Targeting:
    """A campaign that gives its newest segment so many percent of its delivery."""
    return Targeting(
        included=("Owners", "Visitors"),
        shares=(
            SegmentShare(audience="Owners", share=share * 10_000),
            SegmentShare(audience="Visitors", share=(100 - share) * 10_000),
        ),
    )


def test_a_bound_on_one_segment_stops_the_next_action_that_raises_it():
    world = standing(
        campaign("s1", "google_search", 300, targeting=owners(80)),
        campaign("s2", "google_search", 120),
        campaign("y1", "youtube", 150),
    )
    before = AudienceShare(max_share="0.90", segments=())
    more = set_budgets(change("s1", "google_search", 300, 330))
    assert asked(before, more, world) == []
    tightened = AudienceShare(
        max_share="0.90", segments=(SegmentBound(segment="Owners", max_share="0.50"),)
    )
    ((outcome, said),) = asked(tightened, more, world)
    assert outcome == "escalate"
    assert said == ("Owners takes at most 50% of Search's daily budget; this would make it 58.7%.")
    assert asked(tightened, set_budgets(change("s1", "google_search", 300, 290)), world) == []
    assert asked(tightened, set_budgets(change("y1", "youtube", 150, 160)), world) == []
    assert asked(tightened, status("s1", "google_search", 300, enabled=False), world) == []


def test_a_segments_share_of_a_campaign_is_bounded_and_a_fall_is_free():
    rule = AudienceShare(max_share="0.60", segments=())
    world = standing(
        campaign("s1", "google_search", 10, targeting=owners(50)),
        campaign("s2", "google_search", 990),
    )
    up = audiences(shares=shares(("Owners", 50, 61), ("Visitors", 50, 39)))
    ((_, said),) = asked(rule, up, world)
    assert said == "Owners takes at most 60% of this campaign's delivery; this would make it 61%."
    assert (
        asked(rule, audiences(shares=shares(("Owners", 50, 60), ("Visitors", 50, 40))), world) == []
    )


def test_a_segment_without_a_known_share_counts_as_all_that_is_left():
    rule = AudienceShare(max_share="0.60", segments=())
    assert asked(rule, audiences(reach("Owners")))
    with_share = audiences(reach("Owners"), shares=shares(("Owners", 0, 20), ("Visitors", 80, 80)))
    found = [s for _, s in asked(rule, with_share)]
    assert not any(s.startswith("Owners") for s in found)
    whom = Targeting(included=("Owners",))
    assert any(
        "YouTube" in s
        for _, s in asked(
            rule, opening(channel="youtube", targeting=whom, daily_micros=900_000_000)
        )
    )


def test_no_bid_is_changed_on_figures_that_are_late():
    late = standing(accounts=(account(stale=True),), phase="continuous")
    assert type(judge(bid(50, 51), policy(), late)) is Blocked
    assert type(judge(bid(50, 51), policy(), standing(phase="continuous"))) is Allowed


@pytest.mark.parametrize(
    "act",
    [
        bid(50, 51),
        schedule("mon"),
        split(("a", 50, 40), ("b", 50, 60)),
        audiences(reach("Website visitors"), shares=shares(("Website visitors", 0, 30))),
    ],
    ids=lambda a: a.kind,
)
def test_each_lever_is_pulled_alone_in_its_phase_only_and_never_while_all_is_paused(act):
    assert type(judge(act, policy(), standing(phase="continuous"))) is Allowed
    assert type(judge(act, policy(), standing(phase="closed_loop"))) is Escalated
    assert type(judge(act, policy(), standing(phase="continuous", paused=True))) is Blocked


def test_the_step_of_one_channel_may_differ_and_the_others_keep_the_general_one():
    tight = with_rule("step_size", channels={"youtube": 30_000})
    assert type(judge(shift(10), policy(), standing())) is Allowed
    verdict = judge(shift(10), tight, standing())
    assert type(verdict) is Escalated
    assert "3% of YouTube's daily budget" in verdict.sentence
    assert (
        type(judge(set_budgets(change("s1", "google_search", 300, 310)), tight, standing()))
        is Allowed
    )
