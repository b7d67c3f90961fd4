"""Columns of money: amount, and the currency each row itself names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from engine.model.errors import BadInput
from engine.model.exports import Ask
from engine.platforms.files.figures import CURRENCIES, Unreadable, figure, micros
from engine.platforms.files.records import Records

_CODE = re.compile(r"[A-Z]{3}")
_SHARED = {
    "$": {"USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU"},
    "¥": {"JPY", "CNY"},
    "kr": {"SEK", "NOK", "DKK", "ISK"},
    "kr.": {"DKK", "ISK"},
}
"""Currencies that are written with the same mark, so that an answer can be held against the file."""


class Amount(NamedTuple):
    """``value`` in the currency's own unit, ``micros`` of it, ``mark`` as written ("" for none)."""

    value: Decimal
    micros: int
    mark: str


def amounts(records: Records, place: int | None, point: str) -> list[Amount | None]:
    """One money column; cells that are no money refuse their row."""

    def parse(text: str) -> Amount:
        value, mark = figure(text, point)
        return Amount(value, micros(value), mark)

    return records.parse(place, parse)


def currencies(
    records: Records,
    code_place: int | None,
    columns: Sequence[Sequence[Amount | None]],
    code: str | None = None,
) -> list[str | None]:
    """Each row's currency: its code column, else the headers' ``code``, a mark of one currency, the answer.

    A row that names two currencies is refused; a bare ``$`` names none.

    Raises:
        BadInput: A person answered a currency that the file contradicts.
    """
    named: list[str | None] = [code] * len(records.rows)
    if code is None:
        named = records.parse(code_place, _code)
    for column in columns:
        for position, amount in enumerate(column):
            if amount is None or not amount.mark:
                continue
            said = CURRENCIES.get(amount.mark)
            if said is None and _CODE.fullmatch(amount.mark):
                said = amount.mark
            if said and named[position] and said != named[position]:
                records.refuse(position, f"The row says {named[position]} but writes {said}.")
            named[position] = named[position] or said
    return _answered(records, named, columns) if records.answers.currency else named


def _answered(
    records: Records,
    named: Sequence[str | None],
    columns: Sequence[Sequence[Amount | None]],
) -> list[str | None]:
    said = records.answers.currency
    other = next((code for code in named if code and code != said), None)
    marks = {a.mark for column in columns for a in column if a and a.mark}
    clash = other or next((m for m in sorted(marks) if said not in _SHARED.get(m, {said})), None)
    if clash:
        raise BadInput(f"You said the money is in {said}, but the file itself writes {clash}.")
    return [said] * len(named)


def open_currency(
    paid: Sequence[Amount | None], currencies: Sequence[str | None]
) -> tuple[Ask, ...]:
    """What to ask a person: the currency, where a row has money and names none."""
    unnamed = any(a is not None and c is None for a, c in zip(paid, currencies, strict=True))
    return ("currency",) if unnamed else ()


def open_marks(columns: Sequence[Sequence[Amount | None]]) -> str | None:
    """A sentence for marks that several currencies share, such as a bare ``$``."""
    seen = {a.mark for column in columns for a in column if a and a.mark}
    shared = sorted(m for m in seen if m not in CURRENCIES and not _CODE.fullmatch(m))
    return f"Several currencies are written {' or '.join(shared)}." if shared else None


def _code(text: str) -> str:
    if not _CODE.fullmatch(text.strip()):
        raise Unreadable("is not a currency code")
    return text.strip()
