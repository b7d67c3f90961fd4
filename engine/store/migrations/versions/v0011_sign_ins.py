"""Who a person is at the identity provider, and each sign-in with its end."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"

STATEMENTS = (
    "ALTER TABLE people ADD COLUMN subject VARCHAR",
    "CREATE TABLE sign_ins (person VARCHAR NOT NULL, session VARCHAR NOT NULL,"
    " began_at TIMESTAMPTZ NOT NULL, seen_at TIMESTAMPTZ NOT NULL, ended_at TIMESTAMPTZ,"
    " PRIMARY KEY (person, session))",
)


def upgrade() -> None:
    """Add the column, empty (nobody signed in yet), and the table."""
    for statement in STATEMENTS:
        op.execute(statement)
