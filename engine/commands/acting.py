"""What every verb on a question shares: finding it, one event on the version that was seen, one line in the ledger."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.commands.book import note
from engine.model.errors import AskPerson, BadInput
from engine.model.escalation_life import UNDECIDED, Event, NotAllowed, step
from engine.model.people import Scope
from engine.store import asking, people
from engine.store import escalations as table
from engine.store.escalations import Escalation
from policies.agents import PERSON


def found(conn: Any, client: str, escalation_id: str) -> Escalation:
    """One question.

    Raises:
        BadInput: there is none of that id.
    """
    one = table.get(conn, client, escalation_id)
    if one is None:
        raise BadInput(f"There is no escalation {escalation_id} for this client.")
    return one


def moved(
    conn: Any, one: Escalation, event: Event, version: int, now: datetime, **more: Any
) -> None:
    """Let one event happen to the version a person saw; ``more`` are columns kept with it.

    Raises:
        AskPerson: somebody was first, or it changed: told who and when.
        BadInput: the event is not allowed now.
    """
    if one.version != version or one.status not in UNDECIDED:
        raise AskPerson(_first(conn, one))
    try:
        life = step(one.life, event, now)
    except NotAllowed as no:
        raise BadInput(str(no)) from None
    if not table.move(conn, one, life, expected_version=version, **more):
        raise AskPerson(_first(conn, found(conn, one.client, one.escalation_id)))


def not_own(scope: Scope, one: Escalation) -> None:
    """Refuse a person's yes to their own move.

    Raises:
        AskPerson: they asked for it themselves.
    """
    action = json.loads(one.action_json) if one.action_json else {}
    if isinstance(action, dict) and action.get("agent") == f"{PERSON}{scope.person}":
        raise AskPerson("You asked for this yourself; another senior person approves it.")


def name_of(conn: Any, person: str) -> str:
    """A person's name; the id of somebody who is not known any more."""
    return {p.person: p.name for p in people.people(conn)}.get(person, person)


def told(
    conn: Any,
    scope: Scope,
    now: datetime,
    one: Escalation,
    did: str,
    said: str,
    more: Mapping[str, Any] | None = None,
) -> None:
    """One line about it; how long it was open, and how long after the person first opened its card.

    ``seconds_to_decide`` is None when the person answered without having opened it.
    """
    seen = asking.first_seen(conn, one.client, one.escalation_id, scope.person)
    detail = {
        "escalation": one.escalation_id,
        "cause": one.cause,
        "fingerprint": one.fingerprint,
        "minutes_open": round((now - one.opened_at).total_seconds() / 60),
        "seconds_to_decide": None if seen is None else round((now - seen).total_seconds()),
        **(more or {}),
    }
    note(
        conn,
        scope,
        now,
        one.client,
        kind=f"escalation_{did}",
        ref=one.escalation_id,
        sentence=said,
        detail=detail,
    )


def _first(conn: Any, one: Escalation) -> str:
    if one.decided_by and one.decided_at and one.status not in UNDECIDED:
        who = name_of(conn, one.decided_by)
        return f"Already {one.status} by {who} at {one.decided_at:%d %b %H:%M} UTC."
    return "This changed while you were reading it; look at it again before you decide."
