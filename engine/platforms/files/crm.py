"""From the lines of a CRM export to deals, leads or look-up rows, whichever CRM it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from engine.model.exports import DEALS, LEADS, Ask, Export, Total
from engine.platforms.files import totals
from engine.platforms.files.days import Order, Span, day, settled_order
from engine.platforms.files.figures import decide_point
from engine.platforms.files.money import (
    Amount,
    amounts,
    currencies,
    open_currency,
    open_marks,
)
from engine.platforms.files.records import Records, keep_latest, record_key

Columns = dict[str, Sequence[object]]

_WON = ("closedwon", "won")
_LOST = ("closedlost", "lost")


def outcome(stage: str) -> bool | None:
    """True for a won stage, False for a lost one, None for every other: the deal is open."""
    plain = "".join(letter for letter in stage.casefold() if letter.isalpha())
    if plain.startswith(_WON):
        return True
    return False if plain.startswith(_LOST) else None


def dates(records: Records, *places: int | None) -> list[list[date | None]]:
    """Date columns that share one order of day and month.

    Raises:
        Unanswered: The order cannot be told and nobody said it.
    """
    known = [place for place in places if place is not None]
    cells = [cell for place in known for cell in records.column(place)]
    order: Order | None = settled_order(cells, records.answers.day_order)
    return [records.parse(place, lambda text: day(text, order)) for place in places]


@dataclass(frozen=True)
class Value:
    """What each deal is worth: the column's header, its amounts, the currency each row names."""

    header: str
    amounts: Sequence[Amount | None]
    currencies: Sequence[str | None]


def value(records: Records, header: str, code: int | None) -> Value | None:
    """The money column of this normal name, None when the file has none; ``code`` as its place.

    Raises:
        BadInput: The decimal separator cannot be decided.
    """
    place = records.find(header)
    if place is None:
        return None
    money = amounts(records, place, decide_point(records.column(place), said=records.answers.point))
    return Value(records.header[place], money, currencies(records, code, [money]))


def deals(
    file: str,
    format_name: str,
    records: Records,
    columns: Columns,
    *,
    value: Value | None = None,
    notes: Iterable[str | None] = (),
) -> Export:
    """The export of one list of deals; of a repeated deal id only the latest state is kept.

    Args:
        file: The file's name.
        format_name: The reader's.
        records: The lines.
        columns: Those of the schema that the file has, ``deal_id`` at least.
        value: What the deals are worth.
        notes: Sentences of the reader's own; None is left out.
    """
    ids = columns["deal_id"]
    keep_latest(records, ids, columns.get("modified_at"))
    columns = {**columns, "row_key": [record_key(format_name, key) for key in ids]}
    sums: dict[str, Total] = {}
    currency = doubt = shared = None
    asks: tuple[Ask, ...] = ()
    if value:
        columns["amount_micros"] = [a.micros if a else None for a in value.amounts]
        columns["currency"] = value.currencies
        money, code = records.kept(value.amounts), records.kept(value.currencies)
        sums = totals.by_currency(value.header, [a.value if a else None for a in money], code)
        paid = [c for c, a in zip(code, money, strict=True) if a]
        currency, doubt = totals.one_currency(paid) if paid else (None, None)
        shared, asks = open_marks([money]), open_currency(money, code)
    return Export(
        file=file,
        format=format_name,
        source="crm",
        kind="deals",
        period=_period(records, columns),
        currency=currency,
        rows=records.table(DEALS, columns),
        read=records.read,
        refused=records.refused(),
        totals=sums,
        notes=tuple(note for note in (*notes, doubt, shared) if note),
        asks=asks,
    )


def leads(file: str, format_name: str, records: Records, columns: Columns) -> Export:
    """The export of one list of leads; ``columns`` holds ``lead_id`` at least."""
    ids = columns["lead_id"]
    keep_latest(records, ids)
    columns = {**columns, "row_key": [record_key(format_name, key) for key in ids]}
    return Export(
        file=file,
        format=format_name,
        source="crm",
        kind="leads",
        period=_period(records, columns),
        currency=None,
        rows=records.table(LEADS, columns),
        read=records.read,
        refused=records.refused(),
    )


def _period(records: Records, columns: Columns) -> Span | None:
    """From the first to the last day on which a kept record was created or closed."""
    found = [
        value
        for name in ("created_on", "closed_on")
        for value in records.kept(columns.get(name, ()))
        if isinstance(value, date)
    ]
    return (min(found), max(found)) if found else None
