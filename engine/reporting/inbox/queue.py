"""The strategist's queue: every question and every plan in reach, the least time left first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from engine.model.people import Scope
from engine.model.working_hours import Rota, worked
from engine.store import Store, calendars
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
    """One thing to decide. ``due_at`` is None for a plan; instants are aware UTC, ``zone`` is the client's.

    ``owner`` is who is asked now; ``working`` is what is left of their working time, None for a plan or where the
    deadline has passed.
    """

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
    working: timedelta | None = None

    @property
    def kind_word(self) -> str:
        """The kind in plain words."""
        return KIND_WORDS.get(self.kind, self.kind.replace("_", " ").capitalize())

    def asleep(self, now: datetime) -> bool:
        """True while it is put off or out of sight."""
        return (
            self.status in {"deferred", "snoozed"}
            and self.back_at is not None
            and self.back_at > now
        )


@dataclass(frozen=True)
class Filters:
    """What narrows the queue: a kind, a client id, a text; "" for any."""

    kind: str = ""
    client: str = ""
    text: str = ""

    def lets(self, item: Item) -> bool:
        """True for what is to be shown."""
        return self.kind in ("", item.kind) and self.client in ("", item.client)


@dataclass(frozen=True)
class Queue:
    """What is shown, how many there are in each view, and the kinds and clients it could be narrowed to."""

    items: tuple[Item, ...]
    mine: int
    all: int
    next_due: datetime | None
    next_zone: str
    kinds: Mapping[str, str] = field(default_factory=dict)
    clients: Mapping[str, str] = field(default_factory=dict)


def open_count(store: Store, scope: Scope) -> int:
    """How many questions and plans wait, for the menu."""
    with store.read() as conn:
        return inbox.open_count(conn, scope)


def queue(
    store: Store, scope: Scope, now: datetime, which: Which, filters: Filters | None = None
) -> Queue:
    """The queue of one person."""
    chosen = filters or Filters()
    with store.read() as conn:
        read = _Reader(conn, scope, now, moves.names(conn), {})
        unanswered = read.items(done=False)
        done = read.items(done=True, text=chosen.text) if which == "done" else ()
    far = now + timedelta(days=3650)
    ordered = sorted(unanswered, key=lambda i: (i.asleep(now), i.due_at or far, i.ref))
    mine = [item for item in ordered if item.mine]
    shown = {"mine": mine, "all": ordered, "done": done}[which]
    awake = [i for i in ordered if i.due_at is not None and not i.asleep(now)]
    return Queue(
        tuple(item for item in shown if chosen.lets(item)),
        len(mine),
        len(ordered),
        awake[0].due_at if awake else None,
        awake[0].zone if awake else "UTC",
        {i.kind: i.kind_word for i in sorted(shown, key=lambda i: i.kind_word)},
        {i.client: i.client_name for i in sorted(shown, key=lambda i: i.client_name)},
    )


@dataclass(frozen=True)
class _Reader:
    """One reading of the store; calendars of a client are read once."""

    conn: Any
    scope: Scope
    now: datetime
    names: Mapping[str, str]
    rotas: dict[str, Rota]

    def items(self, *, done: bool, text: str = "") -> tuple[Item, ...]:
        """Questions, then plans."""
        asked = inbox.questions(self.conn, self.scope, done=done, limit=LIMIT, text=text)
        plans = [] if text else inbox.plan_rows(self.conn, self.scope, done=done, limit=LIMIT)
        return (*map(self._question, asked), *map(self._plan, plans))

    def _question(self, row: Mapping[str, Any]) -> Item:
        asked = row["asked"] or row["owner"]
        asleep = row["status"] == "snoozed"
        return Item(
            client=row["client"],
            client_name=row["client_name"],
            zone=row["time_zone"],
            ref=row["ref"],
            kind=row["kind"],
            title=row["title"],
            owner=self.names.get(asked, asked),
            mine=self.scope.person in {asked, row["owner"], row["backup"]},
            status=row["status"],
            due_at=row["due_at"],
            back_at=row["snoozed_until"] if asleep else row["deferred_until"],
            working=self._left(row["client"], asked, row["due_at"]),
        )

    def _left(self, client: str, asked: str, due_at: datetime) -> timedelta | None:
        if due_at <= self.now:
            return None
        if client not in self.rotas:
            self.rotas[client] = calendars.rota(self.conn, client)
        return worked(self.now, due_at, self.rotas[client].of(asked))

    def _plan(self, row: Mapping[str, Any]) -> Item:
        return Item(
            client=row["client_id"],
            client_name=row["client_name"],
            zone=row["time_zone"],
            ref=row["plan_id"],
            kind="plan",
            title=plan_title(row["month"]),
            owner="",
            mine=row["client_id"] in self.scope.senior,
            status="open" if row["status"] == "waiting" else row["status"],
            due_at=None,
            back_at=None,
        )


def plan_title(month: Any) -> str:
    """The question a plan asks."""
    return f"Approve the media plan for {month:%B %Y}?"
