"""A yes to the money is none to the words: an ad in a regulated category is approved by who read it."""

import json

import pytest

from engine.model.errors import AskPerson
from policies.gate import NotCleared, clear, judge
from policies.verdict import Approval, Escalated
from tests import strategies
from tests.engine.commands.test_deciding import approve, decision, question

__all__ = ["question"]  # a fixture
REGULATED = strategies.with_rule("regulated", categories=("finance",))


def asked_for_review(house):
    reason = {
        "rule": "regulated",
        "outcome": "escalate",
        "sentence": "Read it.",
        "family": "review",
    }

    def write(conn):
        conn.exec_driver_sql(
            f"UPDATE decisions SET reasons_json = '{json.dumps([reason])}' WHERE decision_id = 'D-1'"
        )

    house.store.write(write)


def test_without_saying_that_the_words_were_read_nothing_is_approved(house, who, question):
    asked_for_review(house)
    with pytest.raises(AskPerson, match="read them and say that you did"):
        approve(house, who("priya"), question)
    assert decision(house).state == "proposed"
    approve(house, who("priya"), question, reviewed=True)
    given = Approval.model_validate_json(decision(house).approval_json)
    assert "review" in given.covers


def test_an_approval_that_was_not_asked_for_a_review_covers_none(house, who, question):
    approve(house, who("priya"), question)
    assert "review" not in Approval.model_validate_json(decision(house).approval_json).covers


def test_a_yes_to_the_money_never_clears_a_review_at_the_gate():
    verdict = judge(strategies.launch(), REGULATED, strategies.standing())
    assert type(verdict) is Escalated
    assert {"review", "authority"} <= verdict.families
    lasts = {"at": strategies.NOW, "expires_at": strategies.NOW.replace(year=2027)}
    given = Approval(
        fingerprint=verdict.fingerprint,
        person="priya",
        reason="Yes.",
        families=verdict.families - {"review"},
        **lasts,
    )
    with pytest.raises(NotCleared, match="review"):
        clear(verdict, now=strategies.NOW, approval=given)
    read = given.model_copy(update={"families": verdict.families})
    assert clear(verdict, now=strategies.NOW, approval=read).approval is not None
