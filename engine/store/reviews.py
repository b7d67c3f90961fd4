"""Whether a yes has to include that a person read the words: an ad in a regulated category, whatever its money."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from engine.store import asking, decisions
from engine.store.passes import policy_in_force
from policies.actions import copy_of
from policies.gate import judge

_REVIEW = "review"


def of_decision(conn: Connection, client: str, decision_id: str | None) -> bool:
    """True when the gate asked for a review of what a decision would put before people."""
    found = decisions.get(conn, client, decision_id) if decision_id else None
    reasons = json.loads(found.reasons_json) if found else []
    return any(r.get("family") == _REVIEW and r.get("outcome") == "escalate" for r in reasons)


def of_actions(conn: Connection, client: str, actions: Iterable[Any]) -> bool:
    """The same for actions nobody has judged yet, on the standing the last pass saw.

    Before the first pass every ad counts as one that is to be read.
    """
    shown = [action for action in actions if copy_of(action)]
    if not shown:
        return False
    there, policy = asking.standing(conn, client), policy_in_force(conn, client)
    if there is None or policy is None:
        return True
    verdicts = [judge(action, policy, there) for action in shown]
    return any(r.family == _REVIEW for v in verdicts for r in v.reasons)
