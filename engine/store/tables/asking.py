"""Around a question to a person: whose hours count, who looked at it when, who was called, what it was judged on."""

from __future__ import annotations

from sqlalchemy import Table

from engine.store.tables.columns import Instant, key, metadata, must, text

calendars = Table(
    "calendars",
    metadata,
    *key("person"),
    *text("body_json", "changed_by"),
    *must(Instant, "changed_at"),
)
card_views = Table(
    "card_views",
    metadata,
    *key("client_id", "escalation_id", "person"),
    *must(Instant, "first_seen_at"),
)
pinged = Table(
    "pinged",
    metadata,
    *key("client_id", "ping_id"),
    *text("escalation_id", "person", "why", "sentence"),
    *must(Instant, "at"),
)
standings = Table(
    "standings",
    metadata,
    *key("client_id"),
    *text("body_json"),
    *must(Instant, "at"),
)
