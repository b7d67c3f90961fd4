"""Facts summed up by campaign and by channel, built from what a store holds already."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"

STATEMENTS = (
    """
    CREATE TABLE campaign_days (
        client_id VARCHAR NOT NULL, source VARCHAR NOT NULL, account VARCHAR NOT NULL,
        currency VARCHAR NOT NULL, day DATE, level VARCHAR, channel VARCHAR, campaign VARCHAR,
        impressions BIGINT, clicks BIGINT, cost_micros BIGINT, conversions DOUBLE PRECISION,
        value_micros BIGINT
    )
    """,
    """
    CREATE TABLE channel_days (
        client_id VARCHAR NOT NULL, source VARCHAR NOT NULL, account VARCHAR NOT NULL,
        currency VARCHAR NOT NULL, day DATE, level VARCHAR, channel VARCHAR,
        impressions BIGINT, clicks BIGINT, cost_micros BIGINT, conversions DOUBLE PRECISION,
        value_micros BIGINT
    )
    """,
    """
    INSERT INTO campaign_days
    SELECT client_id, source, account, currency, day, level, channel, campaign,
        sum(impressions), sum(clicks), sum(cost_micros), sum(conversions), sum(value_micros)
    FROM facts
    GROUP BY client_id, source, account, currency, day, level, channel, campaign
    ORDER BY day
    """,
    """
    INSERT INTO channel_days
    SELECT client_id, source, account, currency, day, level, channel,
        sum(impressions), sum(clicks), sum(cost_micros), sum(conversions), sum(value_micros)
    FROM campaign_days
    GROUP BY client_id, source, account, currency, day, level, channel
    ORDER BY day
    """,
)


def upgrade() -> None:
    """Add the tables and fill them."""
    for statement in STATEMENTS:
        op.execute(statement)
