"""Where one ad report keeps what: all that a reader has to tell ``performance.build``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.platforms.files.days import Span


@dataclass(frozen=True)
class Layout:
    """Where one report keeps what; a place is a column's position, None when it is not there.

    Attributes:
        format: The reader's name.
        level: What one row is about.
        names: Places of the text columns of the schema (campaign … network).
        measures: Places of impressions, clicks, interactions, cost, conversions, conversion_value.
        identity: Places whose values make a row the same row in the next download.
        figures: Places that show the file's decimal separator, the measures included.
        currency: Place of a currency code.
        time: Unit (day, week, month, quarter) and place of a time column.
        period: Of the whole file.
        stated: The file's own total row, as long as the header.
        account: Its total row for the whole account.
        notes: Sentences of the reader's own.
        source: The outside system.
        sums: Further columns of figures whose sums are told by their header.
        spans: First and last day of each row, worked out by the reader; None: from ``time`` and ``period``.
        code: The currency that the headers name.
        written: What identity cells at these places say, where a file may write the same in several ways.
        told_apart: Of identity cells at these places only what the pattern finds (its group 1) counts.
    """

    format: str
    level: str
    names: dict[str, int | None]
    measures: dict[str, int | None]
    identity: Sequence[int]
    figures: Sequence[int]
    currency: int | None = None
    time: tuple[str, int] | None = None
    period: Span | None = None
    stated: Sequence[str] | None = None
    account: Sequence[str] | None = None
    notes: tuple[str, ...] = ()
    source: str = "google_ads"
    sums: Sequence[int] = ()
    spans: Sequence[Span | None] | None = None
    code: str | None = None
    written: Mapping[int, Sequence[str]] = field(default_factory=dict)
    told_apart: Mapping[int, re.Pattern[str]] = field(default_factory=dict)
