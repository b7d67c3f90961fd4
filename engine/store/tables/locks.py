"""Hands off: what nobody may touch, by whom and until when."""

from __future__ import annotations

from sqlalchemy import String, Table

from engine.store.tables.columns import Instant, key, maybe, metadata, must, text

locks = Table(
    "locks",
    metadata,
    *key("client_id", "lock"),
    *text("level", "thing", "by", "reason"),
    *must(Instant, "since", "until"),
    *maybe(String, "lifted_by", "lifted_why"),
    *maybe(Instant, "lifted_at"),
)
