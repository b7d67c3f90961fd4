"""The life of a question: who is asked now, its clock, its safe state; calendars, first looks, calls, standings."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"

COLUMNS = (
    *("asked", "safe", "safe_note", "based_on_json", "follows", "policy_diff_json"),
    "acknowledged_by",
)
INSTANTS = ("clock_from", "snoozed_until", "acknowledged_at", "breached_due", "last_seen_at")
STATEMENTS = (
    *(f"ALTER TABLE escalations ADD COLUMN {name} VARCHAR" for name in COLUMNS),
    *(f"ALTER TABLE escalations ADD COLUMN {name} TIMESTAMP WITH TIME ZONE" for name in INSTANTS),
    "ALTER TABLE escalations ADD COLUMN sla_hours DOUBLE PRECISION",
    "ALTER TABLE escalations ADD COLUMN times_seen BIGINT",
    "ALTER TABLE escalations ADD COLUMN policy_draft BIGINT",
    """CREATE TABLE calendars (
        person VARCHAR NOT NULL, body_json VARCHAR NOT NULL, changed_by VARCHAR NOT NULL,
        changed_at TIMESTAMP WITH TIME ZONE NOT NULL, PRIMARY KEY (person))""",
    """CREATE TABLE card_views (
        client_id VARCHAR NOT NULL, escalation_id VARCHAR NOT NULL, person VARCHAR NOT NULL,
        first_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (client_id, escalation_id, person))""",
    """CREATE TABLE pinged (
        client_id VARCHAR NOT NULL, ping_id VARCHAR NOT NULL, escalation_id VARCHAR NOT NULL,
        person VARCHAR NOT NULL, why VARCHAR NOT NULL, sentence VARCHAR NOT NULL,
        "at" TIMESTAMP WITH TIME ZONE NOT NULL, PRIMARY KEY (client_id, ping_id))""",
    """CREATE TABLE standings (
        client_id VARCHAR NOT NULL, body_json VARCHAR NOT NULL,
        "at" TIMESTAMP WITH TIME ZONE NOT NULL, PRIMARY KEY (client_id))""",
)


def upgrade() -> None:
    """Add columns and tables; a question from before is asked of its owner and holds when its deadline passes."""
    for statement in STATEMENTS:
        op.execute(statement)
