"""Evidence files and the asset library of a client."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the table."""
    op.execute(
        """
        CREATE TABLE brand_files (
            client_id VARCHAR NOT NULL, number BIGINT NOT NULL, file VARCHAR NOT NULL, kind VARCHAR NOT NULL,
            name VARCHAR NOT NULL, media_type VARCHAR NOT NULL, state VARCHAR NOT NULL, uploaded_by VARCHAR NOT NULL,
            size_bytes BIGINT NOT NULL, width BIGINT NOT NULL, height BIGINT NOT NULL,
            clear_millionths BIGINT NOT NULL, uploaded_at TIMESTAMP WITH TIME ZONE NOT NULL, since DATE NOT NULL,
            until DATE, claim VARCHAR, source VARCHAR, text_colour VARCHAR, ground_colour VARCHAR,
            decided_by VARCHAR, reason VARCHAR, decided_at TIMESTAMP WITH TIME ZONE,
            PRIMARY KEY (client_id, number)
        )
        """
    )
