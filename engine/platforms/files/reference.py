"""Look-up tables: every column kept as text under one key a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from engine.model.exports import REFERENCE, Export, Total
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
    about: str = "",
    left_out: Iterable[int] = (),
    figures: Mapping[str, Sequence[int | None]] | None = None,
    notes: tuple[str, ...] = (),
) -> Export:
    """The export of one look-up table; ``keys`` names each row, a repeated name is refused.

    Args:
        file: The file's name.
        records: The lines.
        keys: What each row is about.
        format_name: The reader's.
        source: The outside system.
        table: Which table of it.
        period: Of the whole file.
        about: What else makes a row the same row in the next download.
        left_out: Columns that say nothing of the row itself, such as its number.
        figures: Whole figures to add up, by the file's own headers.
        notes: Sentences of the reader's own.
    """
    keep_latest(records, keys)
    base = f"{format_name} {table}{about and ' ' + about}"
    columns: dict[str, Sequence[object]] = {
        "row_key": [record_key(base, key) for key in keys],
        "table": [table] * len(keys),
        "key": keys,
        "extra": records.rest(left_out),
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
        totals={header: _sum(records, values) for header, values in (figures or {}).items()},
        notes=notes,
    )


def _sum(records: Records, values: Sequence[int | None]) -> Total:
    return Total(Decimal(sum(value for value in records.kept(values) if value is not None)))
