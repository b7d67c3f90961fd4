"""How much time a question has left, in words and as a tone. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from engine.model.escalation_life import UNDECIDED
from engine.reporting.words import span, stamp

Tone = Literal["red", "orange", "blue", "gray"]
OPEN = (*UNDECIDED, "waiting")
_SHORT, _SOON = 2, 4  # hours: below the first it is red, below the second orange


@dataclass(frozen=True)
class Left:
    """What the badge says. ``short`` fits a list, ``full`` names the hour too; ``icon`` is a Material name."""

    icon: str
    short: str
    full: str
    tone: Tone


def left(
    status: str,
    due_at: datetime | None,
    back_at: datetime | None,
    zone: str,
    now: datetime,
    working: timedelta | None = None,
) -> Left:
    """The time left of one question or plan; instants aware, shown in ``zone``.

    ``working`` is what is left of the working time of who is asked; None: time as it passes for everybody.
    """
    if status not in OPEN:
        return Left("done", status, status, "gray")
    if status == "deferred" and back_at is not None and back_at > now:
        back = f"back {stamp(back_at, zone, now)}"
        return Left("event_repeat", back, back, "blue")
    if due_at is None:
        return Left("event_note", "waits for a senior", "waits for a senior", "gray")
    if status == "snoozed" and back_at is not None and back_at > now:
        back = f"asleep until {stamp(back_at, zone, now)}"
        return Left("snooze", back, f"{back} · due {stamp(due_at, zone, now)}", "blue")
    rest, when = due_at - now, stamp(due_at, zone, now)
    if rest < timedelta():
        late = f"{span(-rest)} late"
        return Left("timer_off", late, f"{late} · was due {when}", "red")
    rest = rest if working is None else working
    hours = rest.total_seconds() / 3600
    short = span(rest) if due_at - now < timedelta(hours=24) else when
    tone: Tone = "red" if hours < _SHORT else "orange" if hours < _SOON else "gray"
    word = " of working time" if working is not None and working < due_at - now else ""
    return Left("timer", short, f"{span(rest)}{word} left · due {when}", tone)
