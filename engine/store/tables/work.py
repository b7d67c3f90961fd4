"""What is done: plans, creative, decisions, writes, questions to people, the ledger, and the passes of the loop."""

from __future__ import annotations

from sqlalchemy import BigInteger, Date, Double, String, Table, UniqueConstraint

from engine.store.tables.columns import Instant, key, maybe, metadata, must, number_key, text

plans = Table(
    "plans",
    metadata,
    *key("client_id", "plan_id"),
    *must(Date, "month"),
    *text("body_json", "status"),
    *must(Instant, "created_at"),
    *maybe(String, "decided_by"),
    *maybe(Instant, "decided_at"),
    *text("reason"),
)
concepts = Table(
    "concepts",
    metadata,
    *key("client_id", "concept"),
    *text("channel", "campaign", "ad_group", "body_json"),
    *maybe(String, "approved_by"),
    *maybe(Instant, "approved_at"),
)
briefs = Table(
    "briefs",
    metadata,
    *key("client_id", "campaign"),
    *text("body_json", "written_by"),
    *must(Instant, "written_at"),
)
variants = Table(
    "variants",
    metadata,
    *key("client_id", "variant"),
    *text("concept", "campaign", "ad_group", "text_json", "verdict", "reasons_json", "state"),
    *maybe(Instant, "shipped_at"),
)
decisions = Table(
    "decisions",
    metadata,
    *key("client_id", "decision_id"),
    *text("tick_id"),
    *must(Instant, "at"),
    *must(Date, "account_day"),
    *text("agent", "kind", "action_json", "fingerprint", "verdict", "reasons_json"),
    *maybe(BigInteger, "policy_version"),
    *text("state", "sentence"),
    *maybe(String, "receipt_json", "approval_json"),
    *maybe(Instant, "applied_at"),
)
desired = Table("desired", metadata, *key("client_id", "campaign"), *text("body_json"))
budget_writes = Table(
    "budget_writes",
    metadata,
    *text("client_id", "campaign", "channel"),
    *must(Date, "account_day"),
    *must(BigInteger, "before_micros", "after_micros", "month_limit_micros"),
    *must(Instant, "at"),
    *maybe(BigInteger, "week_limit_micros"),
)
intents = Table(
    "intents",
    metadata,
    *text("client_id", "account", "natural_key", "slot", "intent_id", "decision", "group_id"),
    *text("change_json", "state"),
    *must(Instant, "sent_at"),
    *must(BigInteger, "attempt"),
    *text("note"),
    *maybe(Instant, "closed_at"),
    UniqueConstraint("client_id", "account", "natural_key", "slot"),
)
escalations = Table(
    "escalations",
    metadata,
    *key("client_id", "escalation_id"),
    *text("cause", "kind", "title", "what", "evidence_json"),
    *maybe(String, "action_json"),
    *text("fingerprint"),
    *maybe(String, "decision_id"),
    *text("rule_quote", "options_json", "owner", "backup"),
    *must(Instant, "opened_at", "due_at"),
    *text("safe_state", "waiting_cost", "status"),
    *maybe(Instant, "deferred_until"),
    *maybe(String, "decided_by"),
    *maybe(Instant, "decided_at"),
    *text("decision_reason"),
    *must(BigInteger, "version"),
    *maybe(String, "asked", "safe", "safe_note", "based_on_json", "follows", "policy_diff_json"),
    *maybe(Double, "sla_hours"),
    *maybe(
        Instant, "clock_from", "snoozed_until", "acknowledged_at", "breached_due", "last_seen_at"
    ),
    *maybe(String, "acknowledged_by"),
    *maybe(BigInteger, "times_seen", "policy_draft"),
)
ledger = Table(
    "ledger",
    metadata,
    *key("client_id"),
    number_key("seq"),
    *must(Instant, "at"),
    *text("actor", "actor_role", "kind", "ref", "sentence", "detail_json", "prev_hash", "hash"),
)
ledger_heads = Table(
    "ledger_heads", metadata, *key("client_id"), *must(BigInteger, "seq"), *text("hash")
)
ticks = Table(
    "ticks",
    metadata,
    *key("client_id", "tick_id"),
    *must(Instant, "started_at"),
    *maybe(Instant, "finished_at"),
    *text("state", "sentence"),
    *must(BigInteger, "changes", "decisions", "escalations"),
    *maybe(Double, "seconds"),
)
jobs = Table(
    "jobs",
    metadata,
    *key("client_id", "name"),
    *maybe(Instant, "last_at", "next_at"),
    *text("state", "sentence"),
)
