"""What one tick did, for the command line, the schedule and the row of the pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass
class TickResult:
    """What one tick did. ``state`` is ok, late (a source or an answer is missing) or paused."""

    client: str
    now: datetime
    changes: int = 0
    decisions: int = 0
    escalations: int = 0
    state: str = "ok"
    sentence: str = ""
