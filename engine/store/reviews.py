"""Whether a yes has to include that a person read the words: an ad in a regulated category, whatever its money."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from engine.store import decisions
from engine.store.passes import policy_in_force
from policies.actions import copy_of
from policies.case import Case
from policies.standing import Standing

_REVIEW = "review"
_ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)
"""What words say does not depend on the hour."""


def of_decision(conn: Connection, client: str, decision_id: str | None) -> bool:
    """True when the gate asked for a review of what a decision would put before people."""
    found = decisions.get(conn, client, decision_id) if decision_id else None
    reasons = json.loads(found.reasons_json) if found else []
    return any(r.get("family") == _REVIEW and r.get("outcome") == "escalate" for r in reasons)


def of_actions(conn: Connection, client: str, actions: Iterable[Any]) -> bool:
    """The same for actions nobody has judged yet; without a policy that can be read every ad is to be read."""
    shown = [action for action in actions if copy_of(action)]
    if not shown:
        return False
    policy = policy_in_force(conn, client)
    if policy is None:
        return True
    nowhere = Standing(client=client, currency=policy.currency, now=_ANY_TIME, phase="configure")
    cases = (Case(action, nowhere, policy.targets) for action in shown)
    return any(True for case in cases for _ in policy.guardrails.regulated.judge(case))
