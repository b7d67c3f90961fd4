"""The ledger as pages: one client's chain, newest first, narrowed by kind and by text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from engine.model.people import Scope
from engine.model.time import account_day
from engine.store import Store, clients, ledger
from engine.store.reads import ledger_pages, moves

PER_PAGE = 40
GROUPS: dict[str, str] = {
    "platform": "By the platform",
    "person": "By a person",
    "policy": "Policy",
    "escalation": "Questions",
    "plan": "Plans",
}


@dataclass(frozen=True)
class Entry:
    """One line. ``sentence`` may hold text of others; ``at`` is aware UTC."""

    seq: int
    at: datetime
    day: date
    who: str
    by_person: bool
    kind: str
    ref: str
    sentence: str


@dataclass(frozen=True)
class Page:
    """One page of the ledger, its lines by account day, and how many pages there are in all."""

    days: tuple[tuple[date, tuple[Entry, ...]], ...]
    number: int
    pages: int
    total: int
    zone: str


def page(
    store: Store,
    scope: Scope,
    client: str,
    *,
    number: int = 1,
    groups: Sequence[str] = (),
    text: str = "",
) -> Page:
    """Page ``number`` (from 1) of a client's ledger.

    Raises:
        AskPerson: the client is out of reach.
    """
    scope.check(client)
    with store.read() as conn:
        zone = clients.client(conn, client).time_zone
        names = moves.names(conn)
        total = ledger_pages.count(conn, client, groups, text)
        pages = max(1, -(-total // PER_PAGE))
        at = min(max(number, 1), pages)
        rows = ledger_pages.rows(
            conn, client, groups, text, limit=PER_PAGE, offset=(at - 1) * PER_PAGE
        )
    by_day: dict[date, list[Entry]] = {}
    for row in rows:
        day = account_day(row["at"], zone)
        entry = Entry(
            seq=row["seq"],
            at=row["at"],
            day=day,
            who=names.get(row["actor"], _machine(row["actor"])),
            by_person=row["actor"] in names,
            kind=row["kind"],
            ref=row["ref"],
            sentence=row["sentence"],
        )
        by_day.setdefault(day, []).append(entry)
    return Page(tuple((d, tuple(e)) for d, e in by_day.items()), at, pages, total, zone)


def whole(store: Store, scope: Scope, client: str) -> int | None:
    """The number of the first line that was changed, removed or moved; None when the chain is whole."""
    scope.check(client)
    with store.read() as conn:
        return ledger.verify(conn, client)


def _machine(actor: str) -> str:
    return {"platform": "The platform", "operator": "The operator", "site": "The site"}.get(
        actor, actor.replace("_", " ").capitalize()
    )
