"""What a file would change, found before it is kept: rows by their fate, figures before and after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    select,
)
from sqlalchemy.sql.expression import FromClause

from engine.model.exports import Export, Kind
from engine.model.imports import MONEY, Judged, Moved, MovedSpan
from engine.store import bulk, file_rows
from engine.store.deals import latest

SPANS_TOLD = 20
_FIGURES: dict[Kind, tuple[str, ...]] = {
    "performance": (
        *("cost_micros", "impressions", "clicks", "interactions"),
        *("conversions", "conversion_value_micros"),
    ),
    "deals": ("amount_micros", "won"),
    "web": ("sessions", "views", "events", "key_events", "revenue_micros"),
    "search": ("clicks", "impressions"),
    "leads": (),
    "reference": (),
}
"""What may be added up over rows of one report. People (``users``) may not: days share them."""
_BY = ("fate", "first", "last", "currency_before", "currency_after")


def judge(conn: Connection, client: str, export: Export) -> Judged:
    """What keeping the export would do to what is stored of its source and kind.

    Raises:
        BadInput: a row has no key.
    """
    table = latest(export.rows, "row_key")
    if not table.num_rows:
        return Judged(already=export.rows.num_rows)
    with bulk.staged(conn, table, file_rows.TABLES[export.kind]) as given:
        return against(conn, client, export, given)


def judge_all(conn: Connection, client: str, exports: Sequence[Export]) -> list[Judged]:
    """As ``judge`` for the parts of one upload, each over the parts before it as ``keep`` will find them.

    Of parts that tell of the same source and kind the earlier are laid down first: for a connection whose writes are
    thrown away.
    """
    found = []
    for place, export in enumerate(exports):
        found.append(judge(conn, client, export))
        following = {(later.source, later.kind) for later in exports[place + 1 :]}
        table = latest(export.rows, "row_key")
        if (export.source, export.kind) in following and table.num_rows:
            with bulk.staged(conn, table, file_rows.TABLES[export.kind]) as given:
                name = f"file-preview-{place:05d}"  # longer than a real one, and so the newest
                file_rows.lay(conn, given, client, name, export.source, export.kind)
    return found


def against(conn: Connection, client: str, export: Export, given: FromClause) -> Judged:
    """As ``judge``, for rows that are staged already, each key once."""
    found = conn.execute(_by_fate(client, export, given)).mappings().all()
    new = sum(int(row["rows"]) for row in found if row["fate"] == "new")
    moved = [row for row in found if row["fate"] == "changed"]
    changed = sum(int(row["rows"]) for row in moved)
    figures = _FIGURES[export.kind]
    spans = [
        MovedSpan(first, last, sum(int(row["rows"]) for row in group), _moved(figures, group))
        for (first, last), group in _by_span(moved).items()
    ]
    return Judged(
        new=new,
        changed=changed,
        already=export.rows.num_rows - new - changed,
        spans=len(spans),
        moved=_moved(figures, moved),
        by_span=tuple(spans[:SPANS_TOLD]),
    )


def _by_fate(client: str, export: Export, given: FromClause) -> Select[Any]:
    """Rows by their fate; of changed ones also by span and currencies, with every figure before and after."""
    kind = export.kind
    stored = file_rows.in_force(client, export.source, kind, given)
    both = given.outerjoin(stored, stored.c.row_key == given.c.row_key)
    changed = and_(stored.c.row_key.is_not(None), file_rows.changes(given, stored, kind))
    fate = case((stored.c.row_key.is_(None), "new"), (changed, "changed"), else_="already")
    first, last = _span(given, kind)
    before, after = _currencies(given, stored, kind)
    columns = [
        fate.label("fate"),
        *(
            case((changed, part), else_=null()).label(name)
            for name, part in zip(_BY[1:], (first, last, before, after), strict=True)
        ),
    ]
    for name in _FIGURES[kind]:
        told = file_rows.becomes(given, stored, kind, name)
        columns.append(_number(stored.c[name], name).label(f"{name}_before"))
        columns.append(_number(told, name).label(f"{name}_after"))
    r = select(*columns).select_from(both).subquery("judged")
    by = [r.c[name] for name in _BY]
    sums = [func.sum(c).label(c.name) for c in r.c if c.name not in _BY]
    return select(*by, func.count().label("rows"), *sums).group_by(*by).order_by(*by)


def _currencies(
    given: FromClause, stored: FromClause, kind: Kind
) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Of a row's money as stored and as it would be; the same where none is stored."""
    if "currency" not in given.c:
        return literal(None, String()), literal(None, String())
    after = file_rows.becomes(given, stored, kind, "currency")
    return case((file_rows.tells_money(stored), stored.c.currency), else_=after), after


def _by_span(rows: Sequence[Any]) -> dict[tuple[date | None, date | None], list[Any]]:
    """The sums of each day or period, in order of days; those without one come last."""
    found: dict[tuple[date | None, date | None], list[Any]] = {}
    for row in rows:
        found.setdefault((row["first"], row["last"]), []).append(row)
    far = date.max
    return dict(sorted(found.items(), key=lambda each: (each[0][0] or far, each[0][1] or far)))


def _moved(figures: Sequence[str], rows: Sequence[Any]) -> tuple[Moved, ...]:
    """Every figure that moves, money by its currencies; integers stay exact."""
    found: list[Moved] = []
    for name in figures:
        sides: dict[tuple[str | None, str | None], tuple[Any, Any]] = {}
        for row in rows:
            money = name in MONEY
            codes = (row["currency_before"], row["currency_after"]) if money else (None, None)
            before, after = sides.get(codes, (None, None))
            told = row[f"{name}_before"], row[f"{name}_after"]
            sides[codes] = _plus(before, told[0]), _plus(after, told[1])
        found += [
            Moved(name, was, b, a, becomes)
            for (was, becomes), (b, a) in sides.items()
            if b != a or (was != becomes and b is not None)
        ]
    return tuple(found)


def _span(given: FromClause, kind: Kind) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    if kind == "deals":
        return given.c.created_on, given.c.created_on
    if "period_first" in given.c:
        return (
            func.coalesce(given.c.day, given.c.period_first),
            func.coalesce(given.c.day, given.c.period_last),
        )
    return null(), null()


def _number(column: ColumnElement[Any], name: str) -> ColumnElement[Any]:
    return (
        cast(case((column.is_(True), 1), else_=literal(0)), BigInteger) if name == "won" else column
    )


def _plus(one: Any, other: Any) -> Any:
    """Sums of integers stay exact; None is nothing known."""
    if other is None:
        return one
    value = float(other) if isinstance(other, float) else int(other)
    return value if one is None else one + value
