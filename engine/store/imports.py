"""Files a person gave us: what was read of each, their rows kept once by content, and taking one back.

A row is known by its client, source, kind and ``row_key``; ``engine.store.file_rows`` says which counts when
several files tell it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, func, select

from engine.model.errors import AskPerson, GiveUp
from engine.model.exports import NO_ANSWERS, Answers, Export
from engine.model.imports import Import, answers_json, totals_told
from engine.store import bulk, file_rows, judging, rows
from engine.store.deals import latest
from engine.store.tables import imports as t


@dataclass(frozen=True)
class ImportResult:
    """What became of one file: rows ``kept`` (new or with new figures) and those ``already`` there.

    ``already`` counts rows that changed nothing: the same row was stored, a newer one was, or
    a later line of the same file has the same key. ``repeats`` is the import that had brought the same content.
    """

    import_id: str
    kept: int
    already: int
    repeats: str | None = None


def record(
    conn: Connection,
    client: str,
    export: Export,
    sha256: str,
    now: datetime,
    *,
    by: str,
    answers: Answers = NO_ANSWERS,
) -> ImportResult:
    """Keep the rows of one file and the fact that it was read.

    A file taken in before, with the same answers, keeps nothing, whatever a later download of the same report
    said since: of two that contradict each other the one that came last stands.

    Raises:
        BadInput: a row has no key; nothing was stored.
    """
    import_id = f"file-{rows.next_number(conn, client, 'import'):05d}"
    known = taken_in(conn, client, export.file, sha256, answers)
    kept = 0 if known else _keep(conn, client, import_id, export)
    result = ImportResult(import_id, kept, export.rows.num_rows - kept, known)
    found = _row(client, export, sha256, now, result, by, answers)
    conn.execute(t.insert().values(**rows.values(found)))
    return result


def undo(conn: Connection, client: str, import_id: str, by: str, now: datetime) -> int:
    """Take one import back and say how many rows went.

    What is in force is then what it would be had the file never been taken in: the rows it brought go and those it
    stood over stand again. Later files keep their own rows, but no longer borrow what only this one told. A file
    taken in again unchanged brought nothing of its own, so it does not hold what the first one brought. The
    same file may be taken in anew afterwards.

    Raises:
        GiveUp: there is no such import.
        AskPerson: it was undone already, or it wrote over the rows it told anew: what stood there is gone, so
            taking it back would lose rows for good.
    """
    found = one(conn, client, import_id)
    if found is None:
        raise GiveUp(f"There is no import {import_id} of this client.")
    if found.wrote_over:
        raise AskPerson(
            f"{import_id} cannot be undone: it was taken in when a file still wrote over the rows it told anew, so "
            "what stood there before is not kept. Download the same days anew and take that file in: it then "
            "stands over this one."
        )
    mine = and_(t.c.client_id == client, t.c.import_id == import_id, t.c.undone_at.is_(None))
    if not conn.execute(t.update().where(mine).values(undone_by=by, undone_at=now)).rowcount:
        raise AskPerson(f"{import_id} was undone already; its rows are gone.")
    return file_rows.lift(conn, client, import_id, found.source, found.kind)


def imports(conn: Connection, client: str) -> list[Import]:
    """The files taken in for a client, newest first."""
    mine = rows.pick(t, Import).where(t.c.client_id == client)
    return rows.load(conn, mine.order_by(t.c.at.desc(), t.c.import_id.desc()), Import)


def one(conn: Connection, client: str, import_id: str) -> Import | None:
    """One import, None when the client has none of that id."""
    mine = rows.pick(t, Import).where(t.c.client_id == client, t.c.import_id == import_id)
    return rows.first(conn, mine, Import)


def taken_in(
    conn: Connection, client: str, file: str, sha256: str, answers: Answers = NO_ANSWERS
) -> str | None:
    """The import in force that brought exactly this content, read with the same answers."""
    same = and_(
        t.c.client_id == client,
        t.c.file == file,
        t.c.sha256 == sha256,
        t.c.answers_json == answers_json(answers),
        t.c.repeats.is_(None),
        t.c.undone_at.is_(None),
    )
    found: str | None = conn.execute(select(func.min(t.c.import_id)).where(same)).scalar()
    return found


def mark(conn: Connection, client: str, sources: Sequence[str]) -> str:
    """A short text that changes with every import and every undo of these sources."""
    mine = (t.c.client_id == client) & t.c.source.in_(sorted(set(sources)))
    taken, undone = conn.execute(select(func.count(), func.count(t.c.undone_at)).where(mine)).one()
    return f"{taken}.{undone}"


def _keep(conn: Connection, client: str, import_id: str, export: Export) -> int:
    table = latest(export.rows, "row_key")
    if not table.num_rows:
        return 0
    with bulk.staged(conn, table, file_rows.TABLES[export.kind]) as given:
        found = judging.against(conn, client, export, given)
        file_rows.lay(conn, given, client, import_id, export.source, export.kind)
    return found.kept


def _row(
    client: str,
    export: Export,
    sha256: str,
    now: datetime,
    result: ImportResult,
    by: str,
    answers: Answers,
) -> Import:
    first, last = export.period or (None, None)
    return Import(
        client=client,
        import_id=result.import_id,
        file=export.file,
        sha256=sha256,
        format=export.format,
        source=export.source,
        kind=export.kind,
        period_first=first,
        period_last=last,
        currency=export.currency,
        read=export.read,
        kept=result.kept,
        already=result.already,
        refused=len(export.refused),
        refused_json=json.dumps([{"line": r.line, "reason": r.reason} for r in export.refused]),
        totals_json=json.dumps(totals_told(export.totals)),
        notes_json=json.dumps(list(export.notes)),
        at=now,
        by=by,
        answers_json=answers_json(answers),
        repeats=result.repeats,
    )
