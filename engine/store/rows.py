"""Between rows and frozen dataclasses: a field is the column of its name.

Only ``client`` differs: its column is ``client_id``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Label, Select, Table, select
from sqlalchemy.dialects.postgresql import insert

from engine.model.people import Scope
from engine.store.tables import counters

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = TypeVar("Row", bound="DataclassInstance")
Query = Select[Any]


def column(field: str) -> str:
    """The column that holds a field."""
    return "client_id" if field == "client" else field


def pick(table: Table, row: type[Row]) -> Select[Any]:
    """A select of exactly the columns the dataclass needs."""
    wanted: list[Label[Any]] = [
        table.c[column(f.name)].label(f.name) for f in dataclasses.fields(row)
    ]
    return select(*wanted)


def load(conn: Connection, statement: Select[Any], row: type[Row]) -> list[Row]:
    """The rows of a ``pick``, as values."""
    return [row(**found) for found in conn.execute(statement).mappings()]


def first(conn: Connection, statement: Select[Any], row: type[Row]) -> Row | None:
    """The first row of a ``pick``, or None."""
    found = conn.execute(statement.limit(1)).mappings().first()
    return None if found is None else row(**found)


def values(row: DataclassInstance) -> dict[str, Any]:
    """The columns of one row value."""
    return {column(f.name): getattr(row, f.name) for f in dataclasses.fields(row)}


def put(conn: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, replacing those whose primary key is already there. No rows: nothing happens."""
    keys = [c.name for c in table.primary_key]
    for row in rows:
        statement = insert(table).values(**row)
        rest = {name: statement.excluded[name] for name in row if name not in keys}
        conn.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest))


def within(table: Table, scope: Scope) -> ColumnElement[bool]:
    """True for rows of the clients in reach of the scope."""
    if scope.everything:
        return table.c.client_id.is_not(None)
    return table.c.client_id.in_(sorted(scope.clients))


def next_number(conn: Connection, client: str, name: str, start: int = 1) -> int:
    """The next number of a series, without gaps; two at once conflict and one is run again.

    ``client`` is "" for a series of the whole store.
    """
    key = (counters.c.client_id == client) & (counters.c.name == name)
    last: int | None = conn.execute(select(counters.c.value).where(key)).scalar()
    if last is None:
        conn.execute(counters.insert().values(client_id=client, name=name, value=start))
        return start
    conn.execute(counters.update().where(key).values(value=last + 1))
    return last + 1
