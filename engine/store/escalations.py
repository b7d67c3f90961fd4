"""What waits for a person: at most one open per client and cause, decided once."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, select, update

from engine.model.escalation_life import CLOCKED, UNDECIDED, Life, Status
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
_FIRST = 101
_EVIDENCE_KEPT = 50
# Set once, or by people only: a repeat of the same cause leaves them alone.
_STANDS = ("client", "escalation_id", "cause", "evidence_json", "opened_at", "due_at", "status")
_BY_PEOPLE = (
    *("deferred_until", "decided_by", "decided_at", "decision_reason", "version", "asked"),
    *("owner", "backup", "sla_hours", "clock_from", "snoozed_until", "acknowledged_by"),
    *("acknowledged_at", "breached_due", "safe", "safe_state", "safe_note", "follows"),
    *("policy_draft", "policy_diff_json", "times_seen", "last_seen_at"),
)


@dataclass(frozen=True)
class Escalation:
    """One question for a person. Instants are UTC; ``escalation_id`` is "" until it was stored.

    ``cause`` is the key that repeats fall under; ``evidence_json`` and ``options_json`` are JSON
    lists; ``fingerprint`` is that of the action asked about ("" when there is none). ``version``
    counts every change a person would have to see before deciding.

    ``asked`` is the person called now (None: the owner). ``sla_hours`` of their working time count from
    ``clock_from``. ``safe`` is the declared safe state, ``safe_note`` what it has led to. ``based_on_json`` are
    the facts the action rests on; ``follows`` is the question it comes back from. ``policy_draft`` is a draft a
    person wrote in answer, ``policy_diff_json`` what it changes. ``times_seen`` and ``last_seen_at`` count
    repeats, the opening included.
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
    asked: str | None = None
    safe: str | None = None
    safe_note: str | None = None
    based_on_json: str | None = None
    follows: str | None = None
    sla_hours: float | None = None
    clock_from: datetime | None = None
    snoozed_until: datetime | None = None
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    breached_due: datetime | None = None
    last_seen_at: datetime | None = None
    times_seen: int | None = None
    policy_draft: int | None = None
    policy_diff_json: str | None = None

    @property
    def life(self) -> Life:
        """The part of it that moves."""
        return Life(
            status=self.status,
            asked=self.asked or self.owner,
            backup=self.backup,
            clock_from=self.clock_from or self.opened_at,
            sla_hours=self.sla_hours or 0.0,
            due_at=self.due_at,
            snoozed_until=self.snoozed_until,
            deferred_until=self.deferred_until,
            acknowledged_by=self.acknowledged_by,
            acknowledged_at=self.acknowledged_at,
            breached_due=self.breached_due,
            decided_by=self.decided_by,
            decided_at=self.decided_at,
            reason=self.decision_reason,
        )


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
        new = dataclasses.replace(
            escalation,
            escalation_id=escalation_id,
            status="open",
            version=1,
            times_seen=1,
            last_seen_at=escalation.opened_at,
        )
        conn.execute(t.insert().values(**rows.values(new)))
        return escalation_id, True
    change: dict[str, Any] = {
        "evidence_json": _merged(there.evidence_json, escalation.evidence_json),
        "times_seen": (there.times_seen or 1) + 1,
        "last_seen_at": escalation.opened_at,
    }
    new_ground = escalation.based_on_json != there.based_on_json
    if escalation.fingerprint != there.fingerprint or new_ground:
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


def move(
    conn: Connection, found: Escalation, life: Life, *, expected_version: int, **more: Any
) -> bool:
    """Keep what an event made of it, and ``more`` columns; False: somebody was first since that version."""
    seen = _one(found.client, found.escalation_id).where(t.c.version == expected_version)
    done = conn.execute(
        seen.values(
            status=life.status,
            asked=life.asked,
            due_at=life.due_at,
            sla_hours=life.sla_hours,
            clock_from=life.clock_from,
            snoozed_until=life.snoozed_until,
            deferred_until=life.deferred_until,
            acknowledged_by=life.acknowledged_by,
            acknowledged_at=life.acknowledged_at,
            breached_due=life.breached_due,
            decided_by=life.decided_by,
            decided_at=life.decided_at,
            decision_reason=life.reason,
            version=expected_version + 1,
            **more,
        )
    )
    return done.rowcount == 1


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
    found = get(conn, client, escalation_id)
    if found is None or found.status not in UNDECIDED or found.version != expected_version:
        return False
    life = dataclasses.replace(
        found.life,
        status=status,
        decided_by=person,
        decided_at=now,
        reason=reason,
        deferred_until=deferred_until,
    )
    return move(conn, found, life, expected_version=expected_version)


def close(
    conn: Connection, client: str, escalation_id: str, status: Literal["done", "voided"], why: str
) -> bool:
    """End one without a person: ``done`` after its approval, ``voided`` when its cause is gone.

    A person's name and instant stay; ``why`` is added to the reason. False: it was ended already.
    """
    there = get(conn, client, escalation_id)
    if there is None or there.status in ("done", "voided", "rejected", "tightened"):
        return False
    reason = f"{there.decision_reason} {why}".strip()
    ended = _one(client, escalation_id).values(
        status=status, decision_reason=reason, version=there.version + 1
    )
    return conn.execute(ended).rowcount == 1


def note_safe(conn: Connection, client: str, escalation_id: str, said: str) -> None:
    """Say what its safe state has led to."""
    conn.execute(_one(client, escalation_id).values(safe_note=said))


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


def undecided(conn: Connection, client: str) -> list[Escalation]:
    """Everything of one client nobody has answered, the oldest first."""
    mine = _of(client).where(t.c.status.in_(UNDECIDED))
    return rows.load(conn, mine.order_by(t.c.opened_at, t.c.escalation_id), Escalation)


def breached(conn: Connection, client: str) -> list[Escalation]:
    """Undecided ones whose deadline has passed: their safe state holds."""
    passed = (t.c.status.in_(CLOCKED), t.c.breached_due == t.c.due_at)
    return rows.load(conn, _of(client).where(*passed).order_by(t.c.opened_at), Escalation)


def answered_causes(conn: Connection, client: str) -> set[str]:
    """The causes a person has decided once: the same trouble seen again in its period is no news."""
    said = select(t.c.cause).where(
        t.c.client_id == client, t.c.status.in_(("approved", "rejected", "tightened", "done"))
    )
    return set(conn.execute(said).scalars())


def rejected(conn: Connection, client: str) -> list[Escalation]:
    """Proposals people said no to, the newest first."""
    no = _of(client).where(t.c.status.in_(("rejected", "tightened")), t.c.action_json.is_not(None))
    return rows.load(conn, no.order_by(t.c.decided_at.desc()), Escalation)
