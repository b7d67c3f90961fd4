"""The write-ahead log of execution: one open intent per thing, held by a unique key.

``slot`` is "" while an intent is open and its own id once it is done, so that a thing can have one
open intent and any number of finished ones. Checking before inserting is not enough: two at once
both pass.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, func, select, update

from engine.model.changes import Change
from engine.model.errors import GiveUp, TryLater
from engine.model.ports import Intent, IntentState
from engine.store import codec
from engine.store.connect import Store
from engine.store.tables import intents as t

SWITCH = "kill-switch"
"""What the kill switch's own writes are logged under, in place of a decision."""

_OPEN = ""


class StoredIntents:
    """The ``IntentLog`` of a store. Each method commits on its own."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def open(
        self, client: str, account: str, decision: str, changes: Sequence[Change], now: datetime
    ) -> tuple[Intent, ...]:
        """Commit one intent per change, state ``sent``.

        Raises:
            TryLater: one of the things already has an open intent; nothing was recorded.
            GiveUp: one thing is to be written twice at once; nothing was recorded.
        """
        keys = [change.natural_key for change in changes]
        if len(set(keys)) != len(keys):
            raise GiveUp("One request writes the same thing twice; plan it again.")

        def record(conn: Connection) -> tuple[Intent, ...]:
            _refuse_open(conn, client, account, keys)
            opened = _numbered(conn, client, account, decision=decision, changes=changes, now=now)
            if opened:
                conn.execute(t.insert(), [_columns(intent) for intent in opened])
            return opened

        return self._store.write(record)

    def close(
        self, intents: Sequence[Intent], state: IntentState, note: str, now: datetime
    ) -> None:
        """Record what became of intents; ``unknown`` leaves them open. Done stays done."""
        still_open = state in ("unknown", "sent")

        def record(conn: Connection) -> None:
            for intent in intents:
                one = _thing(intent.client, intent.account, (intent.natural_key,))
                change = update(t).where(one, t.c.intent_id == intent.intent_id, t.c.slot == _OPEN)
                conn.execute(
                    change.values(
                        state=state,
                        note=note,
                        slot=_OPEN if still_open else intent.intent_id,
                        closed_at=None if still_open else now,
                    )
                )

        self._store.write(record)

    def unresolved(self, client: str) -> tuple[Intent, ...]:
        """Intents still ``sent`` or ``unknown``, oldest first."""
        with self._store.read() as conn:
            return unresolved(conn, client)


def unresolved(conn: Connection, client: str) -> tuple[Intent, ...]:
    """Intents still ``sent`` or ``unknown``, oldest first, as the connection sees them."""
    mine = select(t).where(t.c.client_id == client, t.c.slot == _OPEN)
    found = conn.execute(mine.order_by(t.c.sent_at, t.c.group_id, t.c.natural_key))
    return tuple(map(_intent, found))


def switched_off(conn: Connection, client: str, since: datetime | None) -> frozenset[str]:
    """Campaigns whose last write by the kill switch since then (aware UTC; None: ever) paused them."""
    mine = select(t).where(
        t.c.client_id == client,
        t.c.decision == SWITCH,
        t.c.state.in_(("applied", "already")),
        *([t.c.sent_at >= since] if since else []),
    )
    found = map(_intent, conn.execute(mine.order_by(t.c.sent_at, t.c.attempt)))
    last = {i.change.campaign_key: i.change.kind for i in found}
    return frozenset(key for key, kind in last.items() if kind == "pause_campaign")


def history(conn: Connection, client: str, limit: int = 100) -> tuple[Intent, ...]:
    """The last intents of a client, done or open, newest first."""
    mine = select(t).where(t.c.client_id == client).order_by(t.c.sent_at.desc(), t.c.natural_key)
    return tuple(map(_intent, conn.execute(mine.limit(limit))))


def _thing(client: str, account: str, keys: Sequence[str]) -> ColumnElement[bool]:
    return (t.c.client_id == client) & (t.c.account == account) & t.c.natural_key.in_(keys)


def _refuse_open(conn: Connection, client: str, account: str, keys: Sequence[str]) -> None:
    taken = select(t.c.natural_key, t.c.sent_at).where(
        _thing(client, account, keys), t.c.slot == _OPEN
    )
    first = conn.execute(taken.order_by(t.c.natural_key)).first()
    if first is not None:
        raise TryLater(
            f"A write to {first.natural_key} of {first.sent_at:%Y-%m-%d %H:%M} UTC is not settled "
            "yet; nothing more is written to it until it has been read back."
        )


def _numbered(
    conn: Connection,
    client: str,
    account: str,
    *,
    decision: str,
    changes: Sequence[Change],
    now: datetime,
) -> tuple[Intent, ...]:
    """The intents to record; ids follow from what they stand for, so that a run can be repeated."""
    tried = select(t.c.natural_key, func.count()).where(
        _thing(client, account, [c.natural_key for c in changes]), t.c.decision == decision
    )
    before = {row[0]: int(row[1]) for row in conn.execute(tried.group_by(t.c.natural_key))}
    attempts = [before.get(c.natural_key, 0) + 1 for c in changes]
    ids = [
        _hash(client, account, change.natural_key, decision, str(attempt))
        for change, attempt in zip(changes, attempts, strict=True)
    ]
    group = _hash(*ids)
    return tuple(
        Intent(
            intent_id=intent_id,
            client=client,
            account=account,
            natural_key=change.natural_key,
            decision=decision,
            group=group,
            change=change,
            state="sent",
            sent_at=now,
            attempt=attempt,
        )
        for intent_id, change, attempt in zip(ids, changes, attempts, strict=True)
    )


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]


def _columns(intent: Intent) -> dict[str, object]:
    return {
        "client_id": intent.client,
        "account": intent.account,
        "natural_key": intent.natural_key,
        "slot": _OPEN,
        "intent_id": intent.intent_id,
        "decision": intent.decision,
        "group_id": intent.group,
        "change_json": codec.change_json(intent.change),
        "state": intent.state,
        "sent_at": intent.sent_at,
        "attempt": intent.attempt,
        "note": intent.note,
    }


def _intent(row: Row[tuple[object, ...]]) -> Intent:
    found = row._mapping
    return Intent(
        intent_id=found["intent_id"],
        client=found["client_id"],
        account=found["account"],
        natural_key=found["natural_key"],
        decision=found["decision"],
        group=found["group_id"],
        change=codec.change(found["change_json"]),
        state=found["state"],
        sent_at=found["sent_at"],
        attempt=found["attempt"],
        note=found["note"],
    )
