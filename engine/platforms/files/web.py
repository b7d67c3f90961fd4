"""From one block of a web analytics report to rows of ``exports.WEB``."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa

from engine.model.errors import BadInput
from engine.model.exports import WEB, Ask, RefusedRow, Total
from engine.platforms.files import totals
from engine.platforms.files.blocks import Block
from engine.platforms.files.days import Span
from engine.platforms.files.figures import Unreadable, count, figure, number
from engine.platforms.files.money import Amount, amounts, currencies, open_currency, open_marks
from engine.platforms.files.records import Records, keep_latest, normal, row_key
from engine.platforms.files.sheet import Line

COUNTS = {
    "sessions": ("sessions",),
    "users": ("users", "total users", "active users"),
    "new_users": ("new users",),
    "engaged_sessions": ("engaged sessions",),
    "views": ("views",),
    "events": ("event count",),
}
KEY_EVENTS = ("key events", "conversions")
"""GA4 renamed its conversions to key events in 2024."""
REVENUE = ("total revenue", "purchase revenue")
METRICS = {name for names in COUNTS.values() for name in names} | {*KEY_EVENTS, *REVENUE}
TIMES = ("date", "nth day", "date + hour (yyyymmddhh)")
CHANNELS = (
    "session default channel group",
    "session primary channel group (default channel group)",
    "session primary channel group",
    "first user default channel group",
    "first user primary channel group (default channel group)",
    "default channel group",
)
NAMES = {
    "channel": CHANNELS,
    "source_medium": ("session source / medium", "first user source / medium", "source / medium"),
    "landing_page": ("landing page", "landing page + query string"),
    "event": ("event name",),
}
_SHAPES = {"date": r"\d{8}", "nth day": r"\d{1,4}", "date + hour (yyyymmddhh)": r"\d{10}"}
_FIGURES = re.compile(
    r"^(?:average|avg\.?)\b|\bper\b|\brate\b|%|duration|revenue|^\d+ days?$"
    r"|\b(?:users|sessions|views|events|conversions|purchases|purchased|count|value)$"
)
_TOTALS = {"totals", "grand total"}


@dataclass(frozen=True)
class Read:
    """One block, read: ``sums`` by the block's own headers."""

    rows: pa.Table
    read: int
    refused: tuple[RefusedRow, ...]
    sums: dict[str, Total]
    notes: tuple[str, ...]
    asks: tuple[Ask, ...]


@dataclass(frozen=True)
class _Figures:
    """The measures of one block; ``places`` by our names."""

    places: dict[str, int | None]
    counts: dict[str, list[int | None]]
    key_events: list[Decimal | None]
    money: list[Amount | None]
    currency: list[str | None]

    def columns(self) -> dict[str, Sequence[object]]:
        """As the schema holds them."""
        return {
            **self.counts,
            "currency": self.currency,
            "key_events": [None if v is None else float(v) for v in self.key_events],
            "revenue_micros": [a.micros if a else None for a in self.money],
        }

    def values(self, name: str) -> list[Decimal | None]:
        """One measure in its own unit."""
        if name in self.counts:
            return [None if v is None else Decimal(v) for v in self.counts[name]]
        if name == "key_events":
            return self.key_events
        return [a.value if a else None for a in self.money]


def dimensions(header: Sequence[str]) -> int:
    """How many columns stand before the first figure: GA4 puts what a row is about in front."""
    names = [normal(name) for name in header]
    at = next((n for n, name in enumerate(names) if name in METRICS or _FIGURES.search(name)), 1)
    return max(1, at)


def read_block(block: Block, records: Records, report: str, format_name: str) -> Read:
    """The rows of one block; ``records`` are its lines without those of ``total_lines``.

    Raises:
        BadInput: A header stands among the rows, so two blocks ran into each other.
    """
    _check_whole(block)
    about = list(range(dimensions(records.header)))
    time = next((at for name in TIMES if (at := _among(records, about, (name,))) is not None), None)
    when = _times(records, time, block.span)
    found = _figures(records)
    said = [[(records.header[at], row[at]) for at in about if at != time] for row in records.rows]
    spans = [(day, day) if day else block.span for day, _ in when]
    keys = [
        row_key([format_name, block.named, report, [str(d) for d in span or ()], hour, pairs])
        for span, (_, hour), pairs in zip(spans, when, said, strict=True)
    ]
    keep_latest(records, keys, named=False)
    columns: dict[str, Sequence[object]] = {
        "row_key": keys,
        "report": [report] * len(keys),
        "day": [day for day, _ in when],
        "hour": [hour for _, hour in when],
        "period_first": [span and span[0] for span in spans],
        "period_last": [span and span[1] for span in spans],
        **{name: records.texts(_among(records, about, words)) for name, words in NAMES.items()},
        "about": [json.dumps(dict(pairs), ensure_ascii=False) for pairs in said],
        **found.columns(),
        "extra": records.rest({*about, *(p for p in found.places.values() if p is not None)}),
    }
    sums, doubts = _sums(records, found, [line for line in block.lines if is_total(line)])
    notes, asks = _currency(records, found)
    return Read(
        rows=records.table(WEB, columns),
        read=records.read,
        refused=records.refused(),
        sums=sums,
        notes=(*notes, *doubts),
        asks=asks,
    )


def is_total(line: Line) -> bool:
    """The total row of an exploration: it is named so, or stands unnamed beside those words."""
    return any(normal(cell) in _TOTALS for cell in line.cells)


def _figures(records: Records) -> _Figures:
    places = {name: records.find(*words) for name, words in COUNTS.items()}
    places |= {"key_events": records.find(*KEY_EVENTS), "revenue": records.find(*REVENUE)}
    money = amounts(records, places["revenue"], ".")
    return _Figures(
        places=places,
        counts={n: records.parse(places[n], lambda text: count(text, ".")) for n in COUNTS},
        key_events=records.parse(places["key_events"], lambda text: number(text, ".")),
        money=money,
        currency=currencies(records, None, [_paid(money)]),
    )


def _paid(money: Sequence[Amount | None]) -> list[Amount | None]:
    """Revenue but for zeros: a site that sells nothing needs no currency."""
    return [amount if amount and amount.value else None for amount in money]


def _currency(records: Records, found: _Figures) -> tuple[list[str], tuple[Ask, ...]]:
    money, code = records.kept(_paid(found.money)), records.kept(found.currency)
    asks = open_currency(money, code)
    missing = "The file does not name the currency of its revenue; none was assumed."
    return [note for note in (open_marks([money]), missing if asks else None) if note], asks


def _sums(
    records: Records, found: _Figures, stated: Sequence[Line]
) -> tuple[dict[str, Total], list[str]]:
    """Sums of the kept rows beside the block's own total row, where it has one."""
    sums: dict[str, Total] = {}
    notes: list[str] = []
    for name, place in found.places.items():
        if place is None:
            continue
        header, values = records.header[place], records.kept(found.values(name))
        own = None if name in {"users", "new_users"} else _stated(stated, place)
        sums[header], note = totals.compare(header, values, own)
        notes += [note] if note else []
    return sums, notes


def _stated(lines: Sequence[Line], place: int) -> Decimal | None:
    for line in lines:
        if place < len(line.cells):
            try:
                return figure(line.cells[place], ".")[0]
            except Unreadable:
                continue
    return None


def _check_whole(block: Block) -> None:
    """Refuse a file whose lines between two blocks are lost: the rows would be read under one header."""
    for at, cells in block.lines:
        names = [normal(cell) for cell in cells]
        if METRICS & set(names[1:]) or (names[0] in TIMES and len(names) > 1):
            raise BadInput(
                f"Line {at}: a header stands among the rows, so lines of the file are missing; "
                "download it again."
            )


def _among(records: Records, about: Sequence[int], words: Sequence[str]) -> int | None:
    place = records.find(*words)
    return place if place in about else None


def _times(
    records: Records, place: int | None, span: Span | None
) -> list[tuple[date | None, int | None]]:
    """Day and hour of each row: a date, an hour of a date, or an offset from the block's first day."""
    if place is None:
        return [(None, None)] * len(records.rows)
    name = normal(records.header[place])
    records.refuse_blank(place)

    def parse(text: str) -> tuple[date | None, int | None]:
        bare = text.strip()
        if not re.fullmatch(_SHAPES[name], bare, re.ASCII):
            raise Unreadable(f"is not written as {records.header[place]}")
        day, hour = _day_and_hour(name, bare, span)
        if span and not span[0] <= day <= span[1]:
            raise Unreadable(f"is outside the report's days, {span[0]} to {span[1]}")
        return day, hour

    return [value or (None, None) for value in records.parse(place, parse)]


def _day_and_hour(name: str, bare: str, span: Span | None) -> tuple[date, int | None]:
    if name == "nth day":
        if span is None:
            raise Unreadable("counts from a first day that the file does not name")
        return span[0] + timedelta(days=int(bare)), None
    try:
        day = date(int(bare[:4]), int(bare[4:6]), int(bare[6:8]))
    except ValueError as fault:
        raise Unreadable("is not a date there is") from fault
    hour = int(bare[8:]) if len(bare) == 10 else None
    if hour is not None and hour > 23:
        raise Unreadable("is not an hour of a day")
    return day, hour
