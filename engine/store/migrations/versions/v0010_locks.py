"""Hands off: locks on campaigns, channels and accounts."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the table."""
    op.execute(
        """
        CREATE TABLE locks (
            client_id VARCHAR NOT NULL, lock VARCHAR NOT NULL, level VARCHAR NOT NULL,
            thing VARCHAR NOT NULL, "by" VARCHAR NOT NULL, reason VARCHAR NOT NULL,
            since TIMESTAMP WITH TIME ZONE NOT NULL, until TIMESTAMP WITH TIME ZONE NOT NULL,
            lifted_by VARCHAR, lifted_why VARCHAR, lifted_at TIMESTAMP WITH TIME ZONE,
            PRIMARY KEY (client_id, lock)
        )
        """
    )
