"""Plans: looked at as a diff, approved by a senior person as a whole, or rejected with the reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from engine.commands.approvals import approval, families, same_diff
from engine.commands.book import note, reason_given
from engine.commands.house import House
from engine.execution import changes
from engine.model.acts import told
from engine.model.changes import Change
from engine.model.desired import after
from engine.model.errors import AskPerson, BadInput
from engine.model.people import Scope
from engine.model.plans import Plan
from engine.model.time import account_day
from engine.store import clients, codec, decisions, desired, endings, passes, people, plans, reviews
from engine.store.clients import Client
from engine.store.decisions import Decision
from engine.store.plans import StoredPlan

_PLANNER = endings.PLANNER


def waiting(house: House, scope: Scope, client: str) -> list[StoredPlan]:
    """The plans of a client that wait for a decision, oldest first."""
    scope.check(client)
    with house.store.read() as conn:
        return plans.waiting(conn, client)


def diff(house: House, scope: Scope, now: datetime, client: str) -> list[Change]:
    """What would be written if everything decided were carried out now; nothing is written.

    Raises:
        TryLater: the platform cannot be read.
    """
    scope.check(client, "strategist", "admin", "team")
    with house.store.read() as conn:
        accounts = clients.accounts(conn, client)
        wanted = desired.load(conn, client)
        pending = decisions.to_apply(conn, client)
    for decision in pending:
        wanted = after(wanted, codec.action(decision.action_json))
    found: list[Change] = []
    for account in accounts:
        snapshot = house.platforms[account.platform].snapshot(client, account, now)
        found.extend(changes(wanted, snapshot))
    return found


def approve(
    house: House,
    scope: Scope,
    now: datetime,
    *,
    client: str,
    plan_id: str,
    fingerprint: str,
    reason: str,
    reviewed: bool = False,
) -> None:
    """Approve exactly the plan that was shown; the next tick judges each of its actions again and ships them.

    Raises:
        AskPerson: not a senior strategist, decided by somebody already, changed since it was shown, not reviewed
            where a new campaign's words are in a regulated category, or for a month that is over.
        BadInput: no reason, or no such plan.
    """
    scope.check(client, "strategist")
    why = reason_given(reason)
    if client not in scope.senior:
        raise AskPerson("A plan is approved by a senior strategist of this client.")

    def write(conn: Any) -> None:
        plan = _waiting(conn, client, plan_id, now)
        same_diff(fingerprint, plan.fingerprint)
        asked = reviews.of_actions(conn, client, plan.actions)
        covers = families(asked=asked, reviewed=reviewed)
        who = clients.client(conn, client)
        _replace_earlier(conn, who, now)
        plans.set_status(
            conn, client, plan_id, "approved", person=scope.person, reason=why, now=now
        )
        names = desired.load(conn, client)
        for number, action in enumerate(plan.actions, start=1):
            given = approval(scope, client, action.fingerprint, why, now, families=covers)
            said = told(action, names)
            decision = _decision(plan, plan_id, number, account_day(now, who.time_zone), now, said)
            decisions.record(conn, client, [decision])
            decisions.approve(conn, client, decision.decision_id, given.model_dump_json())
        said = f"{scope.name} approved the plan for {plan.month:%B %Y}. {why}"
        note(conn, scope, now, client, kind="plan_approved", ref=plan_id, sentence=said)

    house.store.write(write)


def _decision(
    plan: Plan, plan_id: str, number: int, today: date, now: datetime, said: str
) -> Decision:
    """The plan's action of that number (from 1) as a decision that waits for its approval."""
    action = plan.actions[number - 1]
    return Decision(
        client=plan.client,
        decision_id=f"{plan_id}-{number}",
        tick_id="",
        at=now,
        account_day=today,
        agent=_PLANNER,
        kind=action.kind,
        action_json=codec.action_json(action),
        fingerprint=action.fingerprint,
        verdict="escalated",
        reasons_json="[]",
        policy_version=None,
        state="proposed",
        sentence=said,
    )


def reject(
    house: House, scope: Scope, now: datetime, *, client: str, plan_id: str, reason: str
) -> None:
    """Send a plan back with the reason; the budgets that are set stay as they are.

    Raises:
        AskPerson: decided by somebody already, or for a month that is over.
        BadInput: no reason, or no such plan.
    """
    scope.check(client, "strategist")
    why = reason_given(reason)

    def write(conn: Any) -> None:
        plan = _waiting(conn, client, plan_id, now)
        plans.set_status(
            conn, client, plan_id, "rejected", person=scope.person, reason=why, now=now
        )
        said = f"{scope.name} rejected the plan for {plan.month:%B %Y}. {why}"
        note(conn, scope, now, client, kind="plan_rejected", ref=plan_id, sentence=said)

    house.store.write(write)


def _replace_earlier(conn: Any, who: Client, now: datetime) -> None:
    """Acts of earlier plans that still wait are not carried out: the plan approved now stands for them."""
    why = "A newer plan was approved."
    for old in decisions.to_apply(conn, who.client):
        if old.agent == _PLANNER and old.state == "to_apply":
            endings.end(conn, who.client, old.decision_id, "voided", why, now)
            said = f"Not carried out any more: {why} {old.sentence}"
            passes.book(conn, who.client, now, [("voided", old.decision_id, said, {})])


def _waiting(conn: Any, client: str, plan_id: str, now: datetime) -> Plan:
    stored = plans.get(conn, client, plan_id)
    if stored is None:
        raise BadInput(f"There is no plan {plan_id} for this client.")
    if stored.status != "waiting":
        names = {p.person: p.name for p in people.people(conn)}
        by = names.get(stored.decided_by or "", stored.decided_by)
        told = f" by {by} at {stored.decided_at:%d %b %H:%M} UTC" if stored.decided_at else ""
        raise AskPerson(f"This plan is already {stored.status}{told}.")
    today = account_day(now, clients.client(conn, client).time_zone)
    if stored.month < today.replace(day=1):
        raise AskPerson(
            f"This plan is for {stored.month:%B %Y}, which is over; decide the plan of "
            f"{today:%B %Y}, which the next daily pass makes."
        )
    return Plan.model_validate_json(stored.body_json)
