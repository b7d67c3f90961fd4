"""What of a policy is the client's own, what it was made on, and which draft it took the place of."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"

STATEMENTS = (
    "ALTER TABLE policies ADD COLUMN own_json VARCHAR",
    "ALTER TABLE policies ADD COLUMN base_version BIGINT",
    "ALTER TABLE policies ADD COLUMN agency_version BIGINT",
    "ALTER TABLE policies ADD COLUMN replaces BIGINT",
)


def upgrade() -> None:
    """Add the columns; a policy written before has them empty: all its values are its own."""
    for statement in STATEMENTS:
        op.execute(statement)
