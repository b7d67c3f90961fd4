"""Messages to people: targets, wishes, the outbox and what became of each delivery."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"

STATEMENTS = (
    "CREATE TABLE ping_targets (person VARCHAR NOT NULL, target VARCHAR NOT NULL, label VARCHAR NOT NULL, "
    "service VARCHAR NOT NULL, shown VARCHAR NOT NULL, added_at TIMESTAMP WITH TIME ZONE NOT NULL, "
    "PRIMARY KEY (person, target))",
    "CREATE TABLE ping_wishes (person VARCHAR NOT NULL, quiet_from VARCHAR, quiet_until VARCHAR, "
    "choices_json VARCHAR NOT NULL, PRIMARY KEY (person))",
    "CREATE TABLE messages (client_id VARCHAR NOT NULL, key VARCHAR NOT NULL, person VARCHAR NOT NULL, "
    "about VARCHAR NOT NULL, ref VARCHAR NOT NULL, title VARCHAR NOT NULL, body VARCHAR NOT NULL, "
    '"when" VARCHAR NOT NULL, state VARCHAR NOT NULL, made_at TIMESTAMP WITH TIME ZONE NOT NULL, '
    "not_before TIMESTAMP WITH TIME ZONE NOT NULL, ended_at TIMESTAMP WITH TIME ZONE, note VARCHAR NOT NULL, "
    "PRIMARY KEY (client_id, key))",
    "CREATE TABLE deliveries (client_id VARCHAR NOT NULL, key VARCHAR NOT NULL, target VARCHAR NOT NULL, "
    "person VARCHAR NOT NULL, state VARCHAR NOT NULL, tries BIGINT NOT NULL, "
    "tried_at TIMESTAMP WITH TIME ZONE NOT NULL, next_at TIMESTAMP WITH TIME ZONE, note VARCHAR NOT NULL, "
    "PRIMARY KEY (client_id, key, target))",
)


def upgrade() -> None:
    """Add the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
