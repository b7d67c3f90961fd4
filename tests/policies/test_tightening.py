"""A tighter bound never lets more through: tried on every numeric bound and on the worded ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.gate import judge
from policies.rules.audience_share import SegmentBound
from policies.rules.channel_daily import DailyBound
from policies.rules.forbidden_words import ForbiddenPhrase
from policies.rules.mandatory_inclusions import Inclusion
from policies.rules.phase import Powers
from policies.verdict import Allowed, Blocked, Escalated
from tests.levers import SEGMENTS
from tests.strategies import actions, policy, standings, with_rule


def less(rule, field, base):
    return st.integers(0, getattr(getattr(base.guardrails, rule), field)).map(
        lambda v: with_rule(rule, base, **{field: v})
    )


def daily(base):
    old = base.guardrails.channel_daily.channels
    return st.tuples(
        st.sampled_from(sorted(old)), st.integers(0, 10**9), st.integers(0, 10**9)
    ).map(lambda t: with_rule("channel_daily", base, channels={**old, t[0]: _narrow(old, t)}))


def shares(base):
    old = base.guardrails.share_cap.max_shares
    return st.tuples(st.sampled_from(sorted(old)), st.integers(0, 10**6)).map(
        lambda t: with_rule("share_cap", base, max_shares={**old, t[0]: min(old[t[0]], t[1])})
    )


def month(base):
    return st.integers(0, base.targets.month_budget).map(
        lambda v: base.model_copy(
            update={"targets": base.targets.model_copy(update={"month_budget": v})}
        )
    )


def longer(base):
    window = base.guardrails.movement.window_days
    return st.integers(window, 92).map(lambda v: with_rule("movement", base, window_days=v))


def words(base):
    more = ForbiddenPhrase(phrase="facts", reason="test")
    old = base.guardrails.forbidden_words.phrases
    return st.just(with_rule("forbidden_words", base, phrases=(*old, more)))


def says(base):
    more = Inclusion(any_of=("brochure",), where="anywhere", channels="all")
    return st.just(with_rule("mandatory_inclusions", base, inclusions=(more,)))


def regulated(base):
    return st.just(with_rule("regulated", base, categories=("health",)))


def phase(base):
    none = Powers(kinds=(), agents=())
    return st.just(with_rule("phase", base, continuous=none))


def own_value(rule, general):
    """One channel's own value, no looser than the general one."""

    def way(base):
        most = getattr(getattr(base.guardrails, rule), general)
        return st.tuples(st.sampled_from(["google_search", "youtube"]), st.integers(0, most)).map(
            lambda t: with_rule(rule, base, channels={t[0]: t[1]})
        )

    return way


def one_segment(base):
    most = base.guardrails.audience_share.max_share
    return st.tuples(st.sampled_from(SEGMENTS), st.integers(0, most)).map(
        lambda t: with_rule("audience_share", base, segments=(_segment(*t),))
    )


def _segment(name, share):
    return SegmentBound.model_construct(segment=name, max_share=share)


def fewer(rule, field):
    """A list of a rule with some of its entries."""

    def way(base):
        entries = getattr(getattr(base.guardrails, rule), field)
        return st.sets(st.sampled_from(entries) if entries else st.nothing()).map(
            lambda kept: with_rule(rule, base, **{field: tuple(e for e in entries if e in kept)})
        )

    return way


def excluded(base):
    old = base.guardrails.audiences.excluded
    return st.just(with_rule("audiences", base, excluded=(*old, "Strangers")))


def narrower_bids(base):
    old = base.guardrails.bid_target.channels
    search = old["google_search"]
    return st.integers(search.min_cpa, search.max_cpa).map(
        lambda v: with_rule(
            "bid_target",
            base,
            channels={**old, "google_search": search.model_copy(update={"max_cpa": v})},
        )
    )


def narrower_variants(base):
    rule = base.guardrails.variant_share
    return st.integers(rule.max_share // 2 + 150_000, rule.max_share).map(
        lambda v: with_rule("variant_share", base, max_share=v, min_share=rule.min_share)
    )


def hours_later(base):
    return st.integers(0, 5).map(lambda v: with_rule("hours", base, first_hour=v))


def simple(rule, field):
    return lambda base: less(rule, field, base)


TIGHTENINGS = [
    simple("month_cap", "max_share"),
    simple("step_size", "max_share"),
    simple("movement", "max_share"),
    simple("pausing", "max_per_day"),
    simple("pausing", "max_spend_share"),
    simple("hours", "max_bid_change"),
    simple("bid_target", "max_step"),
    simple("audience_share", "max_share"),
    own_value("step_size", "max_share"),
    own_value("movement", "max_share"),
    own_value("pausing", "max_spend_share"),
    one_segment,
    fewer("audiences", "included"),
    fewer("audiences", "lookalikes"),
    fewer("envelope", "platforms"),
    fewer("envelope", "channels"),
    fewer("envelope", "geographies"),
    fewer("hours", "weekdays"),
    excluded,
    narrower_bids,
    narrower_variants,
    hours_later,
    daily,
    shares,
    month,
    longer,
    words,
    says,
    phase,
    simple("tone", "max_capitals"),
    simple("tone", "max_superlatives"),
    simple("tone", "max_grade"),
    simple("assets", "max_bytes"),
    regulated,
]
"""Each bound with a way to draw a tighter value for it."""


def _narrow(old, drawn) -> DailyBound:
    channel, raise_by, lower_by = drawn
    bound = old[channel]
    return bound.model_copy(
        update={
            "min_daily": bound.min_daily + raise_by,
            "max_daily": max(0, bound.max_daily - lower_by),
        }
    )


RANK = {Allowed: 0, Escalated: 1, Blocked: 2}


@pytest.mark.parametrize("way", TIGHTENINGS)
@settings(max_examples=40)
@given(data=st.data(), world=standings())
def test_tightening_a_bound_never_lets_more_through(way, data, world) -> None:
    quiet = world.model_copy(update={"phase": "continuous", "paused": False})
    tighter = data.draw(way(policy()))
    action = data.draw(actions(quiet))
    before, after = judge(action, policy(), quiet), judge(action, tighter, quiet)
    # A bound tightened past what a policy file may say makes the policy unreadable, which blocks.
    assert RANK[type(after)] >= RANK[type(before)]
