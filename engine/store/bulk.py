"""Arrow in and out of a SQLAlchemy connection: the only file that knows the driver beneath.

On DuckDB a table is registered and read in place, inside the running transaction; any other
database gets a temporary table filled with ordinary inserts, and rows turned into Arrow.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Column, Connection, MetaData, Select, Table
from sqlalchemy.sql.expression import FromClause, table
from sqlalchemy.sql.expression import column as column_of

from engine.model.errors import BadInput

_MOST = 2**63 - 1


def conform(given: pa.Table, schema: pa.Schema) -> pa.Table:
    """The columns of ``schema`` in its order and types.

    Raises:
        BadInput: a column is missing or holds values of another kind; the sentence names it.
    """
    missing = [name for name in schema.names if name not in given.column_names]
    if missing:
        raise BadInput(f"The table lacks the columns {', '.join(missing)}; nothing was stored.")
    try:
        return given.select(schema.names).cast(schema)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as wrong:
        raise BadInput(
            f"The table does not fit its columns; nothing was stored: {wrong}"
        ) from wrong


def encoded(given: pa.Table) -> pa.Table:
    """The same rows, each text kept once: quicker to compare, to sort and to insert."""
    for place, field in enumerate(given.schema):
        if pa.types.is_string(field.type):
            given = given.set_column(place, field.name, given[field.name].dictionary_encode())
    return given


def doubled(given: pa.Table, key: Sequence[str]) -> dict[str, Any] | None:
    """A key that several rows have, None when every row has its own. Keys hold no nulls."""
    if _all_differ(given, key):
        return None
    plain = given.select(list(key))
    plain = plain.cast(pa.schema([_decoded(field) for field in plain.schema]))
    counted = plain.group_by(list(key)).aggregate([([], "count_all")])
    again = counted.filter(pc.greater(counted["count_all"], 1)).slice(0, 1).to_pylist()
    return again[0] if again else None


def _all_differ(given: pa.Table, key: Sequence[str]) -> bool:
    """True when no two rows share a key; False also when that many values have no room in one number.

    Each column becomes the number of its value, the columns together one number, sorted: three times
    as quick as grouping by the texts.
    """
    whole, room = np.zeros(given.num_rows, dtype=np.int64), 1
    for name in key:
        numbered = given[name].dictionary_encode().combine_chunks()
        room *= max(1, len(numbered.dictionary))
        if room > _MOST:
            return False
        whole = whole * len(numbered.dictionary) + numbered.indices.to_numpy()
    whole.sort()
    return not (whole[1:] == whole[:-1]).any()


def _decoded(field: pa.Field) -> pa.Field:
    return field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field


@contextmanager
def staged(conn: Connection, rows: pa.Table, like: Table) -> Iterator[FromClause]:
    """``rows`` as something a statement can select from, for the length of the block.

    ``like`` is the table whose column types the rows follow, by name.
    """
    name = f"staged_{uuid.uuid4().hex}"
    if conn.dialect.name == "duckdb":
        driver = conn.connection.dbapi_connection
        if driver is None:
            raise RuntimeError("The connection is closed.")
        driver.register(name, rows)
        try:
            yield table(name, *(column_of(c, like.c[c].type) for c in rows.column_names))
        finally:
            driver.unregister(name)
        return
    stage = _temporary(name, rows, like)
    stage.create(conn)
    try:
        if rows.num_rows:
            conn.execute(stage.insert(), rows.to_pylist())
        yield stage
    finally:
        stage.drop(conn)


def _temporary(name: str, rows: pa.Table, like: Table) -> Table:
    columns = (Column(c, like.c[c].type) for c in rows.column_names)
    return Table(name, MetaData(), *columns, prefixes=["TEMPORARY"])


def arrow(conn: Connection, statement: Select[Any], schema: pa.Schema) -> pa.Table:
    """The rows of a select as a table of exactly ``schema`` (same column order as the select)."""
    if conn.dialect.name == "duckdb":
        found: Any = conn.execute(statement, execution_options={"duckdb_arrow": True})
        return found.all().cast(schema)
    rows = [dict(row) for row in conn.execute(statement).mappings()]
    return pa.Table.from_pylist(rows, schema=schema)
