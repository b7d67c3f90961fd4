"""From the lines of an ad report to rows of ``exports.PERFORMANCE``, whichever report it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from engine.model.exports import PERFORMANCE, Ask, Export, Total
from engine.platforms.files import days, totals
from engine.platforms.files.figures import (
    Unreadable,
    count,
    decide_point,
    figure,
    number,
)
from engine.platforms.files.identity import keys, refuse_shortened
from engine.platforms.files.layout import Layout
from engine.platforms.files.money import (
    Amount,
    amounts,
    currencies,
    open_currency,
    open_marks,
)
from engine.platforms.files.records import Records, normal

COUNTS = ("impressions", "clicks", "interactions")
MONEY = ("cost", "conversion_value")


@dataclass(frozen=True)
class _Measures:
    point: str
    counts: dict[str, list[int | None]]
    money: dict[str, list[Amount | None]]
    conversions: list[Decimal | None]
    currency: list[str | None]
    others: dict[int, list[Decimal | None]]

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
    refuse_shortened(records, layout)
    measures = _measures(records, layout)
    spans = _spans(records, layout)
    columns: dict[str, Sequence[object]] = {
        **{name: records.texts(place) for name, place in layout.names.items()},
        **measures.columns(),
        "level": [layout.level] * len(records.rows),
        "period_first": [span and span[0] for span in spans],
        "period_last": [span and span[1] for span in spans],
        "day": [span[0] if span and span[0] == span[1] else None for span in spans],
        "row_key": keys(records, layout, spans),
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

    return decide_point(cells(counts=False), cells(counts=True), records.answers.point)


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
        others={
            at: records.parse(at, lambda t: figure(t, point)[0]) for at in _once(records, layout)
        },
    )


def _once(records: Records, layout: Layout) -> list[int]:
    """Further columns to add up, each header once: where it stands twice it must say the same."""
    names = dict.fromkeys(normal(records.header[at]) for at in layout.sums)
    return [at for name in names if (at := records.find(name)) is not None]


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
    for place, cells in measures.others.items():
        if told := [value for value in records.kept(cells) if value is not None]:
            found[records.header[place]] = Total(sum(told, Decimal(0)))
    return found, notes


def _stated(row: Sequence[str] | None, place: int, point: str) -> Decimal | None:
    if row is None:
        return None
    try:
        return figure(row[place], point)[0]
    except Unreadable:
        return None
