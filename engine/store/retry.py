"""Which database errors mean that somebody else was first, and how long to step aside."""

from __future__ import annotations

from random import Random

from sqlalchemy.exc import DBAPIError, IntegrityError

ATTEMPTS = 14
"""Tries before a conflict is handed back; with the waits below at most about two seconds."""

DOUBLED = 4
"""Doubled keys that are taken for a race; one more, and the function itself is at fault."""

_POSTGRES_CONFLICT = frozenset({"40001", "40P01"})


def is_conflict(error: DBAPIError) -> bool:
    """True when another transaction changed the same row first; running again may succeed."""
    cause = error.orig
    if getattr(cause, "sqlstate", None) in _POSTGRES_CONFLICT:
        return True
    return type(cause).__name__ == "TransactionException" and (
        "onflict" in str(cause) or "constraint violation" in str(cause)
    )


def is_doubled(error: DBAPIError) -> bool:
    """True for a doubled key: the other row may be newer than what this transaction could see."""
    return isinstance(error, IntegrityError)


def wait_seconds(attempt: int, rng: Random) -> float:
    """How long to step aside after try ``attempt`` (from 0).

    Full jitter up to 4 ms, doubled each time, at most 0.25 s.
    """
    return rng.uniform(0.001, min(0.25, 0.004 * 2**attempt))
