"""The strategist's queue: every question and every plan in reach, the least time left first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from engine.model.people import Scope
from engine.store import Store
from engine.store.reads import inbox, moves

Which = Literal["mine", "all", "done"]
LIMIT = 200
KIND_WORDS = {
    "bound": "A bound was met",
    "plan": "Media plan",
    "spend_anomaly": "Spend anomaly",
    "performance_drift": "Performance drift",
    "attribution_mismatch": "Attribution",
    "lead_quality": "Lead quality",
    "outside_edit": "Changed outside",
    "stale_source": "Late source",
    "tracking_broken": "Tracking",
    "expiring_token": "Access ends",
    "rejected_ad": "Rejected ad",
}


@dataclass(frozen=True)
class Item:
    """One thing to decide. ``due_at`` is None for a plan; instants are aware UTC, ``zone`` is the client's."""

    client: str
    client_name: str
    zone: str
    ref: str
    kind: str
    title: str
    owner: str
    mine: bool
    status: str
    due_at: datetime | None
    back_at: datetime | None

    @property
    def kind_word(self) -> str:
        """The kind in plain words."""
        return KIND_WORDS.get(self.kind, self.kind.replace("_", " ").capitalize())

    def asleep(self, now: datetime) -> bool:
        """True while it is put off."""
        return self.status == "deferred" and self.back_at is not None and self.back_at > now


@dataclass(frozen=True)
class Queue:
    """What is shown, and how many there would be in each view."""

    items: tuple[Item, ...]
    mine: int
    all: int
    next_due: datetime | None
    next_zone: str


def open_count(store: Store, scope: Scope) -> int:
    """How many questions and plans wait, for the menu."""
    with store.read() as conn:
        return inbox.open_count(conn, scope)


def queue(store: Store, scope: Scope, now: datetime, which: Which) -> Queue:
    """The queue of one person."""
    with store.read() as conn:
        names = moves.names(conn)
        unanswered = _items(conn, scope, names, done=False)
        done = _items(conn, scope, names, done=True) if which == "done" else ()
    far = now + timedelta(days=3650)
    ordered = sorted(unanswered, key=lambda i: (i.asleep(now), i.due_at or far, i.ref))
    mine = [item for item in ordered if item.mine]
    shown = {"mine": mine, "all": ordered, "done": done}[which]
    awake = [i for i in ordered if i.due_at is not None and not i.asleep(now)]
    return Queue(
        tuple(shown),
        len(mine),
        len(ordered),
        awake[0].due_at if awake else None,
        awake[0].zone if awake else "UTC",
    )


def _items(conn: Any, scope: Scope, names: Mapping[str, str], *, done: bool) -> tuple[Item, ...]:
    asked = (
        Item(
            client=row["client"],
            client_name=row["client_name"],
            zone=row["time_zone"],
            ref=row["ref"],
            kind=row["kind"],
            title=row["title"],
            owner=names.get(row["owner"], row["owner"]),
            mine=scope.person in {row["owner"], row["backup"]},
            status=row["status"],
            due_at=row["due_at"],
            back_at=row["deferred_until"],
        )
        for row in inbox.questions(conn, scope, done=done, limit=LIMIT)
    )
    planned = (
        Item(
            client=row["client_id"],
            client_name=row["client_name"],
            zone=row["time_zone"],
            ref=row["plan_id"],
            kind="plan",
            title=plan_title(row["month"]),
            owner="",
            mine=row["client_id"] in scope.senior,
            status="open" if row["status"] == "waiting" else row["status"],
            due_at=None,
            back_at=None,
        )
        for row in inbox.plan_rows(conn, scope, done=done, limit=LIMIT)
    )
    return (*asked, *planned)


def plan_title(month: Any) -> str:
    """The question a plan asks."""
    return f"Approve the media plan for {month:%B %Y}?"
