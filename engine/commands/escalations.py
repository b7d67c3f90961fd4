"""Deciding an escalation: approve once, reject with a reason, defer to a date. The first person wins."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.commands.approvals import approval, same_diff
from engine.commands.book import note, reason_given
from engine.commands.house import House
from engine.model.errors import AskPerson, BadInput
from engine.model.people import Scope
from engine.store import decisions, endings, people
from engine.store import escalations as table
from engine.store.escalations import Escalation, Status


def open_for(house: House, scope: Scope) -> list[Escalation]:
    """The open escalations in reach of a scope, the next due first."""
    with house.store.read() as conn:
        return table.open_for(conn, scope)


def approve(
    house: House,
    scope: Scope,
    now: datetime,
    *,
    client: str,
    escalation_id: str,
    version: int,
    fingerprint: str,
    reason: str,
) -> None:
    """Say yes to exactly the diff that was shown; the next tick judges it again and carries it out.

    An alarm without an action is acknowledged the same way: the person has taken it on.

    Raises:
        AskPerson: not senior, decided by somebody else already, or changed since it was shown.
        BadInput: no reason, or no such escalation.
    """
    scope.check(client, "strategist")
    why = reason_given(reason)

    def write(conn: Any) -> None:
        found = _found(conn, client, escalation_id)
        same_diff(fingerprint, found.fingerprint)
        given = approval(scope, client, fingerprint, why, now)
        _decide(conn, scope, now, found, version, "approved", why)
        waits = found.decision_id is None or decisions.approve(
            conn, client, found.decision_id, given.model_dump_json()
        )
        if not waits:
            raise AskPerson("What this would have carried out no longer waits; look at it again.")
        _note(conn, scope, now, found, "approved", f"{scope.name} approved: {found.title}. {why}")

    house.store.write(write)


def reject(
    house: House,
    scope: Scope,
    now: datetime,
    *,
    client: str,
    escalation_id: str,
    version: int,
    reason: str,
) -> None:
    """Say no, with the reason; the same proposal returns only when its evidence changed.

    Raises:
        AskPerson: decided by somebody else already.
        BadInput: no reason, or no such escalation.
    """
    scope.check(client, "strategist")
    why = reason_given(reason)

    def write(conn: Any) -> None:
        found = _found(conn, client, escalation_id)
        _decide(conn, scope, now, found, version, "rejected", why)
        if found.decision_id is not None:
            endings.lose_variant(conn, client, found.decision_id, now)
        _note(conn, scope, now, found, "rejected", f"{scope.name} rejected: {found.title}. {why}")

    house.store.write(write)


def defer(
    house: House,
    scope: Scope,
    now: datetime,
    *,
    client: str,
    escalation_id: str,
    version: int,
    until: datetime,
    reason: str,
) -> None:
    """Put a decision off; it returns by itself at ``until`` (aware) and never approves itself.

    Raises:
        AskPerson: decided by somebody else already.
        BadInput: no reason, no such escalation, or a time that has passed.
    """
    scope.check(client, "strategist")
    why = reason_given(reason)
    if until <= now:
        raise BadInput("Choose a time in the future for the decision to come back.")

    def write(conn: Any) -> None:
        found = _found(conn, client, escalation_id)
        _decide(conn, scope, now, found, version, "deferred", why, until)
        when = f"{until:%d %b %Y %H:%M} UTC"
        _note(
            conn,
            scope,
            now,
            found,
            "deferred",
            f"{scope.name} put off to {when}: {found.title}. {why}",
        )

    house.store.write(write)


def _found(conn: Any, client: str, escalation_id: str) -> Escalation:
    found = table.get(conn, client, escalation_id)
    if found is None:
        raise BadInput(f"There is no escalation {escalation_id} for this client.")
    return found


def _decide(
    conn: Any,
    scope: Scope,
    now: datetime,
    found: Escalation,
    version: int,
    status: Status,
    reason: str,
    until: datetime | None = None,
) -> None:
    won = table.decide(
        conn,
        found.client,
        found.escalation_id,
        expected_version=version,
        status=status,
        person=scope.person,
        reason=reason,
        now=now,
        deferred_until=until,
    )
    if won:
        return
    if found.decided_by and found.decided_at and found.status not in {"open", "deferred"}:
        names = {p.person: p.name for p in people.people(conn)}
        who = names.get(found.decided_by, found.decided_by)
        raise AskPerson(f"Already {found.status} by {who} at {found.decided_at:%d %b %H:%M} UTC.")
    raise AskPerson("This changed while you were reading it; look at it again before you decide.")


def _note(conn: Any, scope: Scope, now: datetime, found: Escalation, did: str, said: str) -> None:
    detail = {
        "escalation": found.escalation_id,
        "cause": found.cause,
        "fingerprint": found.fingerprint,
        "minutes_open": round((now - found.opened_at).total_seconds() / 60),
    }
    note(
        conn,
        scope,
        now,
        found.client,
        kind=f"escalation_{did}",
        ref=found.escalation_id,
        sentence=said,
        detail=detail,
    )
