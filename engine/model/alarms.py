"""What a watch saw that a person should judge; it never moves anything by itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from policies.actions import Evidence, Frozen

AlarmKind = Literal[
    "spend_anomaly",
    "performance_drift",
    "attribution_mismatch",
    "lead_quality",
    "tracking_broken",
    "stale_source",
    "expiring_token",
    "rejected_ad",
    "outside_edit",
]


class Option(Frozen):
    """One thing the person may do, and what follows from it, computed."""

    label: str
    consequence: str


class Alarm(Frozen):
    """One alarm. ``cause`` is stable: the same trouble seen again in its period has the same cause.

    ``waiting_cost_micros`` is what a day of waiting costs in the client's currency; None when
    unknown. ``fingerprint`` names the exact state a person is asked about, "" when there is nothing
    to answer by it; ``before_after`` are rows of what, before, after, as text.
    """

    kind: AlarmKind
    cause: str
    title: Annotated[str, Field(min_length=1, max_length=52)]
    what: str
    evidence: tuple[Evidence, ...]
    options: Annotated[tuple[Option, ...], Field(min_length=1)]
    waiting_cost_micros: int | None = None
    fingerprint: str = ""
    before_after: tuple[tuple[str, str, str], ...] = ()
