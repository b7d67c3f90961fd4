"""What the gate judged on: one row a pass that produced decisions, not one a decision."""

from __future__ import annotations

from sqlalchemy import BigInteger, Table

from engine.store.tables.columns import Instant, key, maybe, metadata, must, text

judged_on = Table(
    "judged_on",
    metadata,
    *key("client_id", "judgement"),
    *must(Instant, "at"),
    *maybe(BigInteger, "policy_version"),
    *text("code_version", "standing_json"),
)
