"""A client's brand: evidence files and the asset library. The bytes lie beside the store, by their hash."""

from __future__ import annotations

from sqlalchemy import BigInteger, Date, String, Table

from engine.store.tables.columns import Instant, key, maybe, metadata, must, number_key, text

brand_files = Table(
    "brand_files",
    metadata,
    *key("client_id"),
    number_key("number"),
    *text("file", "kind", "name", "media_type", "state", "uploaded_by"),
    *must(BigInteger, "size_bytes", "width", "height", "clear_millionths"),
    *must(Instant, "uploaded_at"),
    *must(Date, "since"),
    *maybe(Date, "until"),
    *maybe(String, "claim", "source", "text_colour", "ground_colour", "decided_by", "reason"),
    *maybe(Instant, "decided_at"),
)
