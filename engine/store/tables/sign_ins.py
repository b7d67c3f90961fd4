"""Sign-ins of people: no row is a client's, so none carries one."""

from __future__ import annotations

from sqlalchemy import Table

from engine.store.tables.columns import Instant, key, maybe, metadata, must

sign_ins = Table(
    "sign_ins",
    metadata,
    *key("person", "session"),
    *must(Instant, "began_at", "seen_at"),
    *maybe(Instant, "ended_at"),
)
