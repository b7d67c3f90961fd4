"""What waits for a person: at most one open per client and cause, decided once."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, select, update

from engine.model.people import Scope
from engine.store import rows
from engine.store.tables import escalations as t

Kind = Literal[
    "bound",
    "plan",
    "spend_anomaly",
    "performance_drift",
    "attribution_mismatch",
    "lead_quality",
    "outside_edit",
    "stale_source",
    "tracking_broken",
    "expiring_token",
    "rejected_ad",
]
Status = Literal["open", "deferred", "approved", "rejected", "done", "voided"]
UNDECIDED: tuple[Status, ...] = ("open", "deferred")
_FIRST = 101
_EVIDENCE_KEPT = 50
# Set once, or by people only: a repeat of the same cause leaves them alone.
_STANDS = ("client", "escalation_id", "cause", "evidence_json", "opened_at", "due_at", "status")
_BY_PEOPLE = ("deferred_until", "decided_by", "decided_at", "decision_reason", "version")


@dataclass(frozen=True)
class Escalation:
    """One question for a person. Instants are UTC; ``escalation_id`` is "" until it was stored.

    ``cause`` is the key that repeats fall under; ``evidence_json`` and ``options_json`` are JSON
    lists; ``fingerprint`` is that of the action asked about ("" when there is none). ``version``
    counts every change a person would have to see before deciding.
    """

    client: str
    cause: str
    kind: Kind
    title: str
    what: str
    owner: str
    backup: str
    opened_at: datetime
    due_at: datetime
    evidence_json: str = "[]"
    action_json: str | None = None
    fingerprint: str = ""
    decision_id: str | None = None
    rule_quote: str = ""
    options_json: str = "[]"
    safe_state: str = ""
    waiting_cost: str = ""
    status: Status = "open"
    deferred_until: datetime | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    decision_reason: str = ""
    version: int = 1
    escalation_id: str = ""


def open_or_add(conn: Connection, escalation: Escalation) -> tuple[str, bool]:
    """Open an escalation, or add its evidence to the undecided one of the same client and cause.

    When a repeat asks about another action, the question is replaced and ``version`` goes up, so
    that nobody approves what they have not seen. Returns its id (``E-101``, counted over the whole
    store) and whether it was opened.
    """
    there = rows.first(
        conn,
        _of(escalation.client).where(t.c.cause == escalation.cause, t.c.status.in_(UNDECIDED)),
        Escalation,
    )
    if there is None:
        escalation_id = f"E-{rows.next_number(conn, '', 'escalation', _FIRST)}"
        new = dataclasses.replace(escalation, escalation_id=escalation_id, status="open", version=1)
        conn.execute(t.insert().values(**rows.values(new)))
        return escalation_id, True
    change: dict[str, Any] = {
        "evidence_json": _merged(there.evidence_json, escalation.evidence_json)
    }
    if escalation.fingerprint != there.fingerprint:
        stands = {rows.column(name) for name in (*_STANDS, *_BY_PEOPLE)}
        change |= {k: v for k, v in rows.values(escalation).items() if k not in stands}
        change["version"] = there.version + 1
    conn.execute(_one(escalation.client, there.escalation_id).values(**change))
    return there.escalation_id, False


def get(conn: Connection, client: str, escalation_id: str) -> Escalation | None:
    """One escalation, or None."""
    return rows.first(conn, _of(client).where(t.c.escalation_id == escalation_id), Escalation)


def open_for(conn: Connection, scope: Scope) -> list[Escalation]:
    """Everything undecided in reach, the soonest due first; deferred ones included."""
    mine = rows.pick(t, Escalation).where(rows.within(t, scope), t.c.status.in_(UNDECIDED))
    return rows.load(conn, mine.order_by(t.c.due_at, t.c.escalation_id), Escalation)


def all_for(conn: Connection, scope: Scope, status: Status | None = None) -> list[Escalation]:
    """Everything in reach of one status (None: any), newest first."""
    mine = rows.pick(t, Escalation).where(rows.within(t, scope))
    if status is not None:
        mine = mine.where(t.c.status == status)
    return rows.load(conn, mine.order_by(t.c.opened_at.desc(), t.c.escalation_id), Escalation)


def decide(
    conn: Connection,
    client: str,
    escalation_id: str,
    *,
    expected_version: int,
    status: Status,
    person: str,
    reason: str,
    now: datetime,
    deferred_until: datetime | None = None,
) -> bool:
    """Record a decision on the version a person saw; False: another was first, or it changed."""
    seen = _one(client, escalation_id).where(
        t.c.version == expected_version, t.c.status.in_(UNDECIDED)
    )
    done = conn.execute(
        seen.values(
            status=status,
            decided_by=person,
            decided_at=now,
            decision_reason=reason,
            deferred_until=deferred_until,
            version=expected_version + 1,
        )
    )
    return done.rowcount == 1


def close(
    conn: Connection, client: str, escalation_id: str, status: Literal["done", "voided"], why: str
) -> bool:
    """End one without a person: ``done`` after its approval, ``voided`` when its cause is gone.

    A person's name and instant stay; ``why`` is added to the reason. False: it was ended already.
    """
    there = get(conn, client, escalation_id)
    if there is None or there.status in ("done", "voided", "rejected"):
        return False
    reason = f"{there.decision_reason} {why}".strip()
    ended = _one(client, escalation_id).values(
        status=status, decision_reason=reason, version=there.version + 1
    )
    return conn.execute(ended).rowcount == 1


def _of(client: str) -> rows.Query:
    return rows.pick(t, Escalation).where(t.c.client_id == client)


def _one(client: str, escalation_id: str) -> Any:
    return update(t).where(t.c.client_id == client, t.c.escalation_id == escalation_id)


def _merged(there: str, more: str) -> str:
    """Both lists without doubles, the newest last and never more than is useful."""
    evidence = list(json.loads(there))
    evidence += [item for item in json.loads(more) if item not in evidence]
    return json.dumps(evidence[-_EVIDENCE_KEPT:])


def of_decision(conn: Connection, client: str, decision_id: str) -> str | None:
    """The escalation a decision's question was asked in, None when it was never asked."""
    mine = rows.pick(t, Escalation).where(t.c.client_id == client, t.c.decision_id == decision_id)
    found = rows.first(conn, mine.order_by(t.c.opened_at.desc()), Escalation)
    return None if found is None else found.escalation_id


def bring_back(conn: Connection, client: str, now: datetime, due_at: datetime) -> list[Escalation]:
    """Reopen what was deferred to an instant that has come, due at ``due_at``; returns what came back."""
    due = (t.c.client_id == client, t.c.status == "deferred", t.c.deferred_until <= now)
    back = rows.load(conn, rows.pick(t, Escalation).where(*due), Escalation)
    if back:
        conn.execute(
            update(t).where(*due).values(status="open", due_at=due_at, version=t.c.version + 1)
        )
    return back


def answered_causes(conn: Connection, client: str) -> set[str]:
    """The causes a person has decided once: the same trouble seen again in its period is no news."""
    said = select(t.c.cause).where(
        t.c.client_id == client, t.c.status.in_(("approved", "rejected", "done"))
    )
    return set(conn.execute(said).scalars())


def rejected_fingerprints(conn: Connection, client: str) -> set[str]:
    """The diffs a person said no to: the same one is not asked again."""
    no = select(t.c.fingerprint).where(t.c.client_id == client, t.c.status == "rejected")
    return {text for text in conn.execute(no).scalars() if text}
