"""What was answered when a file was taken in, and which earlier import had brought the same content."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"

STATEMENTS = (
    "ALTER TABLE imports ADD COLUMN answers_json VARCHAR DEFAULT '{}'",
    "ALTER TABLE imports ADD COLUMN repeats VARCHAR",
    "UPDATE imports SET answers_json = '{}' WHERE answers_json IS NULL",
    """
    UPDATE imports SET repeats = (
        SELECT min(first.import_id) FROM imports AS first
        WHERE first.client_id = imports.client_id AND first.file = imports.file
            AND first.sha256 = imports.sha256 AND first.import_id < imports.import_id
    )
    """,
)


def upgrade() -> None:
    """Add the columns; files taken in before are told apart by their content."""
    for statement in STATEMENTS:
        op.execute(statement)
