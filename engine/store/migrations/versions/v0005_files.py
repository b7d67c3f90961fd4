"""Web and search rows of files; who took a file in, what replaced a row, and what was undone."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

_PLACE = """
        client_id VARCHAR NOT NULL, import_id VARCHAR NOT NULL, import_source VARCHAR NOT NULL,
        kind VARCHAR NOT NULL, replaced_by VARCHAR, row_key VARCHAR, report VARCHAR, extra VARCHAR,
        day DATE, period_first DATE, period_last DATE,"""

STATEMENTS = (
    f"""
    CREATE TABLE file_rows_web ({_PLACE}
        "hour" BIGINT, channel VARCHAR, source_medium VARCHAR, landing_page VARCHAR, event VARCHAR,
        about VARCHAR, currency VARCHAR, sessions BIGINT, users BIGINT, new_users BIGINT,
        engaged_sessions BIGINT, views BIGINT, events BIGINT, key_events DOUBLE PRECISION,
        revenue_micros BIGINT
    )
    """,
    f"""
    CREATE TABLE file_rows_search ({_PLACE}
        "key" VARCHAR, clicks BIGINT, impressions BIGINT, ctr DOUBLE PRECISION,
        position DOUBLE PRECISION
    )
    """,
    "ALTER TABLE file_rows_performance ADD COLUMN replaced_by VARCHAR",
    "ALTER TABLE file_rows_deals ADD COLUMN replaced_by VARCHAR",
    "ALTER TABLE file_rows_other ADD COLUMN replaced_by VARCHAR",
    'ALTER TABLE imports ADD COLUMN "by" VARCHAR',
    "ALTER TABLE imports ADD COLUMN undone_by VARCHAR",
    "ALTER TABLE imports ADD COLUMN undone_at TIMESTAMP WITH TIME ZONE",
)


def upgrade() -> None:
    """Make the tables and columns."""
    for statement in STATEMENTS:
        op.execute(statement)
