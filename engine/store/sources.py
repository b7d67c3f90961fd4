"""How fresh each source of a client is, and where the next read goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from engine.model.outcomes import SourceState
from engine.store import rows
from engine.store.tables import bookmarks, source_states


def set_state(conn: Connection, client: str, state: SourceState, now: datetime) -> None:
    """Keep what is known of one source; ``as_of`` None keeps the last one known."""
    wait = None if state.wait is None else state.wait.total_seconds()
    row = {
        "client_id": client,
        "source": state.source,
        "state": state.state,
        "sentence": state.sentence,
        "wait_seconds": wait,
        "seen_at": now,
    }
    if state.as_of is not None:
        row["as_of"] = state.as_of
    rows.put(conn, source_states, [row])


def states(conn: Connection, client: str) -> list[SourceState]:
    """Every source of a client that was ever read, by name."""
    t = source_states
    found = conn.execute(select(t).where(t.c.client_id == client).order_by(t.c.source)).all()
    return [
        SourceState(
            source=row.source,
            as_of=row.as_of,
            state=row.state,
            sentence=row.sentence,
            wait=None if row.wait_seconds is None else timedelta(seconds=row.wait_seconds),
        )
        for row in found
    ]


def bookmark(conn: Connection, client: str, source: str) -> str:
    """Where the last read of a source ended, "" before the first."""
    mine = (bookmarks.c.client_id == client) & (bookmarks.c.source == source)
    return conn.execute(select(bookmarks.c.bookmark).where(mine)).scalar() or ""


def set_bookmark(conn: Connection, client: str, source: str, value: str) -> None:
    """Keep where a read ended; in the same transaction as what was read."""
    rows.put(conn, bookmarks, [{"client_id": client, "source": source, "bookmark": value}])


def marks(conn: Connection, client: str) -> dict[str, str]:
    """Every bookmark of a client by source; sources never read are absent."""
    t = bookmarks
    found = conn.execute(select(t.c.source, t.c.bookmark).where(t.c.client_id == client))
    return {row.source: row.bookmark for row in found}


def late(found: Sequence[SourceState]) -> frozenset[str]:
    """The sources that may be shown but must not move money."""
    return frozenset(state.source for state in found if state.state != "fresh")
