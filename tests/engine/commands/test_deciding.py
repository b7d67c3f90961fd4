"""Decisions by people: bound to what was shown, once, with a reason, told who was first."""

from datetime import timedelta

import pytest

from engine.commands import escalations, plans
from engine.model.errors import AskPerson, BadInput
from engine.model.people import Scope
from engine.model.plans import Plan
from engine.store import codec, decisions, ledger
from engine.store import escalations as table
from engine.store import plans as plan_table
from engine.store.decisions import Decision
from engine.store.escalations import Escalation
from policies.verdict import Approval
from tests.engine.commands.conftest import NOW
from tests.engine.execution.shelf import budgets

C = "northgate"
ACTION = budgets(("s1", 100, 130))


@pytest.fixture
def question(house):
    """A budget beyond a bound waits for a person."""
    row = Decision(
        client=C,
        decision_id="D-1",
        tick_id="T-1",
        at=NOW,
        account_day=NOW.date(),
        agent="pacing",
        kind=ACTION.kind,
        action_json=codec.action_json(ACTION),
        fingerprint=ACTION.fingerprint,
        verdict="escalated",
        reasons_json="[]",
        policy_version=1,
        state="proposed",
        sentence="Too large a step.",
    )
    asked = Escalation(
        client=C,
        cause="bound:s1",
        kind="bound",
        title="Raise s1",
        what="A raise.",
        owner="priya",
        backup="tom",
        opened_at=NOW,
        due_at=NOW + timedelta(hours=4),
        action_json=row.action_json,
        fingerprint=ACTION.fingerprint,
        decision_id="D-1",
    )

    def write(conn):
        decisions.record(conn, C, [row])
        return table.open_or_add(conn, asked)[0]

    return house.store.write(write)


def approve(house, scope, question, **more):
    given = {"version": 1, "fingerprint": ACTION.fingerprint, "reason": "The evidence holds."}
    escalations.approve(house, scope, NOW, client=C, escalation_id=question, **{**given, **more})


def decision(house):
    with house.store.read() as conn:
        return decisions.get(conn, C, "D-1")


def book(house):
    with house.store.read() as conn:
        return ledger.entries(conn, Scope.operator(), C, limit=5)


def test_an_approval_is_bound_to_the_exact_diff_and_lasts_a_day(house, who, question):
    approve(house, who("priya"), question)
    given = Approval.model_validate_json(decision(house).approval_json)
    assert given.fingerprint == ACTION.fingerprint
    assert given.person == "priya"
    assert given.expires_at - given.at == timedelta(hours=24)
    assert decision(house).state == "to_apply"
    assert "The evidence holds." in book(house)[0].sentence


def test_an_approval_of_another_diff_is_refused_and_changes_nothing(house, who, question):
    with pytest.raises(AskPerson, match="changed after you opened it"):
        approve(house, who("priya"), question, fingerprint="0" * 64)
    assert decision(house).state == "proposed"


def test_an_approval_of_an_older_version_is_refused_and_queues_nothing(house, who, question):
    with pytest.raises(AskPerson, match="changed while you were reading"):
        approve(house, who("priya"), question, version=7)
    assert decision(house).state == "proposed"


def test_the_second_person_is_told_who_was_first_and_when(house, who, question):
    approve(house, who("tom"), question)
    with pytest.raises(AskPerson, match=r"Already approved by Tom Okafor at 09 Nov 09:30 UTC"):
        approve(house, who("priya"), question)
    with pytest.raises(AskPerson, match="Tom Okafor"):
        escalations.reject(
            house, who("priya"), NOW, client=C, escalation_id=question, version=1, reason="No."
        )


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_a_reason_is_required(house, who, question, reason):
    with pytest.raises(BadInput, match="Write a reason"):
        approve(house, who("priya"), question, reason=reason)
    assert decision(house).state == "proposed"


def test_a_reason_of_a_page_is_refused(house, who, question):
    with pytest.raises(BadInput, match="1,000"):
        approve(house, who("priya"), question, reason="x" * 1001)


def test_an_approval_of_what_no_longer_waits_is_not_told_as_done(house, who, question):
    house.store.write(lambda conn: decisions.set_state(conn, C, "D-1", "voided", now=NOW))
    with pytest.raises(AskPerson, match="no longer waits"):
        approve(house, who("priya"), question)
    with house.store.read() as conn:
        assert table.get(conn, C, question).status == "open"


def test_a_rejection_is_kept_with_its_reason_and_the_decision_never_runs(house, who, question):
    escalations.reject(
        house, who("priya"), NOW, client=C, escalation_id=question, version=1, reason="Too soon."
    )
    assert decision(house).state == "proposed"
    with house.store.read() as conn:
        assert [e.fingerprint for e in table.rejected(conn, C)] == [ACTION.fingerprint]
        assert decisions.to_apply(conn, C) == []


def test_a_deferral_needs_a_time_to_come_and_approves_nothing(house, who, question):
    ask = {"client": C, "escalation_id": question, "version": 1, "reason": "Later."}
    with pytest.raises(BadInput, match="future"):
        escalations.defer(house, who("priya"), NOW, **ask, until=NOW)
    escalations.defer(house, who("priya"), NOW, **ask, until=NOW + timedelta(days=1))
    assert decision(house).state == "proposed"
    assert [e.status for e in escalations.open_for(house, who("tom"))] == ["deferred"]


def test_there_is_no_deciding_what_does_not_exist(house, who):
    with pytest.raises(BadInput, match="no escalation E-9"):
        approve(house, who("priya"), "E-9")


@pytest.fixture
def plan():
    """A plan of one budget; its figures are the planner's own business and decide nothing here."""
    return Plan.model_construct(client=C, month=NOW.date().replace(day=1), actions=(ACTION,))


def saved(house, plan, monkeypatch):
    monkeypatch.setattr(plans.Plan, "model_validate_json", lambda text: plan)
    house.store.write(
        lambda conn: plan_table.save(
            conn, C, "P-1", month=plan.month, body_json="{}", status="waiting", now=NOW
        )
    )


def decide(house, scope, plan, **more):
    given = {"plan_id": "P-1", "fingerprint": plan.fingerprint, "reason": "As agreed."}
    plans.approve(house, scope, NOW, client=C, **{**given, **more})


def test_approving_a_plan_queues_each_of_its_actions_with_the_approval(
    house, who, plan, monkeypatch
):
    saved(house, plan, monkeypatch)
    decide(house, who("priya"), plan)
    with house.store.read() as conn:
        (queued,) = decisions.to_apply(conn, C)
    assert queued.fingerprint == ACTION.fingerprint
    assert Approval.model_validate_json(queued.approval_json).person == "priya"


def test_a_plan_that_changed_since_it_was_shown_is_not_approved(house, who, plan, monkeypatch):
    saved(house, plan, monkeypatch)
    with pytest.raises(AskPerson, match="changed after you opened it"):
        decide(house, who("priya"), plan, fingerprint="other")


def test_a_plan_is_decided_once_and_the_second_person_is_told(house, who, plan, monkeypatch):
    saved(house, plan, monkeypatch)
    decide(house, who("tom"), plan)
    with pytest.raises(AskPerson, match=r"already approved by Tom Okafor at 09 Nov 09:30 UTC"):
        decide(house, who("priya"), plan)


def test_a_plan_without_actions_still_takes_a_senior_person(house, who, plan, monkeypatch):
    empty = plan.model_copy(update={"actions": ()})
    saved(house, empty, monkeypatch)
    junior = Scope("lee", "Lee", "strategist", frozenset({C}))
    with pytest.raises(AskPerson, match="senior"):
        decide(house, junior, empty)
