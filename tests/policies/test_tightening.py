"""A tighter bound never lets more through: tried on every numeric bound and on the worded ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.gate import judge
from policies.rules.channel_daily import DailyBound
from policies.rules.forbidden_words import ForbiddenPhrase
from policies.rules.mandatory_inclusions import Inclusion
from policies.rules.phase import Powers
from policies.verdict import Allowed, Blocked, Escalated
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
    return st.just(with_rule("phase", base, closed_loop=none))


def simple(rule, field):
    return lambda base: less(rule, field, base)


TIGHTENINGS = [
    simple("month_cap", "max_share"),
    simple("step_size", "max_share"),
    simple("movement", "max_share"),
    simple("pausing", "max_per_day"),
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
@settings(max_examples=60)
@given(data=st.data(), world=standings())
def test_tightening_a_bound_never_lets_more_through(way, data, world) -> None:
    quiet = world.model_copy(update={"phase": "closed_loop", "paused": False})
    tighter = data.draw(way(policy()))
    action = data.draw(actions(quiet))
    before, after = judge(action, policy(), quiet), judge(action, tighter, quiet)
    # A bound tightened past what a policy file may say makes the policy unreadable, which blocks.
    assert RANK[type(after)] >= RANK[type(before)]
