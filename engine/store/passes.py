"""What one pass of the loop reads at its start and writes at each step, one transaction a step."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

import pyarrow as pa
from sqlalchemy import Connection, func, select

from engine.model import outcomes
from engine.model.accounts import Account
from engine.model.desired import DesiredCampaign
from engine.model.outcomes import Pull, SourceState
from engine.store import (
    clients,
    deals,
    desired,
    facts,
    ledger,
    meta,
    policies,
    sources,
    tables,
    ticks,
)
from engine.store.clients import Client
from engine.store.ledger import LedgerEntry
from policies.policy import Policy
from policies.reading import BadPolicy, read_policy

_WORKER = "platform"
RECENT_DAYS = 30


class Result(Protocol):
    """What a pass did, as ``engine.loop.TickResult`` holds it."""

    changes: int
    decisions: int
    escalations: int
    state: str
    sentence: str


@dataclass(frozen=True)
class Known:
    """What a pass knows before it looks outside. ``policy`` is None when there is none that can be read."""

    client: Client
    accounts: tuple[Account, ...]
    policy: Policy | None
    desired: Mapping[str, DesiredCampaign]
    paused: bool
    last_day: Mapping[str, date]  # by account: the newest day of facts on record
    bookmarks: Mapping[str, str]
    recent: pa.Table  # the figures of the days the next reading covers again
    tick_id: str


def begin(conn: Connection, client: str, now: datetime) -> Known:
    """Open a pass and read what is known.

    Raises:
        GiveUp: there is no such client.
    """
    who = clients.client(conn, client)
    owned = tuple(clients.accounts(conn, client))
    last_day = _last_days(conn, client)
    newest = max(last_day.values(), default=who.opened_on)
    marks = sources.marks(conn, client)
    return Known(
        client=who,
        accounts=owned,
        policy=policy_in_force(conn, client),
        desired=desired.load(conn, client),
        paused=who.paused or meta.get(conn, "paused_all") == "1",
        last_day=last_day,
        bookmarks=marks,
        recent=facts.daily(conn, client, newest - timedelta(days=RECENT_DAYS), newest)
        if len(owned) == 1
        else outcomes.FACTS.empty_table(),  # figures are kept per client: two accounts cannot be told apart
        tick_id=ticks.start(conn, client, now),
    )


def policy_in_force(conn: Connection, client: str) -> Policy | None:
    """The published policy, None when there is none or it can no longer be read: the gate then blocks."""
    stored = policies.current(conn, client)
    if stored is None:
        return None
    try:
        policy = read_policy(stored.body_json, suffix=".json")
    except BadPolicy:
        return None
    return policy.model_copy(update={"version": stored.version})


def saw(
    conn: Connection,
    client: str,
    accounts: Iterable[tuple[Account, Pull | None, SourceState]],
    crm: Iterable[tuple[Pull | None, str, SourceState]],
    now: datetime,
) -> None:
    """Keep what every source said: windows replaced, deals updated, freshness and bookmarks noted."""
    worst_last = sorted(accounts, key=lambda told: told[2].state != "fresh")  # one state a platform
    for account, pull, state in worst_last:
        if pull is not None:
            facts.replace_window(
                conn, client, pull.source, account.account, pull, currency=account.currency
            )
        sources.set_state(conn, client, state, now)
    for pull, bookmark, state in crm:
        if pull is not None:
            deals.upsert_deals(conn, client, pull.source, pull.table)
        sources.set_bookmark(conn, client, state.source, bookmark)
        sources.set_state(conn, client, state, now)


def book(
    conn: Connection, client: str, now: datetime, lines: Sequence[tuple[str, str, str, Any]]
) -> None:
    """Add the platform's own lines ``(kind, ref, sentence, detail)`` to a client's ledger."""
    ledger.append(
        conn,
        client,
        [
            LedgerEntry(
                at=now,
                actor=_WORKER,
                actor_role="worker",
                kind=kind,
                ref=ref,
                sentence=sentence,
                detail_json=json.dumps(detail, sort_keys=True, default=str),
            )
            for kind, ref, sentence, detail in lines
        ],
    )


def _last_days(conn: Connection, client: str) -> dict[str, date]:
    t = tables.channel_days
    newest = select(t.c.account, func.max(t.c.day).label("newest")).where(t.c.client_id == client)
    return {row.account: row.newest for row in conn.execute(newest.group_by(t.c.account))}


def end(
    conn: Connection,
    client: str,
    tick_id: str,
    result: Result,
    seconds: float,
    now: datetime,
) -> None:
    """Close a pass with what it did; a pass held by the kill switch counts as ok, and its sentence says so."""
    ticks.finish(
        conn,
        client,
        tick_id,
        state="late" if result.state == "late" else "ok",
        sentence=result.sentence,
        changes=result.changes,
        decisions=result.decisions,
        escalations=result.escalations,
        seconds=seconds,
        now=now,
    )
