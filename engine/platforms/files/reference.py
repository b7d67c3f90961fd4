"""Look-up tables: every column kept as text under one key a row."""

from __future__ import annotations

from collections.abc import Sequence

from engine.model.exports import REFERENCE, Export
from engine.platforms.files.days import Span
from engine.platforms.files.records import Records, keep_latest, record_key


def reference(
    file: str,
    records: Records,
    keys: Sequence[object],
    *,
    format_name: str,
    source: str,
    table: str,
    period: Span | None = None,
) -> Export:
    """The export of one look-up table; ``keys`` names each row, a repeated name is refused."""
    keep_latest(records, keys)
    columns: dict[str, Sequence[object]] = {
        "row_key": [record_key(f"{format_name} {table}", key) for key in keys],
        "table": [table] * len(keys),
        "key": keys,
        "extra": records.rest(()),
    }
    return Export(
        file=file,
        format=format_name,
        source=source,
        kind="reference",
        period=period,
        currency=None,
        rows=records.table(REFERENCE, columns),
        read=records.read,
        refused=records.refused(),
    )
