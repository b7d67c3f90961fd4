"""Which rules an action meets, and how often a value is proved."""

from __future__ import annotations

import hashlib
import json
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from policies.act import altered
from policies.actions import (
    BudgetChange,
    Sealed,
    SetBudgets,
    ShiftBudget,
    ShipVariant,
    budget_changes,
    copy_of,
)
from policies.gate import judge
from policies.rule import COPY_KINDS, MONEY_KINDS, SORTED_KINDS
from policies.rules.structure import Structure
from policies.sanity import KINDS
from policies.sound import sealed_inside
from policies.standing import Standing
from policies.verdict import Allowed, Blocked
from tests.strategies import (
    WHO,
    actions,
    ad,
    amounts,
    campaign,
    policy,
    shift,
    ship,
    standing,
    standings,
)


@given(st.data(), standings())
def test_an_action_that_moves_money_or_ships_words_is_of_a_kind_that_says_so(data, world) -> None:
    action = data.draw(actions(world))
    assert not budget_changes(action) or action.kind in MONEY_KINDS
    assert not copy_of(action) or action.kind in COPY_KINDS


def test_every_kind_known_to_the_gate_was_sorted() -> None:
    kinds = {kind.model_fields["kind"].default for kind in KINDS}
    assert kinds == SORTED_KINDS


def test_money_never_meets_a_rule_of_words_and_words_never_one_of_money() -> None:
    rails = policy().guardrails
    names = {
        kind: {r.name for r in rails.judging(kind)} for kind in ("set_budgets", "ship_variant")
    }
    assert "forbidden_words" not in names["set_budgets"]
    assert "month_cap" not in names["ship_variant"]
    assert "phase" in names["set_budgets"] & names["ship_variant"]


def test_a_kind_nobody_sorted_meets_every_rule() -> None:
    rails = policy().guardrails
    assert rails.judging("a_kind_of_next_year") == tuple(rails)


class Everywhere(Structure):
    """A rule that says nothing of kinds."""

    kinds: ClassVar[frozenset[str] | None] = None


def test_a_rule_that_does_not_declare_kinds_judges_everything() -> None:
    rule = Everywhere(launch="escalate")
    assert all(rule.judges(kind) for kind in (*SORTED_KINDS, "anything"))


def test_the_fields_of_a_standing_exchanged_behind_its_back_are_proved_again() -> None:
    world = standing()
    assert type(judge(shift(10), policy(), world)) is Allowed
    world.__dict__["paused"] = True
    assert "paused by a person" in judge(shift(10), policy(), world).sentence
    world.__dict__["paused"] = False
    assert type(judge(shift(10), policy(), world)) is Allowed
    world.__dict__["campaigns"] = (*world.campaigns[1:], campaign("s1", "google_search", 999))
    assert "has moved" in judge(shift(10), policy(), world).sentence
    world.__dict__["campaigns"] = (None,)
    assert type(judge(shift(10), policy(), world)) is Blocked
    del world.__dict__["campaigns"]
    assert type(judge(shift(10), policy(), world)) is Blocked


def test_a_true_in_the_place_of_a_one_is_another_value() -> None:
    action = ShipVariant(
        **WHO, campaign="s1", account="acc", channel="google_search", ad_group="g", ad=ad()
    )
    judge(action, policy(), standing())
    action.__dict__["campaign"] = True
    assert type(judge(action, policy(), standing())) is Blocked


def test_what_is_proved_in_one_pass_holds_only_values_that_are_looked_into() -> None:
    assert all(sealed_inside(kind) for kind in (Standing, SetBudgets, ShiftBudget))
    assert not sealed_inside(ShipVariant)  # its ads are not sealed: it is proved the long way
    assert issubclass(BudgetChange, Sealed)
    forged = campaign("s1", "google_search", 300).model_copy(update={"daily_micros": -1})
    world = standing().model_copy(update={"campaigns": (forged,)})
    assert type(judge(ship(ad()), policy(), world)) is Blocked


words = st.text(min_size=1, max_size=40)


@given(
    st.lists(
        st.tuples(words, words, words, amounts, amounts),
        min_size=1,
        max_size=4,
        unique_by=lambda t: t[0],
    ),
    words,
)
def test_the_fingerprint_written_by_hand_is_that_of_the_whole_text(rows, client) -> None:
    changes = tuple(
        BudgetChange(campaign=k, account=a, channel=c, before_micros=b, after_micros=n)
        for k, a, c, b, n in rows
    )
    action = SetBudgets(**{**WHO, "client": client}, changes=changes)
    body = action.model_dump(mode="json", exclude={"agent", "reason", "evidence"})
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    assert action.fingerprint == hashlib.sha256(text.encode()).hexdigest()


@given(st.data(), standings())
def test_a_verdict_is_the_same_as_one_that_went_through_its_validators(data, world) -> None:
    verdict = judge(data.draw(actions(world)), policy(), world)
    fields = {name: getattr(verdict, name) for name in type(verdict).model_fields}
    made = type(verdict)(**{n: v for n, v in fields.items() if n != "verdict"})
    assert made == verdict
    assert made.model_dump_json() == verdict.model_dump_json()
    assert made.model_dump(exclude_unset=True) == verdict.model_dump(exclude_unset=True)
    assert list(made.__dict__) == list(verdict.__dict__)


@given(amounts, st.booleans())
def test_an_altered_value_is_what_a_copy_of_the_model_would_be(daily, on) -> None:
    row, update = campaign("s1", "google_search", 300), {"daily_micros": daily, "enabled": on}
    copied, made = row.model_copy(update=update), altered(row, update)
    assert made == copied
    assert made.model_fields_set == copied.model_fields_set
    assert made.model_dump() == copied.model_dump()
    assert row == campaign("s1", "google_search", 300)
    with pytest.raises(ValidationError):
        made.daily_micros = 1


class Chatty(Structure):
    """A rule that answers with something that is no reason."""

    kinds: ClassVar[frozenset[str] | None] = None

    def judge(self, case):
        return ["no reason at all"]


def test_a_rule_that_answers_with_something_else_blocks() -> None:
    base = policy()
    rails = base.guardrails.model_copy(update={"structure": Chatty(launch="escalate")})
    verdict = judge(shift(10), base.model_copy(update={"guardrails": rails}), standing())
    assert type(verdict) is Blocked
    assert "TypeError" in verdict.sentence
