"""What every table is written with: the one metadata, instants, and columns by what they must hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Dialect,
    Double,
    MetaData,
    String,
)
from sqlalchemy.types import TIMESTAMP, TypeDecorator, TypeEngine

metadata = MetaData()


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored and returned in UTC; a naive one is refused with ValueError."""

    impl = TIMESTAMP(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy's signature
        """Refuse an instant that does not say where it is."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value} has no time zone; the store keeps aware instants only.")
        return value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy's signature
        """One UTC object, whatever the driver uses."""
        return None if value is None else value.astimezone(UTC)


_ARROW: dict[pa.DataType, TypeEngine[Any]] = {
    pa.string(): String(),
    pa.int64(): BigInteger(),
    pa.float64(): Double(),
    pa.bool_(): Boolean(),
    pa.date32(): Date(),
    pa.timestamp("us", tz="UTC"): Instant(),
}


def key(*names: str) -> list[Column[Any]]:
    """Text columns of the primary key."""
    return [Column(name, String, primary_key=True) for name in names]


def text(*names: str) -> list[Column[Any]]:
    """Text columns that always hold something."""
    return [Column(name, String, nullable=False) for name in names]


def maybe(kind: type[TypeEngine[Any]], *names: str) -> list[Column[Any]]:
    """Columns that may be empty."""
    return [Column(name, kind) for name in names]


def must(kind: type[TypeEngine[Any]], *names: str) -> list[Column[Any]]:
    """Columns that always hold something."""
    return [Column(name, kind, nullable=False) for name in names]


def number_key(name: str) -> Column[Any]:
    """A number in the primary key."""
    return Column(name, BigInteger, primary_key=True, autoincrement=False)


def arrow(*schemas: pa.Schema) -> Iterator[Column[Any]]:
    """The columns of Arrow schemas, each name once; all may be null, as in the schemas."""
    fields = {field.name: field for schema in schemas for field in schema}
    return (Column(name, _ARROW[field.type]) for name, field in fields.items())
