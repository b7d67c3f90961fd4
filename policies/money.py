"""Money as the whole house counts it.

Whole micros of a named currency (1,000,000 micros = one unit).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer

from policies.fields import Written

MICROS = 1_000_000
MAX_MICROS = 10**16  # ten billion units: anything larger is a slip of the keyboard, not a budget
_PLAIN = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?")
"""A plain decimal. No exponent: ten characters of one are a number that takes a machine minutes to write out."""

_PLACES = 6  # of a micro
_TOLD = 30  # characters of a wrong amount are quoted


def micros(text: str | Decimal) -> int:
    """Read an amount in whole currency units, such as ``"1400.50"``, as micros.

    Raises:
        ValueError: not a plain decimal number, not finite, or finer than a micro.
    """
    plain = text.strip() if isinstance(text, str) else _written(text)
    told = repr(text) if len(plain) <= _TOLD else f"{plain[:_TOLD]!r}…"
    if not _PLAIN.fullmatch(plain):
        raise ValueError(f'{told} is not an amount; write it as text such as "1400.50".')
    whole, _, fraction = plain.partition(".")
    if fraction[_PLACES:].strip("0"):
        raise ValueError(f"{told} is finer than a millionth of a unit.")
    return int(f"{whole}{fraction[:_PLACES].ljust(_PLACES, '0')}")


def _written(value: Any) -> str:
    """A number as its digits; empty for what is none, or is so large or small that it is no amount."""
    if isinstance(value, int):
        value = Decimal(value)
    if not isinstance(value, Decimal) or not value.is_finite() or abs(value.adjusted()) > _TOLD:
        return ""
    return format(value, "f")


def decimal_text(amount_micros: int) -> str:
    """Write micros as a decimal string in whole units with at least two places: ``"1400.50"``."""
    whole, rest = divmod(abs(amount_micros), MICROS)
    sign = "-" if amount_micros < 0 else ""
    return f"{sign}{whole}.{f'{rest:06d}'.rstrip('0').ljust(2, '0')}"


def _read(value: Any) -> int:
    if isinstance(value, str | Decimal):
        return micros(value)
    raise ValueError('write an amount as text in whole units, such as "1400.50"')


Amount = Annotated[
    int,
    Written("money"),
    BeforeValidator(_read),
    Field(ge=0, le=MAX_MICROS),
    PlainSerializer(decimal_text, return_type=str, when_used="json"),
]
"""A non-negative amount: text in whole units at every boundary, int micros inside."""

_SIGNS = {"GBP": "£", "USD": "$", "EUR": "€"}


def spoken(amount_micros: float, currency: str) -> str:
    """Money as a person reads it in a sentence: ``£9,870``, pence only under ten (``£3.62``).

    A currency without a sign of its own here is named: ``SEK 9,870``.
    """
    units = abs(amount_micros) / MICROS
    digits = f"{units:,.2f}" if units < 10 else f"{units:,.0f}"
    sign = _SIGNS.get(currency, f"{currency} ")
    return f"{'−' if amount_micros < 0 else ''}{sign}{digits}"


def exactly(amount_micros: int, currency: str) -> str:
    """Money to the last digit that is written: ``£1,400``, ``£1,400.50``, ``SEK 0.125``."""
    whole, _, rest = decimal_text(abs(amount_micros)).partition(".")
    digits = f"{int(whole):,}" + (f".{rest}" if rest.strip("0") else "")
    sign = _SIGNS.get(currency, f"{currency} ")
    return f"{'−' if amount_micros < 0 else ''}{sign}{digits}"
