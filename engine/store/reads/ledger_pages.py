"""Pages of one client's ledger and how many lines a filter leaves; filtered, counted and cut in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from engine.store.tables import ledger

_t = ledger.c
_MACHINES = ("platform", "operator", "site")
_STARTS: dict[str, tuple[str, ...]] = {
    "done": ("carried_out", "voided", "adopted", "edit_kept", "settled"),
    "outcomes": ("outcome",),
    "decided": ("decision_allowed",),
    "asked": ("escalation", "decision_escalated"),
    "blocked": ("decision_blocked",),
    "plan": ("plan",),
    "policy": ("policy",),
    "creative": ("concept", "brief"),
    "house": (
        "client",
        "person",
        "pause",
        "resume",
        "import",
        "undo",
        "lock",
        "phase",
        "discovery",
    ),
}
"""The kinds of line a reader may ask for, by how their kind begins."""
KINDS = tuple(_STARTS)


@dataclass(frozen=True)
class Wanted:
    """What of a client's ledger is asked for; the defaults ask for all of it.

    ``kinds`` are of ``KINDS``; ``who`` is the platform or people; ``since`` is aware, that instant included;
    ``text`` is searched in sentence, ref and actor, ``actors`` are people whose name it is. ``readable`` are the
    kinds the reader may see at all; None: every kind.
    """

    kinds: tuple[str, ...] = ()
    who: Literal["platform", "people"] | None = None
    since: datetime | None = None
    text: str = ""
    actors: tuple[str, ...] = ()
    readable: frozenset[str] | None = None


def count(conn: Connection, client: str, wanted: Wanted) -> int:
    """How many lines there are."""
    statement = select(func.count()).where(_where(client, wanted))
    return int(conn.execute(statement).scalar() or 0)


def rows(
    conn: Connection, client: str, wanted: Wanted, *, limit: int, offset: int = 0
) -> list[dict[str, Any]]:
    """The lines of one page, newest first, with their own hash but not the one before."""
    columns = (_t.seq, _t.at, _t.actor, _t.actor_role, _t.kind, _t.ref, _t.sentence, _t.hash)
    statement = select(*columns).where(_where(client, wanted))
    statement = statement.order_by(_t.seq.desc()).limit(limit).offset(offset)
    return [dict(row) for row in conn.execute(statement).mappings()]


def one(conn: Connection, client: str, seq: int) -> dict[str, Any] | None:
    """One line whole, None when there is none of that number."""
    statement = select(ledger).where(_t.client_id == client, _t.seq == seq)
    found = conn.execute(statement).mappings().first()
    return None if found is None else dict(found)


def last_seq(conn: Connection, client: str) -> int:
    """The number of the client's last line, 0 before the first."""
    statement = select(func.max(_t.seq)).where(_t.client_id == client)
    return int(conn.execute(statement).scalar() or 0)


def of_decision(conn: Connection, client: str, decision: str) -> list[dict[str, Any]]:
    """Every line that speaks of one decision, oldest first: seq, at, kind, sentence."""
    columns = (_t.seq, _t.at, _t.kind, _t.sentence)
    statement = select(*columns).where(_t.client_id == client, _t.ref == decision)
    return [dict(row) for row in conn.execute(statement.order_by(_t.seq)).mappings()]


def _where(client: str, wanted: Wanted) -> ColumnElement[bool]:
    mine: list[Any] = [_t.client_id == client]
    if wanted.readable is not None:
        mine.append(_t.kind.in_(sorted(wanted.readable)))
    if wanted.kinds:
        starts = [s for kind in wanted.kinds for s in _STARTS.get(kind, (kind,))]
        mine.append(or_(*(_t.kind.startswith(s, autoescape=True) for s in starts)))
    if wanted.who is not None:
        machine = _t.actor.in_(_MACHINES)
        mine.append(machine if wanted.who == "platform" else ~machine)
    if wanted.since is not None:
        mine.append(_t.at >= wanted.since)
    if wanted.text:
        places = [
            p.icontains(wanted.text, autoescape=True) for p in (_t.sentence, _t.ref, _t.actor)
        ]
        named: Sequence[Any] = [_t.actor.in_(wanted.actors)] if wanted.actors else []
        mine.append(or_(*places, *named))
    return and_(*mine)
