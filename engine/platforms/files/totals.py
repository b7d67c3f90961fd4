"""Sums over kept rows beside the totals a file states itself."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from engine.model.exports import Total

_SIGMAS = 6


def allowance(rows: int, places: int) -> Decimal:
    """How far a stated total may lie from the sum of ``rows`` figures rounded to ``places``.

    Rounding errors are spread evenly over half a last digit either way, so their sum has a standard
    deviation of unit x sqrt(rows / 12); six of those, and never more than the worst case. Figures
    without decimals are counts, which are exact.
    """
    if not places:
        return Decimal(0)
    unit = Decimal(1).scaleb(-places)
    worst = unit * (rows + 1) / 2
    likely = unit * Decimal(_SIGMAS * math.sqrt(rows / 12) + 1)
    return min(worst, likely)


def decimals(values: Sequence[Decimal | None]) -> int:
    """The most decimal places any of the figures was written with."""
    found = [-int(v.as_tuple().exponent) for v in values if v is not None]
    return max([0, *found])


def compare(
    name: str, values: Sequence[Decimal | None], stated: Decimal | None
) -> tuple[Total, str | None]:
    """The pair for one column, and a sentence when the two differ by more than rounding."""
    added = sum((v for v in values if v is not None), Decimal(0))
    if stated is None:
        return Total(added), None
    counted = sum(1 for v in values if v)
    places = decimals([*values, stated])
    if abs(added - stated) <= allowance(counted, places):
        return Total(added, stated, rounded=True), None
    return Total(added, stated, rounded=False), (
        f"{name}: the kept rows add up to {added}, the file's own total is {stated}; "
        "the difference is more than rounding, so rows are missing from the file or were refused."
    )


def by_currency(
    name: str, values: Sequence[Decimal | None], currencies: Sequence[str | None]
) -> dict[str, Total]:
    """One total, or one for each currency: money of different currencies is never added."""
    found = sorted({c for c, v in zip(currencies, values, strict=True) if v is not None and c})
    unnamed = any(c is None and v is not None for c, v in zip(currencies, values, strict=True))
    if len(found) + unnamed <= 1:
        return {name: Total(sum((v for v in values if v is not None), Decimal(0)))}
    totals = {}
    for currency in [*found, *([None] if unnamed else [])]:
        part = [v for c, v in zip(currencies, values, strict=True) if c == currency and v]
        totals[f"{name} ({currency or 'no currency'})"] = Total(sum(part, Decimal(0)))
    return totals


def one_currency(currencies: Sequence[str | None]) -> tuple[str | None, str | None]:
    """The file's one currency, and the sentence to show when there is none or more than one."""
    found = sorted({c for c in currencies if c})
    if len(found) == 1 and None not in currencies:
        return found[0], None
    if not found:
        return None, "The file does not name the currency of its money; none was assumed."
    if len(found) == 1:
        return None, f"Some rows name {found[0]}, others no currency; none was assumed for those."
    return None, f"The money is in several currencies ({', '.join(found)}) and was not added up."
