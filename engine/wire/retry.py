"""Patience for reads. A write is never repeated: whoever sent it looks first what became of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from engine.model.errors import TryLater, UnknownOutcome

T = TypeVar("T")

_FIRST_PAUSE = timedelta(milliseconds=200)


def patiently(
    read: Callable[[], T],
    *,
    attempts: int = 3,
    patience: timedelta = timedelta(seconds=3),
    sleep: Callable[[float], None] = time.sleep,
) -> T:
    """Call ``read`` until it answers, at most ``attempts`` times, pausing 0.2 s, then 0.4 s, ….

    A wait the platform itself asks for is kept; when it is longer than ``patience`` the fault is
    raised at once, for the next tick to come back to.

    Raises:
        TryLater: the last failure.
    """
    for attempt in range(1, attempts):
        try:
            return read()
        except UnknownOutcome:
            raise
        except TryLater as fault:
            pause = fault.wait if fault.wait is not None else _FIRST_PAUSE * 2 ** (attempt - 1)
            if pause > patience:
                raise
            sleep(pause.total_seconds())
    return read()
