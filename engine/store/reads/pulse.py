"""One short text that changes whenever something a screen of this client shows has changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Connection, Table, Text, cast, func, select
from sqlalchemy.sql.selectable import ScalarSelect

from engine.store import tables as t


def pulse(conn: Connection, client: str) -> str:
    """Of the client's sources, ticks, decisions, questions, plans, policy and ledger, and of the store's clock."""
    parts = (
        _of(t.source_states, func.max(t.source_states.c.seen_at), client),
        _of(t.ticks, func.max(t.ticks.c.started_at), client),
        _of(t.ticks, func.max(t.ticks.c.finished_at), client),
        _of(t.decisions, func.count(), client),
        _of(t.decisions, func.count(t.decisions.c.applied_at), client),
        _of(t.escalations, func.sum(t.escalations.c.version), client),
        _of(t.escalations, func.max(t.escalations.c.decided_at), client),
        _of(t.plans, func.count() + func.count(t.plans.c.decided_at), client),
        _of(t.policies, func.count() + func.count(t.policies.c.published_at), client),
        _of(t.imports, func.count() + func.count(t.imports.c.undone_at), client),
        _of(t.ledger_heads, func.max(t.ledger_heads.c.seq), client),
        _of(t.clients, func.max(cast(t.clients.c.paused, Text)), client),
        select(t.meta.c.value).where(t.meta.c.key == "clock").scalar_subquery(),
    )
    row = conn.execute(select(*parts)).one()
    return "|".join("" if value is None else str(value) for value in row)


def _of(table: Table, figure: Any, client: str) -> ScalarSelect[Any]:
    mine: Column[Any] = table.c.client_id
    return select(figure).where(mine == client).scalar_subquery()
