"""Answering a question: approve once, reject with a reason, defer to a date. The first person wins."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from engine.commands.acting import found, moved, not_own, told
from engine.commands.approvals import approval, families, same_diff
from engine.commands.book import reason_given
from engine.commands.house import House
from engine.model.errors import AskPerson, BadInput
from engine.model.escalation_life import Answer, Defer
from engine.model.people import Scope
from engine.store import decisions, endings, reviews
from engine.store import escalations as table
from engine.store.escalations import Escalation


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
    reviewed: bool = False,
) -> None:
    """Say yes to exactly the diff that was shown, on the state it was made on; once, for 24 hours.

    ``reviewed`` says that the person read the words of an ad in a regulated category; without it none runs.
    The next tick judges it again and carries it out. An alarm without an action is taken on the same way.

    Raises:
        AskPerson: not senior, decided by somebody else already, changed since it was shown, or not reviewed.
        BadInput: no reason, or no such escalation.
    """
    scope.check(client, "strategist")
    why = reason_given(reason)

    def write(conn: Any) -> None:
        one = found(conn, client, escalation_id)
        same_diff(fingerprint, one.fingerprint)
        not_own(scope, one)
        grounds = json.loads(one.based_on_json) if one.based_on_json else {}
        asked = reviews.of_decision(conn, client, one.decision_id)
        covers = families(asked=asked, reviewed=reviewed)
        given = approval(scope, client, fingerprint, why, now, grounds, covers)
        moved(conn, one, Answer(scope.person, "approved", why), version, now)
        waits = one.decision_id is None or decisions.approve(
            conn, client, one.decision_id, given.model_dump_json()
        )
        if not waits:
            raise AskPerson("What this would have carried out no longer waits; look at it again.")
        told(conn, scope, now, one, "approved", f"{scope.name} approved: {one.title}. {why}")

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
    """Say no, with the reason; the same proposal returns only when its evidence changed, and says what.

    Raises:
        AskPerson: decided by somebody else already.
        BadInput: no reason, or no such escalation.
    """
    scope.check(client, "strategist")
    why = reason_given(reason)

    def write(conn: Any) -> None:
        one = found(conn, client, escalation_id)
        moved(conn, one, Answer(scope.person, "rejected", why), version, now)
        if one.decision_id is not None:
            endings.lose_variant(conn, client, one.decision_id, now)
        told(conn, scope, now, one, "rejected", f"{scope.name} rejected: {one.title}. {why}")

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
    """Put a decision off; it returns by itself at ``until`` (aware) with a fresh deadline and never approves itself.

    Raises:
        AskPerson: decided by somebody else already.
        BadInput: no reason, no such escalation, or a time that has passed.
    """
    scope.check(client, "strategist")
    why = reason_given(reason)
    if until <= now:
        raise BadInput("Choose a time in the future for the decision to come back.")

    def write(conn: Any) -> None:
        one = found(conn, client, escalation_id)
        moved(conn, one, Defer(scope.person, until, why), version, now)
        said = f"{scope.name} put off to {until:%d %b %Y %H:%M} UTC: {one.title}. {why}"
        told(conn, scope, now, one, "deferred", said)

    house.store.write(write)
