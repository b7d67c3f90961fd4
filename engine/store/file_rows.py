"""The rows of files in layers: what each file gave stays as it gave it, and what is in force follows from that.

Rows with the same client, source, kind and ``row_key`` tell the same thing. One of them stands
(``replaced_by`` is null): of deals the one changed last, else the one that came last; every other names the
import it made way for. In force is the standing row; of performance, where it tells nothing of a column, the
latest layer below that does: two downloads of one report with other columns complete each other. Money keeps the
currency it was told in: money of another currency below is not lent to it, nor is a currency. So what is in force
depends on nothing but the layers there are, and taking one away leaves what would be without it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Subquery,
    Table,
    and_,
    case,
    delete,
    exists,
    false,
    func,
    insert,
    literal,
    not_,
    null,
    select,
    update,
)
from sqlalchemy.sql.expression import FromClause

from engine.model.exports import SCHEMAS, Kind
from engine.model.imports import MONEY
from engine.store import tables
from engine.store.arg_max import ArgMax
from engine.store.deals import not_older

TABLES: dict[Kind, Table] = {
    "performance": tables.file_rows_performance,
    "deals": tables.file_rows_deals,
    "leads": tables.file_rows_other,
    "web": tables.file_rows_web,
    "search": tables.file_rows_search,
    "reference": tables.file_rows_other,
}
PLACE = ("client_id", "import_id", "import_source", "kind", "replaced_by")
_NO_REMARKS = "{}"
_OPEN = ""
"""Stands for no currency where null means that no layer tells money."""


def scope(t: FromClause, client: str, source: str, kind: Kind) -> ColumnElement[bool]:
    """True for the rows of one client, source and kind."""
    return and_(t.c.client_id == client, t.c.import_source == source, t.c.kind == kind)


def in_force(client: str, source: str, kind: Kind, among: FromClause | None = None) -> Subquery:
    """One row a key as it counts now: the columns of the kind's schema and the ``import_id`` that stands.

    ``among`` has a ``row_key``: only those keys are looked at.
    """
    t, names = TABLES[kind], SCHEMAS[kind].names
    wanted = [scope(t, client, source, kind)]
    if among is not None:
        wanted.append(exists(select(1).where(among.c.row_key == t.c.row_key)))
    top = select(t.c.import_id, *(t.c[name] for name in names)).where(
        *wanted, t.c.replaced_by.is_(None)
    )
    if kind != "performance":
        return top.subquery("in_force")
    return _completed(top.subquery("top"), t, names, wanted)


def _completed(
    top: Subquery, t: Table, names: list[str], wanted: list[ColumnElement[bool]]
) -> Subquery:
    """Standing rows of performance with what the layers below lend them."""
    coin = _coin(t, wanted)
    lent = [_latest(t, name, coin).label(name) for name in names if name != "row_key"]
    below = (
        select(t.c.row_key, *lent)
        .select_from(t.outerjoin(coin, coin.c.row_key == t.c.row_key))
        .where(*wanted, t.c.replaced_by.is_not(None))
        .group_by(t.c.row_key)
        .subquery("below")
    )
    columns = [_told(top, n, below, coin).label(n) for n in names if n != "row_key"]
    return (
        select(top.c.import_id, top.c.row_key, *columns)
        .select_from(
            top.outerjoin(below, top.c.row_key == below.c.row_key).outerjoin(
                coin, top.c.row_key == coin.c.row_key
            )
        )
        .subquery("in_force")
    )


def _coin(t: Table, wanted: list[ColumnElement[bool]]) -> Subquery:
    """By key the currency of the latest layer that tells money ("" for none), and the latest in another one."""
    telling = [*wanted, tells_money(t)]
    code = func.coalesce(t.c.currency, _OPEN)
    latest = (
        select(t.c.row_key, ArgMax(code, _when(t)).label("code"))
        .where(*telling)
        .group_by(t.c.row_key)
        .subquery("latest_money")
    )
    other = func.max(case((code != latest.c.code, _when(t)), else_=null())).label("other")
    return (
        select(latest.c.row_key, latest.c.code, other)
        .select_from(t.join(latest, latest.c.row_key == t.c.row_key))
        .where(*telling)
        .group_by(latest.c.row_key, latest.c.code)
        .subquery("coin")
    )


def _told(top: Subquery, name: str, below: Subquery, coin: Subquery) -> ColumnElement[Any]:
    lent = below.c[name]
    if name == "currency":
        whole: ColumnElement[Any] = func.coalesce(top.c[name], lent)
        return case((coin.c.code.is_(None), whole), else_=func.nullif(coin.c.code, _OPEN))
    if name != "extra":
        return func.coalesce(top.c[name], lent)
    return func.coalesce(func.nullif(top.c.extra, _NO_REMARKS), lent, top.c.extra)


def _latest(t: Table, name: str, coin: Subquery) -> ColumnElement[Any]:
    """The value of a column in the latest layer that has one; of money only above any in another currency."""
    told: ColumnElement[Any] = t.c[name]
    if name == "extra":
        told = func.nullif(t.c.extra, _NO_REMARKS)
    elif name in MONEY:
        above = coin.c.other.is_(None) | (_when(t) > coin.c.other)
        told = case((above, told), else_=null())
    return ArgMax(told, _when(t))


def tells_money(t: FromClause) -> ColumnElement[bool]:
    """True for a row that has any figure of money."""
    return _any([t.c[name].is_not(None) for name in sorted(MONEY) if name in t.c] or [false()])


def becomes(given: FromClause, stored: FromClause, kind: Kind, name: str) -> ColumnElement[Any]:
    """A column as it would be in force with a given row put over the stored one (whose columns may all be null).

    Of performance what the given row does not tell stays, money only beside money of the same currency.
    """
    told: ColumnElement[Any] = given.c[name]
    if kind != "performance":
        return told
    both = func.coalesce(told, stored.c[name])
    if name == "currency":
        kept = case((tells_money(stored), stored.c.currency), else_=both)
        return case((tells_money(given), told), else_=kept)
    if name in MONEY:
        same = given.c.currency.is_not_distinct_from(stored.c.currency)
        return case((not_(tells_money(given)) | same, both), else_=told)
    return both


def _when(t: FromClause) -> ColumnElement[str]:
    """A text that grows with each import: numbers are padded to five digits, and may outgrow them."""
    return func.lpad(t.c.import_id, 32, " ")


def changes(given: FromClause, stored: FromClause, kind: Kind) -> ColumnElement[bool]:
    """True where a given row, put over the stored one, changes what is in force.

    Of performance remarks alone are no change; a deal in an older state changes nothing.
    """
    names = [name for name in SCHEMAS[kind].names if name != "row_key"]
    if kind == "performance":
        return _any(
            [
                becomes(given, stored, kind, n).is_distinct_from(stored.c[n])
                for n in names
                if n != "extra"
            ]
        )
    other = not_(and_(*(given.c[n].is_not_distinct_from(stored.c[n]) for n in names)))
    return and_(other, not_older(given, stored)) if kind == "deals" else other


def _any(conditions: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    found = conditions[0]
    for condition in conditions[1:]:
        found = found | condition
    return found


def lay(
    conn: Connection, given: FromClause, client: str, import_id: str, source: str, kind: Kind
) -> None:
    """Put the rows of one file on top; ``given`` holds the schema's columns, each key once."""
    t, names = TABLES[kind], SCHEMAS[kind].names
    place = [literal(client), literal(import_id), literal(source), literal(kind)]
    over: ColumnElement[Any] = null()
    whence: Any = given
    if kind == "deals":
        standing = in_force(client, source, kind, given)
        whence = given.outerjoin(standing, standing.c.row_key == given.c.row_key)
        over = case((~not_older(given, standing), standing.c.import_id), else_=null())
    columns: list[Any] = [*place, over, *(given.c[name] for name in names)]
    fresh = select(*columns).select_from(whence)
    conn.execute(insert(t).from_select([*PLACE, *names], fresh))
    top = t.alias("new_rows")
    above = and_(
        scope(top, client, source, kind),
        top.c.import_id == import_id,
        top.c.replaced_by.is_(None),
        top.c.row_key == t.c.row_key,
    )
    below = [scope(t, client, source, kind), t.c.import_id != import_id, t.c.replaced_by.is_(None)]
    way = update(t).where(*below, exists(select(1).where(above)))
    conn.execute(way.values(replaced_by=import_id))


def lift(conn: Connection, client: str, import_id: str, source: str, kind: Kind) -> int:
    """Take the rows of one file away and say how many they were; those they stood over stand again.

    What they stood over is written anew rather than changed in place: in DuckDB an update in the order of a join
    takes ten times as long (measured on 200,000 rows).
    """
    t, names = TABLES[kind], SCHEMAS[kind].names
    gone, under = t.alias("gone"), t.alias("under")
    mine = and_(
        scope(gone, client, source, kind),
        gone.c.import_id == import_id,
        gone.c.row_key == under.c.row_key,
    )
    order = [*_by_state(under, kind), _when(under).desc()]
    heir = func.first_value(under.c.import_id).over(partition_by=under.c.row_key, order_by=order)
    rows: list[Any] = [under.c[name] for name in (*PLACE, *names) if name != "replaced_by"]
    orphans = (
        select(*rows, heir.label("heir"), gone.c.replaced_by.label("above"))
        .select_from(under.join(gone, mine))
        .where(scope(under, client, source, kind), under.c.replaced_by == import_id)
        .subquery("orphans")
    )
    way = case((orphans.c.heir == orphans.c.import_id, orphans.c.above), else_=orphans.c.heir)
    anew = [way if name == "replaced_by" else orphans.c[name] for name in (*PLACE, *names)]
    conn.execute(insert(t).from_select([*PLACE, *names], select(*anew)))
    mine_here = scope(t, client, source, kind)
    conn.execute(delete(t).where(mine_here, t.c.replaced_by == import_id))
    return conn.execute(delete(t).where(mine_here, t.c.import_id == import_id)).rowcount


def _by_state(t: FromClause, kind: Kind) -> tuple[ColumnElement[Any], ...]:
    return (t.c.modified_at.desc().nulls_last(),) if kind == "deals" else ()
