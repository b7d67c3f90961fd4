"""Messages to people: where they go, when they may, and what became of each."""

from __future__ import annotations

from sqlalchemy import BigInteger, String, Table

from engine.store.tables.columns import Instant, key, maybe, metadata, must, text

ping_targets = Table(
    "ping_targets",
    metadata,
    *key("person", "target"),
    *text("label", "service", "shown"),
    *must(Instant, "added_at"),
)
ping_wishes = Table(
    "ping_wishes",
    metadata,
    *key("person"),
    *maybe(String, "quiet_from", "quiet_until"),
    *text("choices_json"),
)
messages = Table(
    "messages",
    metadata,
    *key("client_id", "key"),
    *text("person", "about", "ref", "title", "body", "when", "state"),
    *must(Instant, "made_at", "not_before"),
    *maybe(Instant, "ended_at"),
    *text("note"),
)
deliveries = Table(
    "deliveries",
    metadata,
    *key("client_id", "key", "target"),
    *text("person", "state"),
    *must(BigInteger, "tries"),
    *must(Instant, "tried_at"),
    *maybe(Instant, "next_at"),
    *text("note"),
)
