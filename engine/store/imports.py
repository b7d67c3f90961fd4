"""Files a person gave us: what was read of each, and their rows, kept once by content.

A row is known by its client, source, kind and ``row_key``. The same row again is not kept twice;
the same key with new figures takes the place of the old row, and keeps the figures the new one does not tell:
two downloads of one report with other columns complete each other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa
from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    true,
)

from engine.model.exports import SCHEMAS, Export, Kind
from engine.store import bulk, rows, tables
from engine.store.deals import differs, latest, not_older

_TABLES: dict[Kind, Table] = {
    "performance": tables.file_rows_performance,
    "deals": tables.file_rows_deals,
    "leads": tables.file_rows_other,
    "web": tables.file_rows_web,
    "search": tables.file_rows_search,
    "reference": tables.file_rows_other,
}
_FIGURES = (
    "impressions",
    "clicks",
    "interactions",
    "cost_micros",
    "conversion_value_micros",
    "conversions",
)
_PLACE = ("client_id", "import_id", "import_source", "kind")


@dataclass(frozen=True)
class ImportResult:
    """What became of one file: rows ``kept`` (new or with new figures) and those ``already`` there.

    ``already`` counts rows that changed nothing: the same row was stored, a newer one was, or
    a later line of the same file has the same key.
    """

    import_id: str
    kept: int
    already: int


@dataclass(frozen=True)
class Import:
    """One file that was taken in; ``at`` is UTC, ``period_*`` are None when it covers all time."""

    client: str
    import_id: str
    file: str
    sha256: str
    format: str
    source: str
    kind: Kind
    period_first: date | None
    period_last: date | None
    currency: str | None
    read: int
    kept: int
    already: int
    refused: int
    refused_json: str
    totals_json: str
    notes_json: str
    at: datetime


def record(
    conn: Connection, client: str, export: Export, sha256: str, now: datetime
) -> ImportResult:
    """Keep the rows of one file and the fact that it was read.

    A file taken in before keeps nothing, whatever a later download of the same report said since: of two
    that contradict each other the one that came last stands.

    Raises:
        BadInput: a row has no key; nothing was stored.
    """
    import_id = f"file-{rows.next_number(conn, client, 'import'):05d}"
    known = _taken_in(conn, client, export.file, sha256)
    place = (client, import_id, export.source, export.kind)
    kept = 0 if known else _keep(conn, place, export)
    result = ImportResult(import_id, kept, export.rows.num_rows - kept)
    conn.execute(tables.imports.insert().values(**_row(client, export, sha256, now, result)))
    return result


def imports(conn: Connection, client: str) -> list[Import]:
    """The files taken in for a client, newest first."""
    t = tables.imports
    mine = rows.pick(t, Import).where(t.c.client_id == client)
    return rows.load(conn, mine.order_by(t.c.at.desc(), t.c.import_id.desc()), Import)


def _taken_in(conn: Connection, client: str, file: str, sha256: str) -> bool:
    t = tables.imports
    same = and_(t.c.client_id == client, t.c.file == file, t.c.sha256 == sha256)
    return conn.execute(select(t.c.import_id).where(same).limit(1)).first() is not None


def _keep(conn: Connection, place: tuple[str, str, str, str], export: Export) -> int:
    table = latest(export.rows, "row_key")
    if not table.num_rows:
        return 0
    if export.kind == "performance":
        table = _completed(conn, place, table)
    schema, t = SCHEMAS[export.kind], _TABLES[export.kind]
    scope = _scope(t, place)
    with bulk.staged(conn, table, t) as given:
        mine = and_(scope, t.c.row_key == given.c.row_key)
        newer = not_older(given, t) if "modified_at" in schema.names else true()
        gone = exists(select(1).where(mine, newer, differs(given, t, schema)))
        conn.execute(delete(t).where(scope, gone))
        fresh = select(*map(literal, place), *given.c).where(~exists(select(1).where(mine)))
        return conn.execute(insert(t).from_select([*_PLACE, *schema.names], fresh)).rowcount


def _completed(conn: Connection, place: tuple[str, str, str, str], table: pa.Table) -> pa.Table:
    """Rows with what is stored where they say nothing: people choose their columns, figures stay figures.

    A row that tells no figure anew takes the stored remarks too, so that it counts as there already.
    """
    schema, t = SCHEMAS["performance"], _TABLES["performance"]
    with bulk.staged(conn, table, t) as given:
        stored = t.alias()
        told = or_(
            *(
                and_(given.c[n].is_not(None), given.c[n].is_distinct_from(stored.c[n]))
                for n in _FIGURES
            )
        )
        there = stored.c.row_key.is_not(None)
        columns = [
            case((and_(there, ~told), stored.c.extra), else_=given.c.extra).label(n)
            if n == "extra"
            else func.coalesce(given.c[n], stored.c[n]).label(n)
            for n in schema.names
        ]
        on = and_(_scope(stored, place), stored.c.row_key == given.c.row_key)
        return bulk.arrow(conn, select(*columns).select_from(given.outerjoin(stored, on)), schema)


def _scope(t: Any, place: tuple[str, str, str, str]) -> ColumnElement[bool]:
    client, _, source, kind = place
    return and_(t.c.client_id == client, t.c.import_source == source, t.c.kind == kind)


def _row(
    client: str, export: Export, sha256: str, now: datetime, result: ImportResult
) -> dict[str, object]:
    first, last = export.period or (None, None)
    totals = {
        name: {"rows": str(total.rows), "file": None if total.file is None else str(total.file)}
        for name, total in export.totals.items()
    }
    found = Import(
        client=client,
        import_id=result.import_id,
        file=export.file,
        sha256=sha256,
        format=export.format,
        source=export.source,
        kind=export.kind,
        period_first=first,
        period_last=last,
        currency=export.currency,
        read=export.read,
        kept=result.kept,
        already=result.already,
        refused=len(export.refused),
        refused_json=json.dumps([{"line": r.line, "reason": r.reason} for r in export.refused]),
        totals_json=json.dumps(totals),
        notes_json=json.dumps(list(export.notes)),
        at=now,
    )
    return rows.values(found)
