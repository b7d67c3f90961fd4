"""Arrow in and out of a SQLAlchemy connection: the only file that knows the driver beneath.

On DuckDB a table is registered and read in place, inside the running transaction; any other
database gets a temporary table filled with ordinary inserts, and rows turned into Arrow.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
from sqlalchemy import Column, Connection, MetaData, Select, Table
from sqlalchemy.sql.expression import FromClause, table
from sqlalchemy.sql.expression import column as column_of

from engine.model.errors import BadInput


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
