"""Whether a draft is a proven tightening, which its author may publish at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from engine.store import judged_on
from engine.store.policies import AGENCY, StoredPolicy
from policies.drafting.dry_run import milder
from policies.drafting.proof import text_proof
from policies.reading import read_policy

PAST = timedelta(days=90)
"""How far back the second check looks: no action of that time may be judged milder."""


def obstacle(conn: Any, now: datetime, draft: StoredPolicy, before: StoredPolicy | None) -> str:
    """Why a draft is not a proven tightening of the version in force; empty where it is.

    Proven twice: by the direction of every field that differs, and on the past actions of the client.
    """
    if draft.client == AGENCY:
        return "The agency's values are no policy by themselves, so nothing can be proved of them."
    text = before.body_json if before else None
    found = text_proof(text, draft.body_json)
    if not found.proven:
        return f"It is not a proven tightening: {found.why}"
    in_force, drafted = (read_policy(b, suffix=".json") for b in (text or "", draft.body_json))
    past = judged_on.past(conn, draft.client, now - PAST, now)
    let_through = milder(past, in_force, drafted)
    if let_through:
        return (
            "It is not a proven tightening: it would judge a past action milder than the version in force"
            f" ({let_through[0].act})"
        )
    return ""
