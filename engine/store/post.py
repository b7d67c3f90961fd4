"""The outbox: what is to be told to whom, and what became of it. Nothing is told twice."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, delete, func, or_, select, update

from engine.model.people import Scope
from engine.model.pings import About, Message, When, Wishes
from engine.store import rows
from engine.store.tables import decisions, deliveries, messages, ping_targets, ping_wishes

State = Literal["waiting", "sent", "nowhere", "over", "given_up", "unknown"]
Became = Literal["sent", "failed", "given_up", "unknown"]
_m, _d, _t = messages.c, deliveries.c, ping_targets.c


@dataclass(frozen=True)
class StoredTarget:
    """Where a person's messages go; its address is a secret of the vault under ``name``."""

    person: str
    target: str
    label: str
    service: str
    shown: str
    added_at: datetime

    @property
    def name(self) -> str:
        """What its address is kept under."""
        return vault_name(self.person, self.target)


def vault_name(person: str, target: str) -> str:
    """The name of a target's address among the secrets."""
    return f"ping/{person}/{target}"


@dataclass(frozen=True)
class StoredMessage:
    """One message; ``ended_at`` is None while it waits."""

    client: str
    key: str
    person: str
    about: About
    ref: str
    title: str
    body: str
    when: When
    state: State
    made_at: datetime
    not_before: datetime
    ended_at: datetime | None
    note: str


@dataclass(frozen=True)
class Delivery:
    """One message to one target; ``next_at`` is None when it is not tried again."""

    client: str
    key: str
    target: str
    person: str
    state: Literal["sending", "sent", "failed", "given_up", "unknown"]
    tries: int
    tried_at: datetime
    next_at: datetime | None
    note: str


def add(conn: Connection, client: str, made: Sequence[Message], now: datetime) -> int:
    """Put messages in the outbox; one whose key is there already is left alone. Returns how many were new."""
    wanted = {m.key: m for m in made if m.client == client}
    if not wanted:
        return 0
    there = select(_m.key).where(_m.client_id == client, _m.key.in_(sorted(wanted)))
    known = set(conn.execute(there).scalars())
    new = [
        StoredMessage(
            client=client,
            key=m.key,
            person=m.person,
            about=m.about,
            ref=m.ref,
            title=m.title,
            body=m.body,
            when=m.when,
            state="waiting",
            made_at=now,
            not_before=m.not_before,
            ended_at=None,
            note="",
        )
        for m in wanted.values()
        if m.key not in known
    ]
    if new:
        conn.execute(messages.insert(), [rows.values(m) for m in new])
    return len(new)


def due(
    conn: Connection, client: str, now: datetime, limit: int, quiet: Collection[str] = ()
) -> list[StoredMessage]:
    """What waits and may go out now, oldest first; nothing for those whose quiet hours it is."""
    mine = _messages(client).where(_m.state == "waiting", _m.not_before <= now)
    if quiet:
        mine = mine.where(_m.person.not_in(sorted(quiet)))
    return rows.load(conn, mine.order_by(_m.not_before, _m.key).limit(limit), StoredMessage)


def end(
    conn: Connection, client: str, keys: Collection[str], state: State, note: str, now: datetime
) -> None:
    """Say what became of messages that waited; what ended already stays as it is."""
    mine = update(messages).where(
        _m.client_id == client, _m.key.in_(sorted(keys)), _m.state == "waiting"
    )
    conn.execute(mine.values(state=state, note=note, ended_at=now))


def begin(
    conn: Connection, client: str, keys: Collection[str], target: StoredTarget, now: datetime
) -> int:
    """Note that messages are about to be sent to one target; returns which try it is (from 1).

    Messages that go out together have the same number of tries.
    """
    tries = 1 + max((d.tries for d in _of(conn, client, keys, target.target)), default=0)
    started = [
        rows.values(
            Delivery(client, key, target.target, target.person, "sending", tries, now, None, "")
        )
        for key in keys
    ]
    rows.put(conn, deliveries, started)
    return tries


def finish(
    conn: Connection,
    client: str,
    keys: Collection[str],
    target: str,
    state: Became,
    *,
    next_at: datetime | None = None,
    note: str = "",
) -> None:
    """Note what became of it."""
    mine = update(deliveries).where(
        _d.client_id == client, _d.key.in_(sorted(keys)), _d.target == target
    )
    conn.execute(mine.values(state=state, next_at=next_at, note=note))


def cut_off(conn: Connection, client: str, note: str) -> int:
    """Deliveries a crash cut off: they may have arrived, so they are never sent again."""
    mine = update(deliveries).where(_d.client_id == client, _d.state == "sending")
    return conn.execute(mine.values(state="unknown", note=note)).rowcount


def made(conn: Connection, client: str, keys: Collection[str]) -> list[Delivery]:
    """The deliveries of messages so far."""
    return _of(conn, client, keys, None)


def targets(conn: Connection, person: str) -> list[StoredTarget]:
    """Where a person's messages go, in the order they were added."""
    mine = rows.pick(ping_targets, StoredTarget).where(_t.person == person)
    return rows.load(conn, mine.order_by(_t.added_at, _t.target), StoredTarget)


def add_target(conn: Connection, target: StoredTarget) -> None:
    """Keep one more."""
    conn.execute(ping_targets.insert().values(**rows.values(target)))


def remove_target(conn: Connection, person: str, target: str) -> bool:
    """Forget one; False when there is none."""
    mine = delete(ping_targets).where(_t.person == person, _t.target == target)
    return conn.execute(mine).rowcount == 1


def wishes(conn: Connection, person: str, zone: str) -> Wishes:
    """When a person wants to be told; the usual where nothing was chosen."""
    w = ping_wishes.c
    found = conn.execute(select(ping_wishes).where(w.person == person)).mappings().first()
    if found is None:
        return Wishes(zone)
    times = found["quiet_from"], found["quiet_until"]
    quiet = (time.fromisoformat(times[0]), time.fromisoformat(times[1])) if all(times) else None
    return Wishes(zone, quiet, json.loads(found["choices_json"]))


def keep_wishes(conn: Connection, person: str, wanted: Wishes) -> None:
    """Keep a person's choices in place of the ones before."""
    quiet = wanted.quiet or (None, None)
    row = {
        "person": person,
        "quiet_from": quiet[0].isoformat("minutes") if quiet[0] else None,
        "quiet_until": quiet[1].isoformat("minutes") if quiet[1] else None,
        "choices_json": json.dumps(dict(wanted.choices or {}), sort_keys=True),
    }
    rows.put(conn, ping_wishes, [row])


def recent(conn: Connection, scope: Scope, person: str, limit: int) -> list[StoredMessage]:
    """A person's newest messages about clients in reach of the scope."""
    mine = rows.pick(messages, StoredMessage).where(
        rows.within(messages, scope), _m.person == person
    )
    return rows.load(conn, mine.order_by(_m.made_at.desc(), _m.key).limit(limit), StoredMessage)


def undelivered(conn: Connection, scope: Scope, since: datetime) -> list[tuple[str, str, int]]:
    """(client, person, how many) of messages that could not be delivered since an instant."""
    bad = or_(_m.state == "given_up", _m.state == "unknown")
    wanted = (
        select(_m.client_id, _m.person, func.count().label("n"))
        .where(rows.within(messages, scope), bad, _m.ended_at >= since)
        .group_by(_m.client_id, _m.person)
        .order_by(_m.client_id, _m.person)
    )
    return [(str(r[0]), str(r[1]), int(r[2])) for r in conn.execute(wanted)]


def day_counts(conn: Connection, client: str, day: date) -> dict[tuple[str, str], int]:
    """Decisions of one account-day by (verdict, state)."""
    t = decisions.c
    wanted = (
        select(t.verdict, t.state, func.count())
        .where(t.client_id == client, t.account_day == day)
        .group_by(t.verdict, t.state)
    )
    return {(str(v), str(s)): int(n) for v, s, n in conn.execute(wanted)}


def forget_before(conn: Connection, client: str, now: datetime, kept: timedelta) -> None:
    """Remove what ended long ago; the ledger keeps what was decided."""
    old = select(_m.key).where(_m.client_id == client, _m.ended_at < now - kept)
    gone = sorted(conn.execute(old).scalars())
    if gone:
        conn.execute(delete(deliveries).where(_d.client_id == client, _d.key.in_(gone)))
        conn.execute(delete(messages).where(_m.client_id == client, _m.key.in_(gone)))


def _messages(client: str) -> rows.Query:
    return rows.pick(messages, StoredMessage).where(_m.client_id == client)


def _of(conn: Connection, client: str, keys: Collection[str], target: str | None) -> list[Delivery]:
    mine: Any = rows.pick(deliveries, Delivery).where(
        _d.client_id == client, _d.key.in_(sorted(keys))
    )
    if target is not None:
        mine = mine.where(_d.target == target)
    return rows.load(conn, mine, Delivery)
