"""The week's limit a budget write left, on platforms that have a week."""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0016"

STATEMENTS = ("ALTER TABLE budget_writes ADD COLUMN week_limit_micros BIGINT",)


def upgrade() -> None:
    """Add the column; a write kept before has it empty: its week's limit is not known."""
    for statement in STATEMENTS:
        op.execute(statement)
