"""How the demo's strategist decides while the demo is built, by the commands of a person.

Priya Raman works Monday to Friday. What she does is marked in the ledger by the words ``Demo:`` in
her reason.
1. Plans are approved on the day they are proposed.
2. What asks for more of a bound is approved when its number is even and rejected when it is odd.
3. Spend anomalies and edits by hand are taken on the same day.
4. Drift and lead quality are put off once to the next Monday, then taken on.
5. That YouTube claims more than the CRM knows is no news: put off for four weeks, then taken on.
6. The last four days before the demo opens she is away, so that what came up then is still open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from engine.commands import escalations, plans
from engine.commands.house import House
from engine.commands.people import person_scope
from engine.model.errors import AskPerson
from engine.model.people import Scope
from engine.model.plans import Plan
from engine.model.time import account_day

PERSON = "priya"
AWAY = timedelta(days=4)
SAME_DAY = frozenset({"spend_anomaly", "outside_edit", "stale_source"})
KNOWN = "attribution_mismatch"
LOOKS_AGAIN = frozenset({"performance_drift", "lead_quality", KNOWN})


@dataclass(frozen=True)
class Acts:
    """How many things were decided in one sitting."""

    plans: int = 0
    escalations: int = 0


def sit_down(house: House, now: datetime, client: str, time_zone: str, opens: date) -> Acts:
    """Decide what waits for one client; ``opens``: the demo's first day of being open."""
    today = account_day(now, time_zone)
    if today.weekday() >= 5 or opens - today <= AWAY:
        return Acts()
    scope = person_scope(house.store, PERSON)
    return Acts(_plans(house, scope, now, client), _escalations(house, scope, now, client))


def _plans(house: House, scope: Scope, now: datetime, client: str) -> int:
    waiting = plans.waiting(house, scope, client)
    for stored in waiting:
        plan = Plan.model_validate_json(stored.body_json)
        plans.approve(
            house,
            scope,
            now,
            client=client,
            plan_id=stored.plan_id,
            fingerprint=plan.fingerprint,
            reason="Demo: within the envelope agreed with the client.",
        )
    return len(waiting)


def _escalations(house: House, scope: Scope, now: datetime, client: str) -> int:
    mine = [
        e
        for e in escalations.open_for(house, scope)
        if e.client == client and e.kind != "plan" and not _put_off(e, now)
    ]
    return sum(_decide(house, scope, now, each) for each in mine)


def _put_off(escalation: Any, now: datetime) -> bool:
    until = escalation.deferred_until
    return escalation.status == "deferred" and until is not None and until > now


def _decide(house: House, scope: Scope, now: datetime, escalation: Any) -> bool:
    """True when it was decided; that somebody else was first is no failure."""
    try:
        if escalation.kind == "bound" and _number(escalation.escalation_id) % 2:
            _reject(house, scope, now, escalation)
        elif escalation.kind in LOOKS_AGAIN and escalation.deferred_until is None:
            monday = timedelta(days=7 - now.weekday())
            known = escalation.kind == KNOWN
            _defer(house, scope, now, escalation, timedelta(weeks=4) if known else monday)
        else:
            _approve(house, scope, now, escalation)
    except AskPerson:
        return False
    return True


def _approve(house: House, scope: Scope, now: datetime, escalation: Any) -> None:
    escalations.approve(
        house,
        scope,
        now,
        client=escalation.client,
        escalation_id=escalation.escalation_id,
        version=escalation.version,
        fingerprint=escalation.fingerprint,
        reason="Demo: the evidence holds; go on."
        if escalation.action_json
        else "Demo: seen, and taken on.",
    )


def _reject(house: House, scope: Scope, now: datetime, escalation: Any) -> None:
    escalations.reject(
        house,
        scope,
        now,
        client=escalation.client,
        escalation_id=escalation.escalation_id,
        version=escalation.version,
        reason="Demo: the bound stays as the client signed it.",
    )


def _defer(house: House, scope: Scope, now: datetime, escalation: Any, wait: timedelta) -> None:
    escalations.defer(
        house,
        scope,
        now,
        client=escalation.client,
        escalation_id=escalation.escalation_id,
        version=escalation.version,
        until=now + wait,
        reason="Demo: look again with more weeks of data; the CRM stays the truth.",
    )


def _number(escalation_id: str) -> int:
    return int("".join(filter(str.isdigit, escalation_id)) or 0)
