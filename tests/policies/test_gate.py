"""The gate gives exactly one verdict for anything, and only ever narrows when a bound does."""

from __future__ import annotations

import copy
import math
from datetime import datetime
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import gate
from policies.actions import BudgetChange, SetBudgets, ShiftBudget
from policies.gate import judge
from policies.rules.channel_daily import DailyBound
from policies.rules.structure import Structure
from policies.verdict import Allowed, Blocked, Escalated
from tests.strategies import (
    NOW,
    UNIT,
    WHO,
    account,
    actions,
    ad,
    campaign,
    change,
    launch,
    pause_variant,
    policy,
    set_budgets,
    shift,
    ship,
    standing,
    standings,
    status,
    with_rule,
)

VERDICTS = (Allowed, Escalated, Blocked)
junk = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner),
    max_leaves=8,
)


def blocked_for(verdict, word: str) -> bool:
    return isinstance(verdict, Blocked) and word in verdict.sentence


def test_a_small_shift_within_every_bound_is_allowed() -> None:
    verdict = judge(shift(10), policy(), standing())
    assert isinstance(verdict, Allowed)
    assert verdict.policy_version == 1
    assert verdict.judged_at == NOW


@given(junk, junk, junk)
def test_anything_at_all_gets_a_block(action, rules, world) -> None:
    assert type(judge(action, rules, world)) is Blocked
    assert type(judge(action, policy(), standing())) is Blocked
    assert type(judge(shift(1), rules, standing())) is Blocked
    assert type(judge(shift(1), policy(), world)) is Blocked


@given(st.data())
def test_garbage_in_any_field_is_blocked_or_judged_but_never_raises(data) -> None:
    values = [shift(10), policy(), standing()]
    place = data.draw(st.integers(0, 2))
    model = values[place]
    name = data.draw(st.sampled_from(sorted(type(model).model_fields)))
    values[place] = model.model_copy(update={name: data.draw(junk)})
    assert type(judge(*values)) in VERDICTS


@given(st.data())
def test_garbage_deep_in_the_standing_never_raises(data) -> None:
    row = standing().campaigns[0]
    name = data.draw(st.sampled_from(sorted(type(row).model_fields)))
    broken = row.model_copy(update={name: data.draw(junk)})
    world = standing().model_copy(update={"campaigns": (broken, *standing().campaigns[1:])})
    assert type(judge(shift(10), policy(), world)) in VERDICTS


@pytest.mark.parametrize("money", [math.nan, math.inf, -1, 1.5, "10", None, True])
def test_money_that_is_no_whole_number_is_blocked(money) -> None:
    row = change("s1", "google_search", 300, 310).model_copy(update={"after_micros": money})
    forged = SetBudgets.model_construct(**WHO, kind="set_budgets", evidence=(), changes=(row,))
    assert type(judge(forged, policy(), standing())) is Blocked


def test_an_empty_shell_of_each_value_is_blocked() -> None:
    for values in (
        (SetBudgets.model_construct(), policy(), standing()),
        (shift(1), type(policy()).model_construct(), standing()),
        (shift(1), policy(), type(standing()).model_construct()),
    ):
        assert type(judge(*values)) is Blocked


def test_a_forged_shift_that_makes_money_is_blocked() -> None:
    changes = (change("y1", "youtube", 150, 150), change("s1", "google_search", 300, 310))
    forged = ShiftBudget.model_construct(**WHO, kind="shift_budget", evidence=(), changes=changes)
    assert blocked_for(judge(forged, policy(), standing()), "conserve")


def test_a_copy_of_a_sound_standing_is_proved_and_added_up_afresh() -> None:
    world = standing()
    assert type(judge(shift(10), policy(), world)) is Allowed
    assert blocked_for(
        judge(shift(10), policy(), world.model_copy(update={"paused": True})), "paused"
    )
    broken = copy.copy(world).model_copy(update={"campaigns": (None,)})
    assert type(judge(shift(10), policy(), broken)) is Blocked
    moved = world.model_copy(
        update={"campaigns": (campaign("s1", "google_search", 999), *world.campaigns[1:])}
    )
    assert blocked_for(judge(shift(10), policy(), moved), "has moved")


def test_client_and_currency_must_agree_everywhere() -> None:
    other = policy("ecommerce")
    assert blocked_for(judge(shift(10), other, standing()), "different client")
    euro = standing(accounts=(account(currency="EUR"),))
    assert blocked_for(judge(shift(10), policy(), euro), "billed in EUR")


def test_what_is_not_known_is_blocked() -> None:
    world = standing()
    unknown = set_budgets(change("zz", "google_search", 1, 2))
    assert blocked_for(judge(unknown, policy(), world), "zz is not known")
    wrong = set_budgets(change("s1", "youtube", 300, 310))
    assert blocked_for(judge(wrong, policy(), world), "lies in")
    radio = set_budgets(change("s1", "radio", 300, 310))
    assert blocked_for(judge(radio, policy(), world), "no channel")
    assert blocked_for(judge(launch(channel="tv"), policy(), world), "no channel")
    lost = standing(accounts=())
    assert type(judge(shift(10), policy(), lost)) is Blocked
    pinterest = standing(
        campaign("s1", "google_search", 300, platform="pinterest"),
        accounts=(account(platform="pinterest"),),
    )
    row = change("s1", "google_search", 300, 301)
    assert blocked_for(judge(set_budgets(row), policy(), pinterest), "pinterest")
    twice = standing(campaign("s1", "google_search", 300), campaign("s1", "google_search", 300))
    assert type(judge(set_budgets(row), policy(), twice)) is Blocked
    again = standing(campaign("new", "google_search", 300))
    assert blocked_for(judge(launch(), policy(), again), "exists already")


def test_the_state_having_moved_is_blocked_and_says_so() -> None:
    late = set_budgets(change("s1", "google_search", 290, 310))
    assert blocked_for(judge(late, policy(), standing()), "290.00")
    running = status("s1", "google_search", 300, enabled=True)
    assert blocked_for(judge(running, policy(), standing()), "running already")


def test_doubt_about_a_campaign_blocks_money_but_never_a_stop() -> None:
    def one(**more):
        return standing(campaign("s1", "google_search", 300, **more), *standing().campaigns[1:])

    worlds = {
        "tomorrow": one(written_today=True),
        "settled": one(pending_micros=(310 * UNIT,)),
        "stale": standing(accounts=(account(stale=True),)),
        "paused by a person": standing(paused=True),
    }
    bounds = DailyBound(min_daily="0.00", max_daily="5000.00")
    loose = with_rule("channel_daily", channels={"google_search": bounds, "youtube": bounds})
    for word, world in worlds.items():
        assert blocked_for(judge(shift(10), policy(), world), word)
        stop = status("s1", "google_search", 300, enabled=False)
        assert type(judge(stop, loose, world)) is Allowed, word
        assert type(judge(pause_variant(), policy(), world)) is Allowed, word
    assert blocked_for(judge(ship(ad()), policy(), worlds["paused by a person"]), "paused")


def test_the_kill_switch_lets_every_stop_through_whatever_the_bounds_of_pausing() -> None:
    stop = status("s1", "google_search", 300, enabled=False)
    strict = with_rule("pausing", max_per_day=0)
    assert type(judge(stop, strict, standing(phase="configure"))) is Escalated
    assert type(judge(stop, strict, standing(phase="configure", paused=True))) is Allowed


class Broken(Structure):
    """A rule that cannot judge."""

    title: ClassVar[str] = "Broken rule"
    kinds: ClassVar[frozenset[str] | None] = None

    def judge(self, case):
        raise ZeroDivisionError


def test_a_rule_that_raises_blocks_and_the_others_are_still_heard() -> None:
    base = policy()
    rails = base.guardrails.model_copy(update={"structure": Broken(launch="escalate")})
    broken = base.model_copy(update={"guardrails": rails})
    verdict = judge(set_budgets(change("s1", "google_search", 300, 2000)), broken, standing())
    assert blocked_for(verdict, "ZeroDivisionError")
    assert {"month_cap", "step_size", "structure"} <= {r.rule for r in verdict.reasons}


@given(st.data(), standings())
def test_every_fitting_action_gets_exactly_one_verdict_with_its_reasons(data, world) -> None:
    action = data.draw(actions(world))
    verdict = judge(action, policy(), world)
    outcomes = {r.outcome for r in verdict.reasons}
    assert type(verdict) is (
        Blocked if "block" in outcomes else Escalated if "escalate" in outcomes else Allowed
    )
    assert not any("could not judge" in r.sentence for r in verdict.reasons)
    assert verdict.fingerprint == action.fingerprint
    if isinstance(action, ShiftBudget):
        assert sum(c.delta_micros for c in action.changes) == 0


@given(standings(), st.data())
def test_an_edit_that_leaves_a_worst_case_over_the_cap_is_never_allowed(world, data) -> None:
    action = data.draw(actions(world))
    verdict = judge(action, policy(), world)
    if isinstance(verdict, Allowed) and isinstance(action, SetBudgets | ShiftBudget):
        states = list(gate.Case(action, world, policy().targets).states())
        worst = max(gate.Case(action, s, policy().targets).before.month for s in states[1:])
        assert worst <= policy().targets.month_budget


def test_a_naive_instant_in_the_standing_is_blocked() -> None:
    naive = standing(now=datetime(2026, 11, 9, 6))  # noqa: DTZ001  naive on purpose
    assert blocked_for(judge(shift(10), policy(), naive), "not in UTC")


def test_a_change_of_zero_budgets_is_still_one_verdict() -> None:
    same = BudgetChange(
        campaign="s1",
        account="acc",
        channel="google_search",
        before_micros=300 * UNIT,
        after_micros=300 * UNIT,
    )
    assert type(judge(set_budgets(same), policy(), standing())) is Allowed
