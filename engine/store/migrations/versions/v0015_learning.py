"""Outcomes of acts, and the answers of discovery."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"

STATEMENTS = (
    """CREATE TABLE outcomes (
        client_id VARCHAR NOT NULL, decision_id VARCHAR NOT NULL, agent VARCHAR NOT NULL,
        word VARCHAR NOT NULL, sentence VARCHAR NOT NULL, acted_on DATE NOT NULL, judged_on DATE NOT NULL,
        ratio DOUBLE PRECISION, low DOUBLE PRECISION, high DOUBLE PRECISION,
        compared BIGINT NOT NULL, together BIGINT NOT NULL,
        leads_before BIGINT NOT NULL, leads_after BIGINT NOT NULL,
        cost_before_micros BIGINT NOT NULL, cost_after_micros BIGINT NOT NULL,
        "at" TIMESTAMP WITH TIME ZONE NOT NULL, PRIMARY KEY (client_id, decision_id))""",
    """CREATE TABLE answers (
        client_id VARCHAR NOT NULL, path VARCHAR NOT NULL, person VARCHAR NOT NULL,
        role VARCHAR NOT NULL, value_json VARCHAR NOT NULL, comment VARCHAR NOT NULL,
        "at" TIMESTAMP WITH TIME ZONE NOT NULL, PRIMARY KEY (client_id, path, person))""",
    """CREATE TABLE agreed (
        client_id VARCHAR NOT NULL, path VARCHAR NOT NULL, value_json VARCHAR NOT NULL,
        reason VARCHAR NOT NULL, person VARCHAR NOT NULL, draft BIGINT,
        "at" TIMESTAMP WITH TIME ZONE NOT NULL, PRIMARY KEY (client_id, path))""",
)


def upgrade() -> None:
    """Add the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
