"""The ledger as pages: one client's chain, newest first, narrowed by kind, by whom, by time and by text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from engine.model.ledger_kinds import CLIENT, readable
from engine.model.people import Scope
from engine.model.time import account_day, day_start
from engine.store import Store, clients
from engine.store.reads import ledger_pages, moves
from engine.store.reads.ledger_pages import Wanted

PER_PAGE = 25
KINDS: dict[str, str] = {
    "done": "Done",
    "outcomes": "Outcomes",
    "decided": "Decided",
    "asked": "Asked",
    "blocked": "Blocked",
    "plan": "Plans",
    "policy": "Policy",
    "creative": "Creative",
    "house": "House",
}
Who = Literal["everybody", "platform", "people"]
Period = Literal["all", "today", "7 days", "30 days"]
_DAYS: dict[str, int] = {"today": 1, "7 days": 7, "30 days": 30}


@dataclass(frozen=True)
class Ask:
    """What a reader asked for. A period counts account days back from today, today included."""

    kinds: tuple[str, ...] = ()
    who: Who = "everybody"
    period: Period = "all"
    text: str = ""

    @property
    def narrow(self) -> bool:
        """True when anything is left out."""
        return self != Ask()


@dataclass(frozen=True)
class Entry:
    """One line. ``sentence`` may hold text of others; ``at`` is aware UTC."""

    seq: int
    at: datetime
    day: date
    who: str
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


@dataclass(frozen=True)
class Chain:
    """A check of every seal up to line ``seq``, made at ``at`` (business time). ``broken``: the first bad line."""

    seq: int
    broken: int | None
    at: datetime


def page(
    store: Store,
    scope: Scope,
    client: str,
    now: datetime,
    ask: Ask | None = None,
    *,
    number: int = 1,
) -> Page:
    """Page ``number`` (from 1, the nearest there is) of a client's ledger; a client reads the kinds meant for them.

    Raises:
        AskPerson: the client is out of reach.
    """
    scope.check(client)
    with store.read() as conn:
        zone = clients.client(conn, client).time_zone
        names = moves.names(conn)
        wanted = narrowed(ask or Ask(), names, now, zone, readable(scope.role_for(client)))
        total = ledger_pages.count(conn, client, wanted)
        pages = max(1, -(-total // PER_PAGE))
        at = min(max(number, 1), pages)
        rows = ledger_pages.rows(conn, client, wanted, limit=PER_PAGE, offset=(at - 1) * PER_PAGE)
    by_day: dict[date, list[Entry]] = {}
    for row in rows:
        entry = _entry(row, names, zone)
        by_day.setdefault(entry.day, []).append(entry)
    return Page(tuple((d, tuple(e)) for d, e in by_day.items()), at, pages, total, zone)


def narrowed(
    ask: Ask,
    names: dict[str, str],
    now: datetime,
    zone: str,
    kinds: frozenset[str] | None = CLIENT,
) -> Wanted:
    """The reader's wish as the store takes it: names become ids, a period the instant it begins.

    ``kinds`` are those the reader may see (None: all).
    """
    text = " ".join(ask.text.split())
    since = None
    if ask.period in _DAYS:
        first = account_day(now, zone) - timedelta(days=_DAYS[ask.period] - 1)
        since = day_start(first, zone)
    found = [p for p, name in names.items() if text and text.lower() in name.lower()]
    return Wanted(
        kinds=ask.kinds,
        who=None if ask.who == "everybody" else ask.who,
        since=since,
        text=text,
        actors=tuple(found),
        readable=kinds,
    )


def chain(store: Store, scope: Scope, client: str, now: datetime) -> Chain:
    """Check every seal of the client's ledger, from the first line to the last.

    Raises:
        AskPerson: the client is out of reach.
    """
    scope.check(client)
    with store.read() as conn:
        broken = store.broken(conn, client)
        seq = ledger_pages.last_seq(conn, client)
        return Chain(seq, broken.seq if broken else None, now)


def length(store: Store, scope: Scope, client: str) -> int:
    """How many lines the client's ledger has."""
    scope.check(client)
    with store.read() as conn:
        return ledger_pages.last_seq(conn, client)


def who(actor: str, names: dict[str, str]) -> str:
    """Whoever wrote a line, as people call them."""
    machines = {"platform": "The platform", "operator": "The operator", "site": "The site"}
    return names.get(actor) or machines.get(actor) or actor.replace("_", " ").capitalize()


def kinds(chosen: Sequence[str] | None) -> tuple[str, ...]:
    """The kinds of line that exist, in their order; anything else in an address is left out."""
    return tuple(k for k in KINDS if k in (chosen or ()))


def _entry(row: dict[str, Any], names: dict[str, str], zone: str) -> Entry:
    return Entry(
        seq=row["seq"],
        at=row["at"],
        day=account_day(row["at"], zone),
        who=who(row["actor"], names),
        kind=row["kind"],
        ref=row["ref"],
        sentence=row["sentence"],
    )
