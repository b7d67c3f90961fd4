"""What the gate judged on, so that past actions can be judged again under another policy."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0012"


def upgrade() -> None:
    """Add the table; of decisions made before it no standing is on record."""
    op.execute(
        """
        CREATE TABLE judged_on (
            client_id VARCHAR NOT NULL, judgement VARCHAR NOT NULL,
            "at" TIMESTAMP WITH TIME ZONE NOT NULL, policy_version BIGINT,
            code_version VARCHAR NOT NULL, standing_json VARCHAR NOT NULL,
            PRIMARY KEY (client_id, judgement)
        )
        """
    )
