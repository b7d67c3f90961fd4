"""Approving something else than was proposed: other amounts, judged again, approved as the new action they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.commands.acting import found, moved, not_own, told
from engine.commands.approvals import approval, same_diff
from engine.commands.book import reason_given
from engine.commands.house import House
from engine.commands.tending import Place
from engine.model.acts import lowered
from engine.model.acts import told as act_told
from engine.model.edited import edited
from engine.model.errors import AskPerson, BadInput
from engine.model.escalation_life import Answer
from engine.model.escalations import before_after
from engine.model.people import Scope
from engine.model.time import account_day
from engine.store import asking, clients, codec, decisions, desired
from engine.store.decisions import Decision
from engine.store.escalations import Escalation
from engine.store.passes import policy_in_force
from policies import grounds
from policies.gate import judge
from policies.verdict import Blocked


def approve_with_edit(
    house: House,
    scope: Scope,
    now: datetime,
    place: Place,
    *,
    fingerprint: str,
    amounts: Mapping[str, int],
    reason: str,
) -> None:
    """Approve the proposal with other daily budgets, in micros by campaign.

    It is a new action: judged now on the standing the last pass saw, and again when it is carried out. The yes
    counts for it alone, and what was proposed before never runs.

    Raises:
        AskPerson: not senior, decided by somebody else already, changed since it was shown, or no pass has looked at
        the account yet.
        BadInput: no reason, amounts that make no such action, or one the gate blocks, with every reason.
    """
    scope.check(place.client, "strategist")
    why = reason_given(reason)

    def write(conn: Any) -> None:
        one = found(conn, place.client, place.escalation_id)
        same_diff(fingerprint, one.fingerprint)
        not_own(scope, one)
        there = asking.standing(conn, place.client)
        if there is None:
            raise AskPerson("No pass has looked at the account yet; wait for the next one.")
        action = edited(_action(one), amounts)
        verdict = judge(action, policy_in_force(conn, place.client), there)
        if isinstance(verdict, Blocked):
            raise BadInput(f"The gate blocks it with these amounts. {verdict.sentence}")
        facts = grounds.facts(there, action)
        given = approval(scope, place.client, action.fingerprint, why, now, facts)
        decision = _decision(conn, one, verdict, now, place.version)
        kept = _columns(one, action, decision, facts)
        moved(conn, one, Answer(scope.person, "approved", why), place.version, now, **kept)
        _take_place(conn, one, decision, given.model_dump_json(), now)
        said = f"{scope.name} approved with other amounts: {lowered(decision.sentence)} {why}"
        told(conn, scope, now, one, "approved", said, {"edited": action.fingerprint})

    house.store.write(write)


def _action(one: Escalation) -> Any:
    if one.action_json is None:
        raise BadInput("There is nothing to change here: the question carries no action.")
    return codec.action(one.action_json)


def _decision(conn: Any, one: Escalation, verdict: Any, now: datetime, version: int) -> Decision:
    who, action = clients.client(conn, one.client), verdict.action
    return Decision(
        client=one.client,
        decision_id=f"{one.decision_id or one.escalation_id}-edit{version}",
        tick_id="",
        at=now,
        account_day=account_day(now, who.time_zone),
        agent=action.agent,
        kind=action.kind,
        action_json=codec.action_json(action),
        fingerprint=verdict.fingerprint,
        verdict=verdict.verdict,
        reasons_json=json.dumps([r.model_dump(mode="json") for r in verdict.reasons]),
        policy_version=verdict.policy_version,
        state="proposed",
        sentence=act_told(action, desired.load(conn, one.client)),
    )


def _columns(
    one: Escalation, action: Any, decision: Decision, facts: grounds.Facts
) -> dict[str, Any]:
    """The question as it was answered: the new diff in place of the old one, the evidence as it was."""
    rows = [{"what": w, "before": b, "after": a} for w, b, a in before_after(action)]
    kept = [r for r in json.loads(one.evidence_json) if "what" not in r]
    return {
        "action_json": decision.action_json,
        "fingerprint": decision.fingerprint,
        "decision_id": decision.decision_id,
        "evidence_json": json.dumps([*kept, *rows]),
        "based_on_json": json.dumps(dict(facts)),
    }


def _take_place(
    conn: Any, one: Escalation, decision: Decision, approval_json: str, now: datetime
) -> None:
    """The new decision is to be applied; what it takes the place of is voided.

    Raises:
        AskPerson: what was proposed does not wait any more.
    """
    if one.decision_id is not None:
        old = decisions.get(conn, one.client, one.decision_id)
        if old is None or old.state != "proposed":
            raise AskPerson("What this would have carried out no longer waits; look at it again.")
        decisions.set_state(conn, one.client, one.decision_id, "voided", now=now)
    decisions.record(conn, one.client, [decision])
    decisions.queue(conn, one.client, decision.decision_id, approval_json)
