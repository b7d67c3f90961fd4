"""Files people already have: recognised and read, judged before anything is kept, kept once, taken back.

The page, the command line and the owner's door all come here: ``preview`` says what ``keep`` would do, ``ingest``
is both for a file on disk, ``undo`` takes one import back. Uploaded bytes are never written to disk and nothing of a
file's contents is logged.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.commands.book import note
from engine.commands.file_answers import answer, still_open, with_option
from engine.commands.file_answers import refused as refused_answer
from engine.commands.house import House
from engine.model.errors import AskPerson, BadInput, Fault, Unanswered
from engine.model.exports import NO_ANSWERS, Answers, Export
from engine.model.imports import Judged, Preview, Previewed
from engine.model.people import Role, Scope
from engine.store import clients, imports, judging

MAY: tuple[Role, ...] = ("team", "strategist", "admin")
_CODE = re.compile(r"[A-Z]{3}")
_MEGABYTE = 1024 * 1024


def preview(
    house: House,
    scope: Scope,
    now: datetime,  # noqa: ARG001  every command takes it
    client: str,
    name: str,
    data: bytes,
    answers: Answers = NO_ANSWERS,
) -> Preview:
    """What one upload holds and what keeping it would change; nothing is kept.

    A file that cannot be read is a preview with its ``reason``; one that must be answered first has ``asks`` too.

    Raises:
        AskPerson: the client is out of reach, or the role may not upload.
        GiveUp: there is no such client.
        BadInput: an answer is none.
    """
    _allowed(house, scope, client)
    seen = _seen(client, name, data, _checked(answers))
    try:
        exports = house.read_export(name, data, answers)
    except Fault as refused:
        asks = refused.asks if isinstance(refused, Unanswered) else ()
        return replace(seen, asks=asks, reason=str(refused))
    with house.store.read() as conn:
        return _judged(conn, seen, exports)


def keep(
    house: House,
    scope: Scope,
    now: datetime,
    client: str,
    name: str,
    data: bytes,
    answers: Answers = NO_ANSWERS,
    *,
    fingerprint: str,
    leave_open: bool = False,
) -> tuple[str, ...]:
    """Keep exactly what was previewed, whole or not at all: the ids of the imports, one for each part of a zip.

    ``fingerprint`` is that of the preview: the bytes, the answers, the client and the state it was judged on.
    ``leave_open`` says that a question the file asks (its currency) is knowingly not answered.

    Raises:
        AskPerson: out of reach, another role, taken in before, or the stored rows changed since the preview.
        BadInput: the file cannot be read, or asks something that was neither answered nor left open.
    """
    _allowed(house, scope, client)
    seen = _seen(client, name, data, _checked(answers))
    exports = house.read_export(name, data, answers)
    _settled(exports, leave_open=leave_open)

    def write(conn: Any) -> tuple[str, ...]:
        _not_twice(conn, seen, exports)
        mark = imports.mark(conn, client, [e.source for e in exports])
        if replace(seen, mark=mark).fingerprint != fingerprint:
            raise AskPerson(
                f"{seen.file}: what is stored changed since you looked; nothing was kept. Look at it again."
            )
        return tuple(_record(conn, scope, now, seen, export) for export in exports)

    return house.store.write(write)


def current(house: House, scope: Scope, now: datetime, client: str, shown: Preview) -> bool:  # noqa: ARG001  as above
    """True while nothing was taken in or undone of its sources since a preview was judged; a refused one stays so.

    Raises:
        AskPerson: the client is out of reach, or the role may not upload.
    """
    scope.check(client, *MAY)
    if not shown.members:
        return True
    with house.store.read() as conn:
        return shown.mark == imports.mark(conn, client, [m.source for m in shown.members])


def undo(house: House, scope: Scope, now: datetime, client: str, import_id: str) -> int:
    """Take one import back and say how many rows went; ``engine.store.imports.undo`` says by what rule.

    Raises:
        AskPerson: out of reach, another role, undone already, or of a time when files wrote over stored rows.
        GiveUp: there is no such import.
    """
    _allowed(house, scope, client)

    def write(conn: Any) -> int:
        gone = imports.undo(conn, client, import_id, scope.person, now)
        said = (
            f"{import_id} was undone: {gone:,} rows went, what they stood over is in force again."
        )
        detail = {"import": import_id, "rows": gone}
        note(
            conn,
            scope,
            now,
            client,
            kind="import_undone",
            ref=import_id,
            sentence=said,
            detail=detail,
        )
        return gone

    return house.store.write(write)


def ingest(
    house: House,
    scope: Scope,
    now: datetime,
    client: str,
    path: Path,
    answers: Answers = NO_ANSWERS,
    *,
    dry_run: bool = False,
) -> list[dict[str, Any]]:
    """Read one file (a zip gives one answer per member) and keep what is new.

    Each answer holds ``file, format, period ([first, last] or null), currency, read, kept, refused
    ([{line, reason}]), totals ({column: {rows, file}}), notes, reason``, and what keeping does or would do: ``new,
    changed, already, asks, import``. A file that cannot be read, or whose days can be read two ways, is one answer
    with its ``reason``; it changes nothing. Money that names no currency is kept without one and stays asked for:
    the same file again with the answer completes its rows. With ``dry_run`` nothing is kept.

    Raises:
        AskPerson: the client is out of reach, or the role may not upload.
        GiveUp: there is no such client.
        BadInput: an answer is none.
    """
    _allowed(house, scope, client)
    _checked(answers)
    try:
        data = _bytes(path, house.upload_limit)
    except BadInput as refused:
        return [refused_answer(path.name, str(refused), ())]
    seen = _seen(client, path.name, data, answers)
    try:
        exports = house.read_export(path.name, data, answers)
    except Fault as refused:
        asks = refused.asks if isinstance(refused, Unanswered) else ()
        return [refused_answer(path.name, with_option(str(refused), asks), asks)]
    if dry_run:
        with house.store.read() as conn:
            shown = _judged(conn, seen, exports)
        why = {"reason": "Dry run: nothing was kept."}
        return [still_open(answer(member, None) | why) for member in shown.members]
    told = house.store.write(lambda conn: _ingested(conn, scope, now, seen, exports))
    return [still_open(each) for each in told]


def _ingested(
    conn: Any, scope: Scope, now: datetime, seen: Preview, exports: Sequence[Export]
) -> list[dict[str, Any]]:
    """One after the other: a part of a zip is judged over the parts before it."""
    answers = []
    for export in exports:
        (member,) = _judged(conn, seen, [export]).members
        answers.append(answer(member, _record(conn, scope, now, seen, export)))
    return answers


def _allowed(house: House, scope: Scope, client: str) -> None:
    scope.check(client, *MAY)
    with house.store.read() as conn:
        clients.client(conn, client)


def _checked(answers: Answers) -> Answers:
    """What a person said, when it can be an answer at all."""
    if answers.currency is not None and not _CODE.fullmatch(answers.currency):
        raise BadInput(
            f"{answers.currency!r} is no currency code; give the three letters of ISO 4217, such as GBP."
        )
    if answers.day_order not in (None, "dmy", "mdy"):
        raise BadInput(f"{answers.day_order!r} is no order of day and month; say dmy or mdy.")
    return answers


def _seen(client: str, name: str, data: bytes, answers: Answers) -> Preview:
    base = name.replace("\\", "/").rsplit("/", 1)[-1] or "upload"
    return Preview(client, base, hashlib.sha256(data).hexdigest(), answers)


def _bytes(path: Path, limit: int) -> bytes:
    if not path.is_file():
        raise BadInput(f"{path.name}: There is no such file; check its path.")
    try:
        if (length := path.stat().st_size) > limit:
            raise BadInput(
                f"{path.name}: The file has {length / _MEGABYTE:.1f} MB; the limit is {limit / _MEGABYTE:.0f} MB. "
                "Download a shorter period or fewer columns."
            )
        return path.read_bytes()
    except OSError as fault:
        raise BadInput(f"{path.name}: The file cannot be opened ({fault.strerror}).") from fault


def _judged(conn: Any, seen: Preview, exports: Sequence[Export]) -> Preview:
    """The upload judged on the store as it is; of several parts in a connection whose writes are thrown away."""
    client = seen.client
    mark = imports.mark(conn, client, [e.source for e in exports])
    known = [imports.taken_in(conn, client, e.file, seen.sha256, seen.answers) for e in exports]
    members = [
        # taken in before it keeps nothing, whatever came after it
        Previewed.of(export, Judged(already=export.rows.num_rows) if repeats else found, repeats)
        for export, found, repeats in zip(
            exports, judging.judge_all(conn, client, exports), known, strict=True
        )
    ]
    asks = tuple(dict.fromkeys(ask for export in exports for ask in export.asks))
    return replace(seen, members=tuple(members), asks=asks, mark=mark)


def _settled(exports: Sequence[Export], *, leave_open: bool) -> None:
    asks = [ask for export in exports for ask in export.asks]
    if asks and not leave_open:
        raise BadInput(
            f"{exports[0].file}: answer first what the file leaves open ({', '.join(dict.fromkeys(asks))}), "
            "or say that it stays open; nothing was kept."
        )


def _not_twice(conn: Any, seen: Preview, exports: Sequence[Export]) -> None:
    found = [
        imports.taken_in(conn, seen.client, e.file, seen.sha256, seen.answers) for e in exports
    ]
    if exports and all(found):
        raise AskPerson(
            f"{seen.file} was taken in already, as {', '.join(str(f) for f in found)}; nothing was kept twice."
        )


def _record(conn: Any, scope: Scope, now: datetime, seen: Preview, export: Export) -> str:
    result = imports.record(
        conn, seen.client, export, seen.sha256, now, by=scope.person, answers=seen.answers
    )
    said = (
        f"A file was read as {export.format}: {export.read:,} rows, {result.kept:,} new or changed, "
        f"{result.already:,} already there, {len(export.refused):,} refused."
    )
    detail = {
        "import": result.import_id,
        "sha256": seen.sha256,
        "kept": result.kept,
        "repeats": result.repeats,
    }
    note(
        conn,
        scope,
        now,
        seen.client,
        kind="import",
        ref=result.import_id,
        sentence=said,
        detail=detail,
    )
    return result.import_id
