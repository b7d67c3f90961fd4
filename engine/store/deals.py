"""Deals as the CRM last told them. Amounts in micros of the deal's own currency, instants UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pyarrow as pa
from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.sql.expression import FromClause

from engine.model.errors import BadInput
from engine.model.outcomes import DEALS
from engine.store import bulk
from engine.store.counted import counted
from engine.store.tables import deals as t
from policies.conversions import Conversions

_LONG_AGO = literal(datetime(1, 1, 1, tzinfo=UTC), t.c.modified_at.type)


def upsert_deals(conn: Connection, client: str, source: str, table: pa.Table) -> tuple[int, int]:
    """Keep the latest state of each deal by ``modified_at`` and say how many are (new, changed).

    Files may come in any order and more than once. A deal without ``modified_at`` counts as older
    than one with it; of two with the same instant the one given later stands.

    Raises:
        BadInput: a row has no ``deal_id``; nothing was stored.
    """
    rows = latest(bulk.conform(table, DEALS), "deal_id")
    if not rows.num_rows:
        return 0, 0
    with bulk.staged(conn, rows, t) as given:
        mine = and_(t.c.client_id == client, t.c.source == source, t.c.deal_id == given.c.deal_id)
        changed = delete(t).where(
            t.c.client_id == client,
            t.c.source == source,
            exists(select(1).where(mine, not_older(given, t), differs(given, t, DEALS))),
        )
        replaced = conn.execute(changed).rowcount
        fresh = select(literal(client), literal(source), *given.c).where(
            ~exists(select(1).where(mine))
        )
        names = ["client_id", "source", *DEALS.names]
        kept = conn.execute(insert(t).from_select(names, fresh)).rowcount
    return kept - replaced, replaced


def deals(
    conn: Connection, client: str, since: date | None = None, by: Conversions | None = None
) -> pa.Table:
    """The deals created on or after ``since`` (None: all), in the columns of ``DEALS``.

    ``by`` says what a customer is and what one is worth; None: the CRM's own word.
    """
    d = counted(client, by).c
    mine = select(*(d[name] for name in DEALS.names))
    if since is not None:
        mine = mine.where(d.created_on >= since)
    return bulk.arrow(conn, mine.order_by(d.created_on, d.source, d.deal_id), DEALS)


def latest(rows: pa.Table, key: str) -> pa.Table:
    """One row per key: the latest by ``modified_at`` when there is such a column, else the last.

    Raises:
        BadInput: a row has no key.
    """
    if rows[key].null_count:
        raise BadInput(f"{rows[key].null_count} rows have no {key}; nothing was stored.")
    ranked = rows.append_column("_given", pa.array(range(rows.num_rows), pa.int64()))
    if "modified_at" in rows.column_names:
        ranked = _oldest_first(ranked)
    ranked = ranked.append_column("_rank", pa.array(range(rows.num_rows), pa.int64()))
    best = ranked.group_by(key).aggregate([("_rank", "max")])["_rank_max"]
    return ranked.take(best).sort_by("_given").select(rows.column_names)


def _oldest_first(rows: pa.Table) -> pa.Table:
    """By ``modified_at``, unknown first, then as given."""
    unknown = rows.filter(rows["modified_at"].is_null())
    known = rows.filter(rows["modified_at"].is_valid())
    by_time = known.sort_by([("modified_at", "ascending"), ("_given", "ascending")])
    return pa.concat_tables([unknown, by_time])


def not_older(given: FromClause, stored: FromClause) -> ColumnElement[bool]:
    """True when the given row is at least as new as the stored one."""
    new = func.coalesce(given.c.modified_at, _LONG_AGO)
    return new >= func.coalesce(stored.c.modified_at, _LONG_AGO)


def differs(given: FromClause, stored: FromClause, schema: pa.Schema) -> ColumnElement[bool]:
    """True when any column of the schema says something else; a missing value is a value here."""
    same = and_(*(given.c[n].is_not_distinct_from(stored.c[n]) for n in schema.names))
    return ~same
