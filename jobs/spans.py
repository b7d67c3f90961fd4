"""Lengths of time as people type them."""

from __future__ import annotations

import re
from datetime import timedelta

from engine.model.errors import BadInput

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def span(text: str) -> timedelta:
    """Read ``90m``, ``1h`` or ``2d``; at most 31 days.

    Raises:
        BadInput: it is none of those, or not above zero.
    """
    found = re.fullmatch(r"(\d{1,5})([mhd])", text.strip().lower())
    if found is None or not int(found[1]):
        raise BadInput(f"{text!r} is no length of time; write it like 90m, 1h or 2d.")
    length = timedelta(**{_UNITS[found[2]]: int(found[1])})
    if length > timedelta(days=31):
        raise BadInput("Advance at most 31 days at a time.")
    return length
