"""Plans, creative, decisions, intents, escalations, the ledger and the clock."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

TABLES = (
    """
    CREATE TABLE plans (
        client_id VARCHAR NOT NULL, plan_id VARCHAR NOT NULL, month DATE NOT NULL,
        body_json VARCHAR NOT NULL, status VARCHAR NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL, decided_by VARCHAR,
        decided_at TIMESTAMP WITH TIME ZONE, reason VARCHAR NOT NULL,
        PRIMARY KEY (client_id, plan_id)
    )
    """,
    """
    CREATE TABLE concepts (
        client_id VARCHAR NOT NULL, concept VARCHAR NOT NULL, channel VARCHAR NOT NULL,
        campaign VARCHAR NOT NULL, ad_group VARCHAR NOT NULL, body_json VARCHAR NOT NULL,
        approved_by VARCHAR, approved_at TIMESTAMP WITH TIME ZONE,
        PRIMARY KEY (client_id, concept)
    )
    """,
    """
    CREATE TABLE variants (
        client_id VARCHAR NOT NULL, variant VARCHAR NOT NULL, concept VARCHAR NOT NULL,
        campaign VARCHAR NOT NULL, ad_group VARCHAR NOT NULL, text_json VARCHAR NOT NULL,
        verdict VARCHAR NOT NULL, reasons_json VARCHAR NOT NULL, state VARCHAR NOT NULL,
        shipped_at TIMESTAMP WITH TIME ZONE, PRIMARY KEY (client_id, variant)
    )
    """,
    """
    CREATE TABLE decisions (
        client_id VARCHAR NOT NULL, decision_id VARCHAR NOT NULL, tick_id VARCHAR NOT NULL,
        "at" TIMESTAMP WITH TIME ZONE NOT NULL, account_day DATE NOT NULL,
        agent VARCHAR NOT NULL, kind VARCHAR NOT NULL, action_json VARCHAR NOT NULL,
        fingerprint VARCHAR NOT NULL, verdict VARCHAR NOT NULL,
        reasons_json VARCHAR NOT NULL, policy_version BIGINT, state VARCHAR NOT NULL,
        sentence VARCHAR NOT NULL, receipt_json VARCHAR, approval_json VARCHAR,
        applied_at TIMESTAMP WITH TIME ZONE, PRIMARY KEY (client_id, decision_id)
    )
    """,
    """
    CREATE TABLE desired (
        client_id VARCHAR NOT NULL, campaign VARCHAR NOT NULL, body_json VARCHAR NOT NULL,
        PRIMARY KEY (client_id, campaign)
    )
    """,
    """
    CREATE TABLE budget_writes (
        client_id VARCHAR NOT NULL, campaign VARCHAR NOT NULL, channel VARCHAR NOT NULL,
        account_day DATE NOT NULL, before_micros BIGINT NOT NULL,
        after_micros BIGINT NOT NULL, month_limit_micros BIGINT NOT NULL,
        "at" TIMESTAMP WITH TIME ZONE NOT NULL
    )
    """,
    """
    CREATE TABLE intents (
        client_id VARCHAR NOT NULL, account VARCHAR NOT NULL, natural_key VARCHAR NOT NULL,
        slot VARCHAR NOT NULL, intent_id VARCHAR NOT NULL, decision VARCHAR NOT NULL,
        group_id VARCHAR NOT NULL, change_json VARCHAR NOT NULL, state VARCHAR NOT NULL,
        sent_at TIMESTAMP WITH TIME ZONE NOT NULL, attempt BIGINT NOT NULL,
        note VARCHAR NOT NULL, closed_at TIMESTAMP WITH TIME ZONE,
        UNIQUE (client_id, account, natural_key, slot)
    )
    """,
    """
    CREATE TABLE escalations (
        client_id VARCHAR NOT NULL, escalation_id VARCHAR NOT NULL, cause VARCHAR NOT NULL,
        kind VARCHAR NOT NULL, title VARCHAR NOT NULL, what VARCHAR NOT NULL,
        evidence_json VARCHAR NOT NULL, action_json VARCHAR, fingerprint VARCHAR NOT NULL,
        decision_id VARCHAR, rule_quote VARCHAR NOT NULL, options_json VARCHAR NOT NULL,
        owner VARCHAR NOT NULL, backup VARCHAR NOT NULL,
        opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
        due_at TIMESTAMP WITH TIME ZONE NOT NULL, safe_state VARCHAR NOT NULL,
        waiting_cost VARCHAR NOT NULL, status VARCHAR NOT NULL,
        deferred_until TIMESTAMP WITH TIME ZONE, decided_by VARCHAR,
        decided_at TIMESTAMP WITH TIME ZONE, decision_reason VARCHAR NOT NULL,
        version BIGINT NOT NULL, PRIMARY KEY (client_id, escalation_id)
    )
    """,
    """
    CREATE TABLE ledger (
        client_id VARCHAR NOT NULL, seq BIGINT NOT NULL,
        "at" TIMESTAMP WITH TIME ZONE NOT NULL, actor VARCHAR NOT NULL,
        actor_role VARCHAR NOT NULL, kind VARCHAR NOT NULL, ref VARCHAR NOT NULL,
        sentence VARCHAR NOT NULL, detail_json VARCHAR NOT NULL, prev_hash VARCHAR NOT NULL,
        hash VARCHAR NOT NULL, PRIMARY KEY (client_id, seq)
    )
    """,
    """
    CREATE TABLE ledger_heads (
        client_id VARCHAR NOT NULL, seq BIGINT NOT NULL, hash VARCHAR NOT NULL,
        PRIMARY KEY (client_id)
    )
    """,
    """
    CREATE TABLE ticks (
        client_id VARCHAR NOT NULL, tick_id VARCHAR NOT NULL,
        started_at TIMESTAMP WITH TIME ZONE NOT NULL, finished_at TIMESTAMP WITH TIME ZONE,
        state VARCHAR NOT NULL, sentence VARCHAR NOT NULL, changes BIGINT NOT NULL,
        decisions BIGINT NOT NULL, escalations BIGINT NOT NULL, seconds DOUBLE PRECISION,
        PRIMARY KEY (client_id, tick_id)
    )
    """,
    """
    CREATE TABLE jobs (
        client_id VARCHAR NOT NULL, name VARCHAR NOT NULL, last_at TIMESTAMP WITH TIME ZONE,
        next_at TIMESTAMP WITH TIME ZONE, state VARCHAR NOT NULL, sentence VARCHAR NOT NULL,
        PRIMARY KEY (client_id, name)
    )
    """,
)


def upgrade() -> None:
    """Create the tables."""
    for table in TABLES:
        op.execute(table)
