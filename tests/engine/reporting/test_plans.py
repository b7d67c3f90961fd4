"""The plan page, composed: now against the plan, what holds it, the worst case after it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.errors import AskPerson
from engine.model.people import Scope
from engine.model.plans import Range
from engine.reporting.plans.bounds import binds
from engine.reporting.plans.read import known
from engine.reporting.plans.view import cost_each, likely, plan_page, together
from engine.reporting.plans.worst import over, sentence, worst
from policies import exposure
from policies.money import MICROS
from tests.pages.build import build
from tests.pages.decided import plan_of
from tests.pages.small import NORTHGATE, NOW

TEAM = Scope("maya", "Maya", "team", frozenset({"northgate"}))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = build(tmp_path_factory.mktemp("plans") / "store.duckdb")
    yield made
    made.close()


@pytest.fixture(scope="module")
def found(store):
    return known(store, TEAM, "northgate", NOW)


def test_a_client_reads_no_plan_and_the_team_only_its_own(store):
    with pytest.raises(AskPerson):
        known(store, Scope("nora", "Nora", "client", frozenset({"northgate"})), "northgate", NOW)
    with pytest.raises(AskPerson):
        known(store, TEAM, "alder", NOW)


def test_the_page_holds_the_plan_in_force_and_the_proposal_apart(found):
    page = plan_page(found)
    assert page.in_force.meta.ref == "P-northgate-nov"
    assert page.proposed.meta.ref == "P-northgate-dec"
    assert [m.ref for m in found.history] == ["P-northgate-nov"]


def test_the_worst_case_after_is_what_the_gate_would_reckon(found):
    plan = plan_of(NORTHGATE)
    told = worst(found.standing, found.policy, found.cap_micros, plan.actions)
    standing = found.standing
    for change in plan.actions[0].changes:
        campaigns = tuple(
            exposure.after_change(c, standing.account(c.account), change.after_micros)
            if c.campaign == change.campaign
            else c
            for c in standing.campaigns
        )
        standing = standing.model_copy(update={"campaigns": campaigns})
    assert told.after_month_micros >= exposure.client_month_worst_case(standing)
    assert told.after_day_micros == 2 * (480 + 240) * MICROS
    assert told.day_micros == 2 * (430 + 190) * MICROS
    assert told.after_day_micros >= told.day_micros


def test_without_a_plan_nothing_after_is_told(found):
    told = worst(found.standing, found.policy, found.cap_micros, ())
    assert told.after_day_micros is None
    assert "After this plan" not in sentence(told, "GBP")
    assert not over(told)


def test_without_a_policy_the_worst_case_is_a_doubt_and_never_a_figure(found):
    page = plan_page(replace(found, policy=None))
    assert page.doubt
    assert "£" not in page.exposure
    assert page.proposed.binds[0].state == "stops"


def test_a_plan_past_the_cap_is_asked_about_and_named(found):
    big = plan_of(NORTHGATE)
    action = big.actions[0]
    changes = tuple(c.model_copy(update={"after_micros": 900 * MICROS}) for c in action.changes)
    big = big.model_copy(update={"actions": (action.model_copy(update={"changes": changes}),)})
    page = plan_page(replace(found, proposed=(found.proposed[0], big)))
    assert page.over_cap
    asks = [b for b in page.proposed.binds if b.state == "asks"]
    assert "Cap of the month" in {b.rule for b in asks}
    assert page.proposed.binds[0].state != "met"  # the gravest first


def test_the_gate_is_not_asked_about_a_plan_that_is_carried_out(found):
    plan = plan_of(NORTHGATE)
    told = binds(plan, found.policy, found.standing, judged=False)
    assert {b.state for b in told} <= {"met"}


def test_a_channel_at_its_share_cap_or_its_minimum_is_a_bound_reached(found):
    plan = plan_of(NORTHGATE).model_copy(update={"shares": {"google_search": 0.715}})
    told = binds(plan, found.policy, found.standing, judged=False)
    share = [b for b in told if b.rule == "Share of the month per channel"]
    assert share[0].sentence == "Google Search takes 71.5% of a 72% cap."


def test_a_broken_proposal_is_said_to_be_broken(found):
    page = plan_page(replace(found, proposed=(found.proposed[0], None)))
    assert page.broken
    assert page.proposed is None


def test_the_lead_says_when_no_plan_stands(found):
    bare = replace(found, in_force=None, proposed=None, infeasible=(NOW, ("Too little.",)))
    assert plan_page(bare).lead == (
        "No plan is in force for November. No new plan stands inside the bounds."
    )
    assert found.month == date(2026, 11, 1)


RANGES = st.tuples(st.floats(0, 1e5), st.floats(0, 1e5), st.floats(0, 1e5)).map(
    lambda t: Range(low=min(t), mid=sorted(t)[1], high=max(t))
)


@given(st.lists(RANGES, min_size=1, max_size=6))
def test_a_sum_lies_inside_its_interval_which_is_no_wider_than_the_parts_together(parts):
    whole = together(parts)
    assert whole.low <= whole.mid <= whole.high
    assert whole.high - whole.mid <= sum(p.high - p.mid for p in parts) + 1e-6


@given(st.integers(0, 10**12), RANGES)
def test_cost_is_told_with_its_interval_or_not_at_all(spend, found):
    told = cost_each(spend, found, "GBP")
    assert told == "–" if found.low <= 0 or found.mid <= 0 else "likely" in told
    assert "likely" in likely(found)
