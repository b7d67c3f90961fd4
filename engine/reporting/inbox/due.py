"""How much time a question has left, in words and as a tone. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.reporting.words import span, stamp

Tone = Literal["red", "orange", "blue", "gray"]
OPEN = ("open", "deferred", "waiting")
_SHORT, _SOON = 2, 4  # hours: below the first it is red, below the second orange


@dataclass(frozen=True)
class Left:
    """What the badge says. ``short`` fits a list, ``full`` names the hour too; ``icon`` is a Material name."""

    icon: str
    short: str
    full: str
    tone: Tone


def left(
    status: str, due_at: datetime | None, back_at: datetime | None, zone: str, now: datetime
) -> Left:
    """The time left of one question or plan; instants aware, shown in ``zone``."""
    if status not in OPEN:
        return Left("done", status, status, "gray")
    if status == "deferred" and back_at is not None and back_at > now:
        back = f"back {stamp(back_at, zone, now)}"
        return Left("event_repeat", back, back, "blue")
    if due_at is None:
        return Left("event_note", "waits for a senior", "waits for a senior", "gray")
    rest, when = due_at - now, stamp(due_at, zone, now)
    hours = rest.total_seconds() / 3600
    if hours < 0:
        late = f"{span(-rest)} late"
        return Left("timer_off", late, f"{late} · was due {when}", "red")
    short = span(rest) if hours < 24 else when
    tone: Tone = "red" if hours < _SHORT else "orange" if hours < _SOON else "gray"
    return Left("timer", short, f"{span(rest)} left · due {when}", tone)
