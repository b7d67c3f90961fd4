"""Clients, people, rights and policies."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

TABLES = (
    """
    CREATE TABLE meta (
        key VARCHAR NOT NULL, value VARCHAR NOT NULL, PRIMARY KEY (key)
    )
    """,
    """
    CREATE TABLE counters (
        client_id VARCHAR NOT NULL, name VARCHAR NOT NULL, value BIGINT NOT NULL,
        PRIMARY KEY (client_id, name)
    )
    """,
    """
    CREATE TABLE clients (
        client_id VARCHAR NOT NULL, name VARCHAR NOT NULL, sector VARCHAR NOT NULL,
        currency VARCHAR NOT NULL, time_zone VARCHAR NOT NULL, phase VARCHAR NOT NULL,
        primary_action VARCHAR NOT NULL, paused BOOLEAN NOT NULL, opened_on DATE NOT NULL,
        PRIMARY KEY (client_id)
    )
    """,
    """
    CREATE TABLE accounts (
        client_id VARCHAR NOT NULL, platform VARCHAR NOT NULL, account VARCHAR NOT NULL,
        name VARCHAR NOT NULL, currency VARCHAR NOT NULL, time_zone VARCHAR NOT NULL,
        PRIMARY KEY (client_id, platform, account)
    )
    """,
    """
    CREATE TABLE people (
        person VARCHAR NOT NULL, name VARCHAR NOT NULL, email VARCHAR NOT NULL,
        role VARCHAR NOT NULL, active BOOLEAN NOT NULL,
        revoked_before TIMESTAMP WITH TIME ZONE, PRIMARY KEY (person)
    )
    """,
    """
    CREATE TABLE rights (
        client_id VARCHAR NOT NULL, person VARCHAR NOT NULL, role VARCHAR NOT NULL,
        senior BOOLEAN NOT NULL, PRIMARY KEY (client_id, person)
    )
    """,
    """
    CREATE TABLE policies (
        client_id VARCHAR NOT NULL, version BIGINT NOT NULL, body_json VARCHAR NOT NULL,
        author VARCHAR NOT NULL, state VARCHAR NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL, published_by VARCHAR,
        published_at TIMESTAMP WITH TIME ZONE, PRIMARY KEY (client_id, version)
    )
    """,
)


def upgrade() -> None:
    """Create the tables."""
    for table in TABLES:
        op.execute(table)
