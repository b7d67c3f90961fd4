"""Pages of one client's ledger and how many lines a filter leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from engine.store.tables import ledger

_t = ledger.c
_MACHINES = ("platform", "operator", "site")


def count(conn: Connection, client: str, groups: Sequence[str], text: str) -> int:
    """How many lines there are."""
    statement = select(func.count()).where(_wanted(client, groups, text))
    return int(conn.execute(statement).scalar() or 0)


def rows(
    conn: Connection, client: str, groups: Sequence[str], text: str, *, limit: int, offset: int
) -> list[dict[str, Any]]:
    """The lines of one page, newest first, without their hashes."""
    columns = (_t.seq, _t.at, _t.actor, _t.actor_role, _t.kind, _t.ref, _t.sentence)
    statement = select(*columns).where(_wanted(client, groups, text))
    statement = statement.order_by(_t.seq.desc()).limit(limit).offset(offset)
    return [dict(row) for row in conn.execute(statement).mappings()]


def _wanted(client: str, groups: Sequence[str], text: str) -> ColumnElement[bool]:
    mine: list[Any] = [_t.client_id == client]
    if groups:
        mine.append(or_(*(_group(g) for g in groups)))
    if text:
        places = (_t.sentence, _t.ref, _t.actor)
        mine.append(or_(*(p.icontains(text, autoescape=True) for p in places)))
    return and_(*mine)


def _group(name: str) -> ColumnElement[bool]:
    if name == "platform":
        return _t.actor.in_(_MACHINES)
    if name == "person":
        return _t.actor.not_in(_MACHINES)
    return _t.kind.startswith(name, autoescape=True)
