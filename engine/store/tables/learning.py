"""What was learnt: outcomes of acts, and the answers of discovery."""

from __future__ import annotations

from sqlalchemy import BigInteger, Date, Double, Table

from engine.store.tables.columns import Instant, key, maybe, metadata, must, text

outcomes = Table(
    "outcomes",
    metadata,
    *key("client_id", "decision_id"),
    *text("agent", "word", "sentence"),
    *must(Date, "acted_on", "judged_on"),
    *maybe(Double, "ratio", "low", "high"),
    *must(BigInteger, "compared", "together"),
    *must(BigInteger, "leads_before", "leads_after", "cost_before_micros", "cost_after_micros"),
    *must(Instant, "at"),
)
answers = Table(
    "answers",
    metadata,
    *key("client_id", "path", "person"),
    *text("role", "value_json", "comment"),
    *must(Instant, "at"),
)
agreed = Table(
    "agreed",
    metadata,
    *key("client_id", "path"),
    *text("value_json", "reason", "person"),
    *must(Instant, "at"),
    *maybe(BigInteger, "draft"),
)
