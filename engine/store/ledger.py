"""The append-only record per client, each row sealed with the hash of the one before it.

``hash`` is SHA-256 of ``prev_hash`` followed by the row as canonical JSON. Rows carry ids and
hashes of personal data, never the data, so that erasing a person leaves the chain whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select

from engine.model.people import Scope
from engine.store import rows
from engine.store.tables import ledger as t
from engine.store.tables import ledger_heads as heads

GENESIS = "0" * 64
SEALED = "ledger_heads"
"""Key of a connection's ``info`` under which the heads sealed in its transaction lie, for the anchor."""


@dataclass(frozen=True)
class LedgerEntry:
    """What is to be written down; ``sentence`` is plain words a client may read, ``at`` is UTC."""

    at: datetime
    actor: str
    actor_role: str
    kind: str
    ref: str
    sentence: str
    detail_json: str = "{}"


@dataclass(frozen=True)
class LedgerRow:
    """An entry as sealed: ``seq`` counts from 1 per client."""

    client: str
    seq: int
    at: datetime
    actor: str
    actor_role: str
    kind: str
    ref: str
    sentence: str
    detail_json: str
    prev_hash: str
    hash: str


def append(conn: Connection, client: str, entries: Sequence[LedgerEntry]) -> None:
    """Add entries to the client's chain, in order; two at once conflict and one is run again."""
    if not entries:
        return
    begun, last = _head(conn, client)
    sealed = []
    for seq, entry in enumerate(entries, begun + 1):
        digest = _seal(last, client, seq, entry)
        columns = {"client_id": client, "seq": seq, "prev_hash": last, "hash": digest}
        sealed.append(columns | rows.values(entry))
        last = digest
    end = {"seq": begun + len(sealed), "hash": last}
    if begun:  # the head goes first: two at once meet there, before anything else is done
        conn.execute(heads.update().where(heads.c.client_id == client).values(end))
    else:
        conn.execute(heads.insert().values(client_id=client, **end))
    conn.execute(t.insert(), sealed)
    at = entries[-1].at.astimezone(UTC).isoformat()
    conn.info.setdefault(SEALED, {})[client] = {**end, "at": at}


def entries(
    conn: Connection,
    scope: Scope,
    client: str,
    *,
    limit: int = 100,
    before_seq: int | None = None,
    kinds: Sequence[str] = (),
    text: str = "",
) -> list[LedgerRow]:
    """Entries of a client, newest first.

    ``before_seq`` pages on; ``kinds`` (none: all) and ``text`` (in sentence, ref or actor) narrow.

    Raises:
        AskPerson: the client is out of reach.
    """
    scope.check(client)
    mine = rows.pick(t, LedgerRow).where(t.c.client_id == client)
    if before_seq is not None:
        mine = mine.where(t.c.seq < before_seq)
    if kinds:
        mine = mine.where(t.c.kind.in_(kinds))
    if text:
        places = (t.c.sentence, t.c.ref, t.c.actor)
        mine = mine.where(or_(*(p.icontains(text, autoescape=True) for p in places)))
    return rows.load(conn, mine.order_by(t.c.seq.desc()).limit(limit), LedgerRow)


def verify(conn: Connection, client: str) -> int | None:
    """The number of the first row changed, removed or moved; None when the chain is whole."""
    mine = rows.pick(t, LedgerRow).where(t.c.client_id == client).order_by(t.c.seq)
    seq, last = 0, GENESIS
    for row in rows.load(conn, mine, LedgerRow):
        seq += 1
        if row.seq != seq or row.prev_hash != last or row.hash != _seal(last, client, seq, row):
            return seq
        last = row.hash
    return None if _head(conn, client) == (seq, last) else seq + 1


def sealed_at(conn: Connection, client: str, seq: int) -> str | None:
    """The hash of one line as it is kept, None when there is none of that number."""
    found: str | None = conn.execute(
        select(t.c.hash).where(t.c.client_id == client, t.c.seq == seq)
    ).scalar()
    return found


def head(conn: Connection, client: str) -> dict[str, Any]:
    """Number and hash of the last line ever sealed: {seq, hash}."""
    seq, last = _head(conn, client)
    return {"seq": seq, "hash": last}


def newest(conn: Connection, client: str) -> int:
    """The number of the last line there is, 0 before the first."""
    return int(conn.execute(select(func.max(t.c.seq)).where(t.c.client_id == client)).scalar() or 0)


def _head(conn: Connection, client: str) -> tuple[int, str]:
    """Number and hash of the last row ever sealed."""
    wanted = select(heads.c.seq, heads.c.hash).where(heads.c.client_id == client)
    found = conn.execute(wanted).mappings().first()
    return (0, GENESIS) if found is None else (found["seq"], found["hash"])


def _seal(previous: str, client: str, seq: int, entry: LedgerEntry | LedgerRow) -> str:
    body = {
        "client": client,
        "seq": seq,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "actor_role": entry.actor_role,
        "kind": entry.kind,
        "ref": entry.ref,
        "sentence": entry.sentence,
        "detail_json": entry.detail_json,
    }
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((previous + text).encode()).hexdigest()
