"""Cells of a workbook as the text of a CSV: real dates in one order, figures without the noise of floats."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from engine.platforms.files.figures import MARK

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_BRACKET = re.compile(r"\[\$([^\]-]*)(?:-[0-9A-Fa-f]+)?\]")
_EXACT = 10**15
_HALF_A_SECOND = timedelta(milliseconds=500)


def cell_text(cell: Any) -> str:
    """What a CSV of the sheet would say of this cell, in ISO dates and with a decimal point."""
    value = cell.value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _figure(value, str(cell.number_format or ""))
    if isinstance(value, date | time | timedelta):
        return _when(value)
    return "" if value is None else str(value)


def plain(value: float) -> str:
    """A figure in digits; Excel holds 15 of them, and what a longer number lost is not made up."""
    if isinstance(value, int):
        return str(value)
    if value.is_integer():
        return str(int(value)) if abs(value) < _EXACT else f"{value:.14E}"
    written = f"{value:.15g}"
    return f"{Decimal(written):f}" if "e" in written else written


def _figure(value: float, form: str) -> str:
    """With the percent sign or the currency that its number format shows."""
    percent, mark = _shown(form)
    if not percent:
        return f"{mark}{plain(value)}"
    hundredfold = value * 100 if isinstance(value, int) else float(Decimal(repr(value)) * 100)
    return f"{plain(hundredfold)}%"


@lru_cache(maxsize=256)
def _shown(form: str) -> tuple[bool, str]:
    """Whether a number format writes a percent sign, and the currency mark it writes ("" for none)."""
    shown = form.split(";", 1)[0]
    rest = _BRACKET.sub("", shown)
    bare = _QUOTED.sub("", rest)
    said = [match[1].strip() for match in _BRACKET.finditer(shown)]
    said += [(match[1] or match[2] or "").strip() for match in _QUOTED.finditer(rest)]
    said += re.findall(r"[$£€¥₹]", bare)
    return "%" in bare, next((text for text in said if MARK.fullmatch(text)), "")


def _when(value: date | time | timedelta) -> str:
    """A day, a moment to the second (a day where it is midnight), a time of day or a length of time."""
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    if not isinstance(value, datetime):
        return value.isoformat()
    whole = (value + _HALF_A_SECOND).replace(microsecond=0)
    midnight = whole.time() == time.min
    return whole.date().isoformat() if midnight else whole.isoformat(sep=" ")
