"""How the house is running: passes, jobs, sources, writes of unknown outcome, the store itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.model.outcomes import SourceState
from engine.model.people import Scope
from engine.store import Store, clients, intents, meta, sources, ticks
from engine.store.clients import Client
from engine.store.ticks import JobRun, Tick


@dataclass(frozen=True)
class ClientHealth:
    """One client's last pass. ``state`` is the pass's, or "new" before the first."""

    client: str
    name: str
    paused: bool
    last_tick_at: datetime | None
    state: str
    sentence: str
    sources: tuple[SourceState, ...]
    zone: str


@dataclass(frozen=True)
class OpenWrite:
    """A write whose outcome is not known yet."""

    client: str
    what: str
    state: str
    sent_at: datetime
    attempt: int
    note: str


@dataclass(frozen=True)
class Health:
    """Everything. ``ledger_bad`` names clients whose chain is broken, with the first bad line."""

    clients: tuple[ClientHealth, ...]
    jobs: tuple[JobRun, ...]
    ticks: tuple[Tick, ...]
    unresolved: tuple[OpenWrite, ...]
    ledger_bad: tuple[tuple[str, int], ...]
    paused_all: bool
    demo: bool
    store: str
    store_bytes: int | None

    @property
    def ok(self) -> bool:
        """True when nothing needs a person."""
        failing = any(c.state == "failed" for c in self.clients)
        return not (failing or self.ledger_bad or self.unresolved or self.paused_all)


def health(store: Store, scope: Scope, now: datetime, *, chains: bool = True) -> Health:  # noqa: ARG001  every reading function takes the time
    """The state of the house for the clients in reach. ``chains`` False leaves the ledger unchecked (it is long)."""
    with store.read() as conn:
        found = clients.clients(conn, scope)
        rows = tuple(_client(conn, c) for c in found)
        open_writes = tuple(w for c in found for w in _writes(conn, c.client))
        bad = tuple(_broken(store, conn, found)) if chains else ()
        names = {c.client for c in found}
        every = ticks.job_runs(conn, Scope.operator()) if _inside(scope) else []
        runs = tuple(j for j in every if _within(j, names, everything=scope.everything))
        return Health(
            clients=rows,
            jobs=runs,
            ticks=tuple(ticks.recent(conn, scope, 30)),
            unresolved=open_writes,
            ledger_bad=bad,
            paused_all=meta.get(conn, "paused_all") == "1",
            demo=meta.get(conn, "demo") == "1",
            store=str(store.path) if store.path else store.url,
            store_bytes=store.path.stat().st_size if store.path and store.path.exists() else None,
        )


def all_paused(store: Store) -> bool:
    """True while the kill switch of the whole store is thrown."""
    with store.read() as conn:
        return meta.get(conn, "paused_all") == "1"


def some_paused(store: Store, scope: Scope) -> tuple[bool, bool]:
    """Whether any client in reach is paused by its own switch, and whether any is not."""
    with store.read() as conn:
        states = {c.paused for c in clients.clients(conn, scope)}
    return True in states, False in states


def _inside(scope: Scope) -> bool:
    return scope.role in {"admin", "operator"}


def _within(job: JobRun, reach: set[str], *, everything: bool) -> bool:
    """The house's own job, or that of a client in reach; a pull's name ends with its client."""
    _, _, named = job.name.partition(" ")
    return everything or (job.client or named or next(iter(reach), "")) in reach


def _client(conn: Any, row: Client) -> ClientHealth:
    last = ticks.last(conn, row.client)
    return ClientHealth(
        client=row.client,
        name=row.name,
        paused=row.paused,
        last_tick_at=None if last is None else last.finished_at or last.started_at,
        state="new" if last is None else last.state,
        sentence="" if last is None else last.sentence,
        sources=tuple(sources.states(conn, row.client)),
        zone=row.time_zone,
    )


def _writes(conn: Any, client: str) -> list[OpenWrite]:
    return [
        OpenWrite(client, i.change.sentence, i.state, i.sent_at, i.attempt, i.note)
        for i in intents.unresolved(conn, client)
    ]


def _broken(store: Store, conn: Any, found: list[Client]) -> list[tuple[str, int]]:
    checked = (store.broken(conn, c.client) for c in found)
    return [(broken.client, broken.seq) for broken in checked if broken is not None]
