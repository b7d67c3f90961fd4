"""From the lines of an ad report to rows of ``exports.PERFORMANCE``, whichever report it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from engine.model.exports import PERFORMANCE, Ask, Export, Total
from engine.platforms.files import days, totals
from engine.platforms.files.figures import Unreadable, count, decide_point, figure, number
from engine.platforms.files.money import (
    Amount,
    amounts,
    currencies,
    open_currency,
    open_marks,
)
from engine.platforms.files.records import Records, normal, ordinals, row_key
from engine.platforms.files.sheet import NOTHING

COUNTS = ("impressions", "clicks", "interactions")
MONEY = ("cost", "conversion_value")


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
    """

    format: str
    level: str
    names: dict[str, int | None]
    measures: dict[str, int | None]
    identity: Sequence[int]
    figures: Sequence[int]
    currency: int | None = None
    time: tuple[str, int] | None = None
    period: days.Span | None = None
    stated: Sequence[str] | None = None
    account: Sequence[str] | None = None
    notes: tuple[str, ...] = ()
    source: str = "google_ads"
    sums: Sequence[int] = ()
    spans: Sequence[days.Span | None] | None = None
    code: str | None = None


@dataclass(frozen=True)
class _Measures:
    point: str
    counts: dict[str, list[int | None]]
    money: dict[str, list[Amount | None]]
    conversions: list[Decimal | None]
    currency: list[str | None]

    def values(self, name: str) -> list[Decimal | None]:
        """One measure as decimals in its own unit."""
        if name in self.counts:
            return [None if v is None else Decimal(v) for v in self.counts[name]]
        if name in self.money:
            return [a.value if a else None for a in self.money[name]]
        return self.conversions

    def columns(self) -> dict[str, Sequence[object]]:
        """As the schema holds them."""
        return {
            **self.counts,
            **{f"{n}_micros": [a.micros if a else None for a in self.money[n]] for n in MONEY},
            "conversions": [None if v is None else float(v) for v in self.conversions],
            "currency": self.currency,
        }


def build(file: str, records: Records, layout: Layout) -> Export:
    """The export of one ad report.

    Raises:
        BadInput: The decimal separator cannot be decided.
    """
    measures = _measures(records, layout)
    spans = _spans(records, layout)
    columns: dict[str, Sequence[object]] = {
        **{name: records.texts(place) for name, place in layout.names.items()},
        **measures.columns(),
        "level": [layout.level] * len(records.rows),
        "period_first": [span and span[0] for span in spans],
        "period_last": [span and span[1] for span in spans],
        "day": [span[0] if span and span[0] == span[1] else None for span in spans],
        "row_key": _keys(records, layout, spans),
        "extra": records.rest(_used(layout)),
    }
    sums, notes = _totals(records, layout, measures)
    currency, doubts, asks = _currency(records, measures)
    return Export(
        file=file,
        format=layout.format,
        source=layout.source,
        kind="performance",
        period=layout.period or _covered(records, layout, spans),
        currency=currency,
        rows=records.table(PERFORMANCE, columns),
        read=records.read,
        refused=records.refused(),
        totals=sums,
        notes=(*layout.notes, *doubts, *notes),
        asks=asks,
    )


def _currency(
    records: Records, measures: _Measures
) -> tuple[str | None, list[str], tuple[Ask, ...]]:
    """The currency of the kept money, what a person should know about it, and what to ask one."""
    money = [records.kept(column) for column in measures.money.values()]
    code = records.kept(measures.currency)
    paid = [c for c, *cells in zip(code, *money, strict=True) if any(cells)]
    if not paid:
        return None, [], ()
    currency, doubt = totals.one_currency(paid)
    asks = next((ask for column in money if (ask := open_currency(column, code))), ())
    return currency, [note for note in (doubt, open_marks(money)) if note], asks


def _covered(
    records: Records, layout: Layout, spans: Sequence[days.Span | None]
) -> days.Span | None:
    """From the first to the last day of the kept rows, where each row has a time of its own."""
    own = layout.time or layout.spans is not None
    kept = [span for span in records.kept(spans) if span] if own else []
    return (min(first for first, _ in kept), max(last for _, last in kept)) if kept else None


def _point(records: Records, layout: Layout) -> str:
    whole = {layout.measures.get(name) for name in COUNTS}
    stated = [row for row in (layout.stated, layout.account) if row]

    def cells(*, counts: bool) -> list[str]:
        places = [place for place in layout.figures if (place in whole) == counts]
        below = [cell for place in places for cell in set(records.column(place))]
        return below + [row[place] for row in stated for place in places]

    return decide_point(cells(counts=False), cells(counts=True))


def _measures(records: Records, layout: Layout) -> _Measures:
    point = _point(records, layout)
    place = layout.measures.get
    money = {name: amounts(records, place(name), point) for name in MONEY}
    return _Measures(
        point=point,
        counts={n: records.parse(place(n), lambda t: count(t, point)) for n in COUNTS},
        money=money,
        conversions=records.parse(place("conversions"), lambda t: number(t, point)),
        currency=currencies(records, layout.currency, list(money.values()), layout.code),
    )


def _spans(records: Records, layout: Layout) -> list[days.Span | None]:
    """First and last day of each row: its own time cell within the file's period, or the period."""
    whole = layout.period
    if layout.spans is not None:
        return list(layout.spans)
    if not layout.time:
        return [whole] * len(records.rows)
    unit, place = layout.time
    order = days.settled_order(records.column(place), records.answers.day_order)

    def parse(text: str) -> days.Span:
        if unit == "day":
            found = days.day(text, order)
            first, last = found, found
        else:
            first, last = days.span(text, unit, order)
        if whole:
            first, last = max(first, whole[0]), min(last, whole[1])
            if last < first:
                raise Unreadable(f"is outside the file's period, {whole[0]} to {whole[1]}")
        return first, last

    records.refuse_blank(place)
    return records.parse(place, parse)


def _keys(records: Records, layout: Layout, spans: Sequence[days.Span | None]) -> list[str]:
    """What a row is about, and when: neither column order nor a status or a blank changes a key.

    Lines that are about the same get an ordinal, so that none replaces another.
    """
    named = sorted((normal(records.header[place]), place) for place in layout.identity)
    bases: list[list[object]] = []
    for row, span in zip(records.rows, spans, strict=True):
        when = [day.isoformat() for day in span] if span else []
        about = [[name, row[place]] for name, place in named if row[place].strip() not in NOTHING]
        bases.append([layout.format, layout.level, when, about])
    keys = [row_key(base) for base in bases]
    return [
        key if nth == 1 else row_key([*base, nth])
        for key, base, nth in zip(keys, bases, _ordinals(keys, records), strict=True)
    ]


def _ordinals(keys: Sequence[str], records: Records) -> list[int]:
    """By content among lines about the same, so that a file sorted otherwise numbers them alike."""
    if len(set(keys)) == len(keys):
        return [1] * len(keys)
    at = sorted(range(len(keys)), key=lambda n: (keys[n], sorted(records.rows[n])))
    found = [1] * len(keys)
    for place, nth in zip(at, ordinals(keys[n] for n in at), strict=True):
        found[place] = nth
    return found


def _used(layout: Layout) -> list[int]:
    """Columns that reached a column of the schema; the rest goes to ``extra``."""
    places = [*layout.names.values(), *layout.measures.values(), layout.currency]
    if layout.time:
        places.append(layout.time[1])
    return [place for place in places if place is not None]


def _totals(
    records: Records, layout: Layout, measures: _Measures
) -> tuple[dict[str, Total], list[str]]:
    """Sums of the kept rows by the file's own headers, beside the file's own totals."""
    found: dict[str, Total] = {}
    notes: list[str] = []
    for name in (*COUNTS, *MONEY, "conversions"):
        place = layout.measures.get(name)
        if place is None:
            continue
        header, values = records.header[place], records.kept(measures.values(name))
        if name in MONEY:
            split = totals.by_currency(header, values, records.kept(measures.currency))
            if len(split) > 1:
                found |= split
                continue
        stated = _stated(layout.stated, place, measures.point)
        found[header], note = totals.compare(header, values, stated)
        notes += [note] if note else []
        account = _stated(layout.account, place, measures.point)
        if name == "cost" and account is not None and stated is not None and account > stated:
            notes.append(
                f"{header}: the file's total for the account is {account}, {account - stated} more "
                "than for these rows; other campaign types and hidden rows are not in the file."
            )
    for place in layout.sums:
        cells = records.kept(records.parse(place, lambda text: figure(text, measures.point)[0]))
        if values := [value for value in cells if value is not None]:
            found[records.header[place]] = Total(sum(values, Decimal(0)))
    return found, notes


def _stated(row: Sequence[str] | None, place: int, point: str) -> Decimal | None:
    if row is None:
        return None
    try:
        return figure(row[place], point)[0]
    except Unreadable:
        return None
