"""The files taken in for a client, as a screen lists them; filtered, counted and cut in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, union_all

from engine.model.imports import Import
from engine.store import file_rows, rows
from engine.store.tables import imports as t


@dataclass(frozen=True)
class Wanted:
    """What of the history is asked for; the defaults ask for all of it.

    ``text`` is searched in file name, format and id; ``people`` are those whose name it is.
    """

    source: str | None = None
    text: str = ""
    people: tuple[str, ...] = ()


def count(conn: Connection, client: str, wanted: Wanted) -> int:
    """How many imports there are."""
    return int(conn.execute(select(func.count()).where(_where(client, wanted))).scalar() or 0)


def page(
    conn: Connection, client: str, wanted: Wanted, *, limit: int, offset: int = 0
) -> list[Import]:
    """The imports of one page, newest first."""
    mine = rows.pick(t, Import).where(_where(client, wanted))
    newest = (t.c.at.desc(), func.length(t.c.import_id).desc(), t.c.import_id.desc())
    return rows.load(conn, mine.order_by(*newest).limit(limit).offset(offset), Import)


def sources(conn: Connection, client: str) -> list[str]:
    """The outside systems files were taken in of, by name."""
    mine = select(t.c.source).where(t.c.client_id == client).distinct().order_by(t.c.source)
    return [str(name) for (name,) in conn.execute(mine)]


def layers(conn: Connection, client: str, import_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """By import: rows it holds, and how many of them stand; imports without rows are absent."""
    if not import_ids:
        return {}
    parts = []
    for table in dict.fromkeys(file_rows.TABLES.values()):
        standing = func.count().filter(table.c.replaced_by.is_(None)).label("standing")
        mine = (table.c.client_id == client) & table.c.import_id.in_(import_ids)
        held = select(table.c.import_id, func.count().label("held"), standing).where(mine)
        parts.append(held.group_by(table.c.import_id))
    found = conn.execute(union_all(*parts))
    return {row.import_id: (int(row.held), int(row.standing)) for row in found}


def _where(client: str, wanted: Wanted) -> ColumnElement[bool]:
    mine = [t.c.client_id == client]
    if wanted.source:
        mine.append(t.c.source == wanted.source)
    if wanted.text:
        places = [
            p.icontains(wanted.text, autoescape=True) for p in (t.c.file, t.c.format, t.c.import_id)
        ]
        named = [t.c.by.in_(wanted.people)] if wanted.people else []
        mine.append(or_(*places, *named))
    return and_(*mine)
