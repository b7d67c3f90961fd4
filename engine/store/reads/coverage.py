"""Which days are known of each source, and which are missing in between; added up in the database.

Connected sources are read from their sums by campaign and day, files from the rows that stand.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    String,
    Subquery,
    Table,
    func,
    literal,
    null,
    select,
    union_all,
)

from engine.store import tables
from engine.store.tables import campaign_days, deals
from engine.store.tables import imports as t

_KEY = ("source", "part")


def accounts(conn: Connection, client: str) -> list[dict[str, Any]]:
    """Each ad account's days: source, part (the account), currency, first, last, days, rows (campaign-days)."""
    c = campaign_days.c
    statement = (
        select(
            c.source,
            c.account.label("part"),
            func.max(c.currency).label("currency"),
            func.min(c.day).label("first"),
            func.max(c.day).label("last"),
            func.count(c.day.distinct()).label("days"),
            func.count().label("rows"),
        )
        .where(c.client_id == client, c.level == "campaign")
        .group_by(c.source, c.account)
        .order_by(c.source, c.account)
    )
    return [dict(row) for row in conn.execute(statement).mappings()]


def account_gaps(conn: Connection, client: str) -> list[dict[str, Any]]:
    """Days an account tells nothing of between its first and last: source, part, after, before.

    ``after`` is the last day known before the gap, ``before`` the first known behind it.
    """
    c = campaign_days.c
    days = select(c.source, c.account.label("part"), c.day.label("first"), c.day.label("last"))
    days = days.where(c.client_id == client, c.level == "campaign").distinct()
    return _gaps(conn, days.subquery("days"))


def crm(conn: Connection, client: str) -> list[dict[str, Any]]:
    """Each CRM's deals: source, currency (every one, None: none), first and last day of beginning, rows."""
    c = deals.c
    statement = (
        select(
            c.source,
            _all(c.currency).label("currency"),
            func.min(c.created_on).label("first"),
            func.max(c.created_on).label("last"),
            func.count().label("rows"),
        )
        .where(c.client_id == client)
        .group_by(c.source)
        .order_by(c.source)
    )
    return [dict(row) for row in conn.execute(statement).mappings()]


def files(conn: Connection, client: str) -> list[dict[str, Any]]:
    """What stands of files by source and part (its kind).

    source, part, currency (every one, None: none), first, last, rows, and when the last file came (``at``).
    """
    spans = _file_spans(client)
    standing = (
        select(
            spans.c.source,
            spans.c.part,
            _all(spans.c.currency).label("currency"),
            func.min(spans.c.first).label("first"),
            func.max(spans.c.last).label("last"),
            func.count().label("rows"),
        )
        .group_by(spans.c.source, spans.c.part)
        .subquery("standing")
    )
    latest = (
        select(t.c.source, t.c.kind.label("part"), func.max(t.c.at).label("at"))
        .where(t.c.client_id == client, t.c.undone_at.is_(None))
        .group_by(t.c.source, t.c.kind)
        .subquery("latest")
    )
    same = (latest.c.source == standing.c.source) & (latest.c.part == standing.c.part)
    statement = select(standing, latest.c.at).select_from(standing.outerjoin(latest, same))
    ordered = statement.order_by(standing.c.source, standing.c.part)
    return [dict(row) for row in conn.execute(ordered).mappings()]


def file_gaps(conn: Connection, client: str) -> list[dict[str, Any]]:
    """Days no standing row of performance or web tells: source, part, after, before (see ``account_gaps``)."""
    spans = _file_spans(client)
    telling = spans.c.part.in_(("performance", "web"))
    known = select(spans.c.source, spans.c.part, spans.c.first, spans.c.last).where(
        telling, spans.c.first.is_not(None)
    )
    return _gaps(conn, known.distinct().subquery("known"))


def _gaps(conn: Connection, spans: Subquery) -> list[dict[str, Any]]:
    """Where one span begins more than a day after every earlier one has ended."""
    by = [spans.c[name] for name in _KEY]
    ended = func.max(spans.c.last).over(
        partition_by=by, order_by=(spans.c.first, spans.c.last), rows=(None, -1)
    )
    found = select(*by, ended.label("after"), spans.c.first.label("before")).subquery("found")
    hole = found.c.before - found.c.after > 1
    statement = select(found).where(hole).order_by(*(found.c[n] for n in (*_KEY, "before")))
    return [dict(row) for row in conn.execute(statement).mappings()]


def _all(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Every value of a column once, as one text in no order; null where there is none."""
    found: ColumnElement[Any] = func.string_agg(column.distinct(), literal(", "))
    return found


def _file_spans(client: str) -> Subquery:
    """One line a standing row: source, part, currency, first and last day."""
    parts = [
        _spans(client, tables.file_rows_performance),
        _spans(client, tables.file_rows_web),
        _spans(client, tables.file_rows_search),
        _spans(client, tables.file_rows_deals),
        _spans(client, tables.file_rows_other),
    ]
    return union_all(*parts).subquery("spans")


def _spans(client: str, table: Table) -> Any:
    first, last = _ends(table)
    currency = table.c.currency if "currency" in table.c else literal(None, String())
    columns = [table.c.import_source.label("source"), table.c.kind.label("part")]
    return select(
        *columns, currency.label("currency"), first.label("first"), last.label("last")
    ).where(table.c.client_id == client, table.c.replaced_by.is_(None))


def _ends(table: FromClause) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    if "period_first" in table.c:
        c = table.c
        return func.coalesce(c.day, c.period_first), func.coalesce(c.day, c.period_last)
    if "created_on" in table.c:
        return table.c.created_on, table.c.created_on
    return null(), null()
