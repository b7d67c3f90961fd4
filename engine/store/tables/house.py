"""Who there is: clients, their accounts, people and rights, and the policies people wrote."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Date, String, Table

from engine.store.tables.columns import Instant, key, maybe, metadata, must, number_key, text

meta = Table("meta", metadata, *key("key"), *text("value"))
counters = Table("counters", metadata, *key("client_id", "name"), *must(BigInteger, "value"))

clients = Table(
    "clients",
    metadata,
    *key("client_id"),
    *text("name", "sector", "currency", "time_zone", "phase", "primary_action"),
    *must(Boolean, "paused"),
    *must(Date, "opened_on"),
)
accounts = Table(
    "accounts",
    metadata,
    *key("client_id", "platform", "account"),
    *text("name", "currency", "time_zone"),
)
people = Table(
    "people",
    metadata,
    *key("person"),
    *text("name", "email", "role"),
    *must(Boolean, "active"),
    *maybe(Instant, "revoked_before"),
    *maybe(String, "subject"),
)
rights = Table(
    "rights", metadata, *key("client_id", "person"), *text("role"), *must(Boolean, "senior")
)
policies = Table(
    "policies",
    metadata,
    *key("client_id"),
    number_key("version"),
    *text("body_json", "author", "state"),
    *must(Instant, "created_at"),
    *maybe(String, "published_by"),
    *maybe(Instant, "published_at"),
    *maybe(String, "own_json"),
    *maybe(BigInteger, "base_version", "agency_version", "replaces"),
)
