"""Which files were taken in, by whom, and what became of them since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.model.imports import Import
from engine.model.people import Scope
from engine.reporting.ledger.pages import who
from engine.reporting.words import count
from engine.store import Store, clients, imports
from engine.store.reads import file_history, moves
from engine.store.reads.file_history import Wanted

PER_PAGE = 20


@dataclass(frozen=True)
class Taken:
    """One import with what became of it.

    ``state`` is ``in_force``, ``partly``, ``replaced``, ``empty``, ``repeat`` or ``undone``; ``told`` says it in a
    sentence; ``held`` rows came of the file, ``standing`` of them count now.
    """

    record: Import
    by: str
    state: str
    badge: str
    told: str
    held: int
    standing: int
    refused: tuple[tuple[int, str], ...] = ()
    totals: tuple[tuple[str, str, str | None, bool | None], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def period(self) -> tuple[date, date] | None:
        """First and last day covered; None when the file does not say."""
        r = self.record
        return (r.period_first, r.period_last) if r.period_first and r.period_last else None


@dataclass(frozen=True)
class History:
    """One page of the imports, newest first; ``sources`` are those that may be filtered by."""

    rows: tuple[Taken, ...]
    number: int
    pages: int
    total: int
    sources: tuple[str, ...]
    zone: str


def history(
    store: Store,
    scope: Scope,
    client: str,
    now: datetime,  # noqa: ARG001  every read takes it
    *,
    source: str | None = None,
    text: str = "",
    number: int = 1,
) -> History:
    """Page ``number`` (from 1, the nearest there is) of the files taken in.

    Raises:
        AskPerson: the client is out of reach.
    """
    scope.check(client)
    with store.read() as conn:
        names = moves.names(conn)
        words = " ".join(text.split())
        people = [p for p, name in names.items() if words and words.lower() in name.lower()]
        wanted = Wanted(source, words, tuple(people))
        total = file_history.count(conn, client, wanted)
        pages = max(1, -(-total // PER_PAGE))
        at = min(max(number, 1), pages)
        found = file_history.page(conn, client, wanted, limit=PER_PAGE, offset=(at - 1) * PER_PAGE)
        layers = file_history.layers(conn, client, [f.import_id for f in found])
        sources = tuple(file_history.sources(conn, client))
        zone = clients.client(conn, client).time_zone
    rows = tuple(_taken(f, names, layers.get(f.import_id, (0, 0))) for f in found)
    return History(rows, at, pages, total, sources, zone)


def one(store: Store, scope: Scope, client: str, now: datetime, import_id: str) -> Taken | None:  # noqa: ARG001  every read takes it
    """One import whole, with refusals, totals and notes; None when the client has none of that id.

    Raises:
        AskPerson: the client is out of reach.
    """
    scope.check(client)
    with store.read() as conn:
        found = imports.one(conn, client, import_id)
        if found is None:
            return None
        layers = file_history.layers(conn, client, [import_id])
        return _taken(found, moves.names(conn), layers.get(import_id, (0, 0)), whole=True)


def receipt(found: Taken) -> str:
    """The receipt of one import as a JSON document; money in decimal strings of the file's own currency."""
    r = found.record
    told: dict[str, Any] = {
        "import": r.import_id,
        "client": r.client,
        "file": r.file,
        "sha256": r.sha256,
        "format": r.format,
        "source": r.source,
        "kind": r.kind,
        "period": [day.isoformat() for day in found.period] if found.period else None,
        "currency": r.currency,
        "answers": json.loads(r.answers_json or "{}"),
        "read": r.read,
        "kept": r.kept,
        "already": r.already,
        "refused": json.loads(r.refused_json),
        "totals": json.loads(r.totals_json),
        "notes": json.loads(r.notes_json),
        "by": r.by,
        "at": r.at.isoformat(),
        "repeats": r.repeats,
        "state": found.state,
        "undone_by": r.undone_by,
        "undone_at": r.undone_at.isoformat() if r.undone_at else None,
    }
    return json.dumps(told, indent=2, ensure_ascii=False)


def _taken(
    record: Import, names: dict[str, str], layers: tuple[int, int], *, whole: bool = False
) -> Taken:
    held, standing = layers
    state, badge, told = _state(record, names, held, standing)
    by = who(record.by, names) if record.by else "not on record"
    found = Taken(record, by, state, badge, told, held, standing)
    if not whole:
        return found
    return Taken(
        *(record, by, state, badge, told, held, standing),
        refused=tuple((r["line"], r["reason"]) for r in json.loads(record.refused_json)),
        totals=tuple(
            (column, total["rows"], total["file"], total.get("rounded"))
            for column, total in json.loads(record.totals_json).items()
        ),
        notes=tuple(json.loads(record.notes_json)),
    )


def _state(record: Import, names: dict[str, str], held: int, standing: int) -> tuple[str, str, str]:
    if record.undone_at is not None:
        return (
            "undone",
            "Undone",
            f"Undone by {who(record.undone_by or '', names)}; its rows are gone.",
        )
    if record.repeats:
        same = f"The same file as {record.repeats}; it brought nothing of its own."
        return "repeat", "Repeat", same
    if not held:
        return "empty", "No rows", "It holds no row that is kept."
    if standing == held:
        return (
            "in_force",
            "In force",
            f"All {count(held, 'row')} are in force." if held > 1 else "Its row is in force.",
        )
    told = f"{standing:,} of {held:,} rows are in force; later files tell the others again."
    if standing:
        return "partly", "Partly replaced", told
    return "replaced", "Replaced", "Later files tell every row of it again."
