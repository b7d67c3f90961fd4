"""Facts about the store itself.

``demo`` ("1"), ``clock`` (ISO, UTC), ``paused_all`` ("1"), ``thrown/<client>`` (ISO, UTC: when the
client's kill switch was last thrown).
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from engine.store import rows
from engine.store.tables import meta


def get(conn: Connection, key: str) -> str | None:
    """The value of ``key``, None when it was never set or was dropped."""
    value: str | None = conn.execute(select(meta.c.value).where(meta.c.key == key)).scalar()
    return value


def put(conn: Connection, key: str, value: str) -> None:
    """Set ``key``."""
    rows.put(conn, meta, [{"key": key, "value": value}])


def drop(conn: Connection, key: str) -> None:
    """Forget ``key``."""
    conn.execute(delete(meta).where(meta.c.key == key))
