"""Reads the plan page of one client from the store, in one view of it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from engine.model.people import Scope
from engine.model.plans import Plan
from engine.model.time import account_day, month_start
from engine.reporting.client.standing import stored_standing
from engine.reporting.client.targets import targets
from engine.reporting.offers import sold
from engine.reporting.plans.view import Known, Meta
from engine.store import Store, clients, desired, ledger, passes, plans, policies
from engine.store.plans import StoredPlan
from engine.store.reads import moves

Infeasible = tuple[datetime, tuple[str, ...]]


def known(store: Store, scope: Scope, client: str, now: datetime) -> Known:
    """Everything the page is composed from.

    Raises:
        AskPerson: the client is out of the scope's reach, or the caller is none of the house's people.
    """
    scope.check(client, "strategist", "team", "admin")
    with store.read() as conn:
        who = clients.client(conn, client)
        month = month_start(account_day(now, who.time_zone))
        names = moves.names(conn)
        every = plans.plans(conn, client)
        current = plans.current(conn, client, month)
        waiting = [p for p in every if p.status == "waiting"]
        in_force = _read(current) if current else None
        return Known(
            client=client,
            name=who.name,
            currency=who.currency,
            zone=who.time_zone,
            noun=who.primary_action,
            month=month,
            in_force=(_meta(current, names), in_force) if current and in_force else None,
            proposed=(_meta(waiting[0], names), _read(waiting[0])) if waiting else None,
            history=tuple(_meta(p, names) for p in every if p.status != "waiting"),
            infeasible=_infeasible(conn, scope, client, f"{month:%Y-%m}", every),
            policy=passes.policy_in_force(conn, client),
            cap_micros=targets(policies.current(conn, client))["month_cap_micros"],
            standing=stored_standing(conn, client, now).judged,
            titles={key: c.title for key, c in desired.load(conn, client).items()},
            offers=sold(conn, client, now).campaigns,
        )


def _infeasible(
    conn: Any, scope: Scope, client: str, month: str, every: list[StoredPlan]
) -> Infeasible | None:
    """The last time no plan could be made for this month, unless one was made since."""
    found = ledger.entries(conn, scope, client, limit=1, kinds=("plan_infeasible",))
    if not found or found[0].ref != month:
        return None
    if any(p.created_at > found[0].at for p in every):
        return None
    reasons = json.loads(found[0].detail_json).get("reasons", [])
    return found[0].at, tuple(str(r) for r in reasons) or (found[0].sentence,)


def _read(stored: StoredPlan) -> Plan | None:
    try:
        return Plan.model_validate_json(stored.body_json)
    except ValidationError:
        return None


def _meta(stored: StoredPlan, names: dict[str, str]) -> Meta:
    by = stored.decided_by or ""
    return Meta(
        ref=stored.plan_id,
        month=stored.month,
        status=stored.status,
        created_at=stored.created_at,
        by=names.get(by, by),
        decided_at=stored.decided_at,
        reason=stored.reason,
    )
