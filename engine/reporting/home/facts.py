"""What the strategist's first page is composed from, as the store has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.model.outcomes import SourceState
from engine.model.plans import Plan
from engine.reporting.inbox.queue import Queue
from engine.store.ticks import JobRun


@dataclass(frozen=True)
class Pass:
    """One client and its last pass. ``at`` (UTC) is None before the first, ``state`` is then empty."""

    client: str
    name: str
    zone: str
    currency: str
    paused: bool
    at: datetime | None
    state: str
    sentence: str


@dataclass(frozen=True)
class Happened:
    """So many lines of one kind; ``act`` and ``state`` are those of the decision they speak of, or empty."""

    client: str
    kind: str
    act: str
    state: str
    number: int


@dataclass(frozen=True)
class WaitingPlan:
    """A plan nobody has decided; ``plan`` is None when its text cannot be read."""

    client: str
    ref: str
    month: date
    plan: Plan | None


@dataclass(frozen=True)
class Draft:
    """A policy draft newer than the one in force. ``author`` is a name, ``own`` True for the reader's."""

    client: str
    version: int
    author: str
    own: bool


@dataclass(frozen=True)
class Facts:
    """Everything read. ``since`` is when the reader was last here (UTC): see ``read.away_since``."""

    passes: tuple[Pass, ...]
    jobs: tuple[JobRun, ...]
    demo: bool
    paused_all: bool
    since: datetime
    happened: tuple[Happened, ...]
    moved: tuple[tuple[str, Any], ...]
    queue: Queue
    plans: tuple[WaitingPlan, ...]
    concepts: tuple[tuple[str, int], ...]
    drafts: tuple[Draft, ...]
    sources: tuple[tuple[str, SourceState], ...]
