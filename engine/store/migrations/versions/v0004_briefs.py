"""Briefs of campaigns that do not exist yet: what a plan may propose to open."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the table."""
    op.execute(
        """
        CREATE TABLE briefs (
            client_id VARCHAR NOT NULL, campaign VARCHAR NOT NULL, body_json VARCHAR NOT NULL,
            written_by VARCHAR NOT NULL, written_at TIMESTAMP WITH TIME ZONE NOT NULL,
            PRIMARY KEY (client_id, campaign)
        )
        """
    )
