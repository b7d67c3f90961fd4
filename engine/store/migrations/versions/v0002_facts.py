"""Facts, deals, sources and what was read from files."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = (
    """
    CREATE TABLE facts (
        client_id VARCHAR NOT NULL, source VARCHAR NOT NULL, account VARCHAR NOT NULL,
        currency VARCHAR NOT NULL, day DATE, level VARCHAR, channel VARCHAR,
        campaign VARCHAR, ad VARCHAR, impressions BIGINT, clicks BIGINT, cost_micros BIGINT,
        conversions DOUBLE PRECISION, value_micros BIGINT
    )
    """,
    """
    CREATE TABLE deals (
        client_id VARCHAR NOT NULL, source VARCHAR NOT NULL, deal_id VARCHAR,
        created_on DATE, closed_on DATE, stage VARCHAR, won BOOLEAN, amount_micros BIGINT,
        currency VARCHAR, campaign VARCHAR, channel VARCHAR, click_id VARCHAR,
        modified_at TIMESTAMP WITH TIME ZONE
    )
    """,
    """
    CREATE TABLE source_states (
        client_id VARCHAR NOT NULL, source VARCHAR NOT NULL, as_of TIMESTAMP WITH TIME ZONE,
        state VARCHAR NOT NULL, sentence VARCHAR NOT NULL, wait_seconds DOUBLE PRECISION,
        seen_at TIMESTAMP WITH TIME ZONE NOT NULL, PRIMARY KEY (client_id, source)
    )
    """,
    """
    CREATE TABLE bookmarks (
        client_id VARCHAR NOT NULL, source VARCHAR NOT NULL, bookmark VARCHAR NOT NULL,
        PRIMARY KEY (client_id, source)
    )
    """,
    """
    CREATE TABLE imports (
        client_id VARCHAR NOT NULL, import_id VARCHAR NOT NULL, file VARCHAR NOT NULL,
        sha256 VARCHAR NOT NULL, format VARCHAR NOT NULL, source VARCHAR NOT NULL,
        kind VARCHAR NOT NULL, period_first DATE, period_last DATE, currency VARCHAR,
        read BIGINT NOT NULL, kept BIGINT NOT NULL, already BIGINT NOT NULL,
        refused BIGINT NOT NULL, refused_json VARCHAR NOT NULL, totals_json VARCHAR NOT NULL,
        notes_json VARCHAR NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (client_id, import_id)
    )
    """,
    """
    CREATE TABLE file_rows_performance (
        client_id VARCHAR NOT NULL, import_id VARCHAR NOT NULL,
        import_source VARCHAR NOT NULL, kind VARCHAR NOT NULL, row_key VARCHAR, day DATE,
        period_first DATE, period_last DATE, level VARCHAR, campaign VARCHAR,
        ad_group VARCHAR, ad VARCHAR, keyword VARCHAR, match_type VARCHAR,
        search_term VARCHAR, device VARCHAR, network VARCHAR, currency VARCHAR,
        impressions BIGINT, clicks BIGINT, interactions BIGINT, cost_micros BIGINT,
        conversions DOUBLE PRECISION, conversion_value_micros BIGINT, extra VARCHAR
    )
    """,
    """
    CREATE TABLE file_rows_deals (
        client_id VARCHAR NOT NULL, import_id VARCHAR NOT NULL,
        import_source VARCHAR NOT NULL, kind VARCHAR NOT NULL, row_key VARCHAR,
        deal_id VARCHAR, name VARCHAR, stage VARCHAR, won BOOLEAN, amount_micros BIGINT,
        currency VARCHAR, created_on DATE, closed_on DATE,
        modified_at TIMESTAMP WITH TIME ZONE, source VARCHAR, campaign VARCHAR,
        click_id VARCHAR, pipeline VARCHAR, product VARCHAR, extra VARCHAR
    )
    """,
    """
    CREATE TABLE file_rows_other (
        client_id VARCHAR NOT NULL, import_id VARCHAR NOT NULL,
        import_source VARCHAR NOT NULL, kind VARCHAR NOT NULL, row_key VARCHAR,
        lead_id VARCHAR, created_on DATE, source VARCHAR, campaign VARCHAR, click_id VARCHAR,
        landing_page VARCHAR, extra VARCHAR, "table" VARCHAR, key VARCHAR
    )
    """,
)


def upgrade() -> None:
    """Create the tables."""
    for table in TABLES:
        op.execute(table)
