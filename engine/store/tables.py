"""Every table of the store. The client comes first in each, so that rows can be spread by it.

No foreign keys, secondary indexes or partial unique indexes: DuckDB lacks them or lets them block
later changes. Facts carry no primary key: loading into one is ten times slower (measured); their
queries keep them unique. Money is int64 micros, instants are UTC, days are the account's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Dialect,
    Double,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.types import TIMESTAMP, TypeDecorator, TypeEngine

from engine.model import exports, outcomes

metadata = MetaData()


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored and returned in UTC; a naive one is refused with ValueError."""

    impl = TIMESTAMP(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy's signature
        """Refuse an instant that does not say where it is."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value} has no time zone; the store keeps aware instants only.")
        return value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy's signature
        """One UTC object, whatever the driver uses."""
        return None if value is None else value.astimezone(UTC)


_ARROW: dict[pa.DataType, TypeEngine[Any]] = {
    pa.string(): String(),
    pa.int64(): BigInteger(),
    pa.float64(): Double(),
    pa.bool_(): Boolean(),
    pa.date32(): Date(),
    pa.timestamp("us", tz="UTC"): Instant(),
}


def _key(*names: str) -> list[Column[Any]]:
    return [Column(name, String, primary_key=True) for name in names]


def _text(*names: str) -> list[Column[Any]]:
    return [Column(name, String, nullable=False) for name in names]


def _maybe(kind: type[TypeEngine[Any]], *names: str) -> list[Column[Any]]:
    return [Column(name, kind) for name in names]


def _must(kind: type[TypeEngine[Any]], *names: str) -> list[Column[Any]]:
    return [Column(name, kind, nullable=False) for name in names]


def _number_key(name: str) -> Column[Any]:
    return Column(name, BigInteger, primary_key=True, autoincrement=False)


def _arrow(*schemas: pa.Schema) -> Iterator[Column[Any]]:
    """The columns of Arrow schemas, each name once; all may be null, as in the schemas."""
    fields = {field.name: field for schema in schemas for field in schema}
    return (Column(name, _ARROW[field.type]) for name, field in fields.items())


meta = Table("meta", metadata, *_key("key"), *_text("value"))
counters = Table("counters", metadata, *_key("client_id", "name"), *_must(BigInteger, "value"))

clients = Table(
    "clients",
    metadata,
    *_key("client_id"),
    *_text("name", "sector", "currency", "time_zone", "phase", "primary_action"),
    *_must(Boolean, "paused"),
    *_must(Date, "opened_on"),
)
accounts = Table(
    "accounts",
    metadata,
    *_key("client_id", "platform", "account"),
    *_text("name", "currency", "time_zone"),
)
people = Table(
    "people",
    metadata,
    *_key("person"),
    *_text("name", "email", "role"),
    *_must(Boolean, "active"),
    *_maybe(Instant, "revoked_before"),
)
rights = Table(
    "rights", metadata, *_key("client_id", "person"), *_text("role"), *_must(Boolean, "senior")
)
policies = Table(
    "policies",
    metadata,
    *_key("client_id"),
    _number_key("version"),
    *_text("body_json", "author", "state"),
    *_must(Instant, "created_at"),
    *_maybe(String, "published_by"),
    *_maybe(Instant, "published_at"),
    *_maybe(String, "own_json"),
    *_maybe(BigInteger, "base_version", "agency_version", "replaces"),
)

facts = Table(
    "facts",
    metadata,
    *_text("client_id", "source", "account", "currency"),
    *_arrow(outcomes.FACTS),
)


def _sums(name: str, *left_out: str) -> Table:
    """Sums of the facts over what is left out; only engine.store.facts writes them, with the facts."""
    kept = pa.schema(field for field in outcomes.FACTS if field.name not in left_out)
    owner = _text("client_id", "source", "account", "currency")
    return Table(name, metadata, *owner, *_arrow(kept))


campaign_days = _sums("campaign_days", "ad")
channel_days = _sums("channel_days", "ad", "campaign")

deals = Table("deals", metadata, *_text("client_id", "source"), *_arrow(outcomes.DEALS))
source_states = Table(
    "source_states",
    metadata,
    *_key("client_id", "source"),
    *_maybe(Instant, "as_of"),
    *_text("state", "sentence"),
    *_maybe(Double, "wait_seconds"),
    *_must(Instant, "seen_at"),
)
bookmarks = Table("bookmarks", metadata, *_key("client_id", "source"), *_text("bookmark"))
imports = Table(
    "imports",
    metadata,
    *_key("client_id", "import_id"),
    *_text("file", "sha256", "format", "source", "kind"),
    *_maybe(Date, "period_first", "period_last"),
    *_maybe(String, "currency"),
    *_must(BigInteger, "read", "kept", "already", "refused"),
    *_text("refused_json", "totals_json", "notes_json"),
    *_must(Instant, "at"),
    *_maybe(String, "by", "undone_by"),
    *_maybe(Instant, "undone_at"),
    *_maybe(String, "answers_json", "repeats"),
)


def _file_rows(name: str, *schemas: pa.Schema) -> Table:
    """Rows of files as each file gave them; only engine.store.file_rows writes them.

    ``import_id`` brought a row, ``replaced_by`` is the import whose row of the same key stands in its place: null
    while it stands itself.
    """
    place = _text("client_id", "import_id", "import_source", "kind")
    return Table(name, metadata, *place, *_maybe(String, "replaced_by"), *_arrow(*schemas))


file_rows_performance = _file_rows("file_rows_performance", exports.PERFORMANCE)
file_rows_deals = _file_rows("file_rows_deals", exports.DEALS)
file_rows_other = _file_rows("file_rows_other", exports.LEADS, exports.REFERENCE)
file_rows_web = _file_rows("file_rows_web", exports.WEB)
file_rows_search = _file_rows("file_rows_search", exports.SEARCH)

plans = Table(
    "plans",
    metadata,
    *_key("client_id", "plan_id"),
    *_must(Date, "month"),
    *_text("body_json", "status"),
    *_must(Instant, "created_at"),
    *_maybe(String, "decided_by"),
    *_maybe(Instant, "decided_at"),
    *_text("reason"),
)
concepts = Table(
    "concepts",
    metadata,
    *_key("client_id", "concept"),
    *_text("channel", "campaign", "ad_group", "body_json"),
    *_maybe(String, "approved_by"),
    *_maybe(Instant, "approved_at"),
)
briefs = Table(
    "briefs",
    metadata,
    *_key("client_id", "campaign"),
    *_text("body_json", "written_by"),
    *_must(Instant, "written_at"),
)
variants = Table(
    "variants",
    metadata,
    *_key("client_id", "variant"),
    *_text("concept", "campaign", "ad_group", "text_json", "verdict", "reasons_json", "state"),
    *_maybe(Instant, "shipped_at"),
)
decisions = Table(
    "decisions",
    metadata,
    *_key("client_id", "decision_id"),
    *_text("tick_id"),
    *_must(Instant, "at"),
    *_must(Date, "account_day"),
    *_text("agent", "kind", "action_json", "fingerprint", "verdict", "reasons_json"),
    *_maybe(BigInteger, "policy_version"),
    *_text("state", "sentence"),
    *_maybe(String, "receipt_json", "approval_json"),
    *_maybe(Instant, "applied_at"),
)
desired = Table("desired", metadata, *_key("client_id", "campaign"), *_text("body_json"))
budget_writes = Table(
    "budget_writes",
    metadata,
    *_text("client_id", "campaign", "channel"),
    *_must(Date, "account_day"),
    *_must(BigInteger, "before_micros", "after_micros", "month_limit_micros"),
    *_must(Instant, "at"),
)
intents = Table(
    "intents",
    metadata,
    *_text("client_id", "account", "natural_key", "slot", "intent_id", "decision", "group_id"),
    *_text("change_json", "state"),
    *_must(Instant, "sent_at"),
    *_must(BigInteger, "attempt"),
    *_text("note"),
    *_maybe(Instant, "closed_at"),
    UniqueConstraint("client_id", "account", "natural_key", "slot"),
)
escalations = Table(
    "escalations",
    metadata,
    *_key("client_id", "escalation_id"),
    *_text("cause", "kind", "title", "what", "evidence_json"),
    *_maybe(String, "action_json"),
    *_text("fingerprint"),
    *_maybe(String, "decision_id"),
    *_text("rule_quote", "options_json", "owner", "backup"),
    *_must(Instant, "opened_at", "due_at"),
    *_text("safe_state", "waiting_cost", "status"),
    *_maybe(Instant, "deferred_until"),
    *_maybe(String, "decided_by"),
    *_maybe(Instant, "decided_at"),
    *_text("decision_reason"),
    *_must(BigInteger, "version"),
)
ledger = Table(
    "ledger",
    metadata,
    *_key("client_id"),
    _number_key("seq"),
    *_must(Instant, "at"),
    *_text("actor", "actor_role", "kind", "ref", "sentence", "detail_json", "prev_hash", "hash"),
)
ledger_heads = Table(
    "ledger_heads", metadata, *_key("client_id"), *_must(BigInteger, "seq"), *_text("hash")
)
ticks = Table(
    "ticks",
    metadata,
    *_key("client_id", "tick_id"),
    *_must(Instant, "started_at"),
    *_maybe(Instant, "finished_at"),
    *_text("state", "sentence"),
    *_must(BigInteger, "changes", "decisions", "escalations"),
    *_maybe(Double, "seconds"),
)
jobs = Table(
    "jobs",
    metadata,
    *_key("client_id", "name"),
    *_maybe(Instant, "last_at", "next_at"),
    *_text("state", "sentence"),
)
