"""Files people already have: recognised, read, and kept once."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.commands.book import note
from engine.commands.house import House
from engine.model.errors import Fault
from engine.model.exports import Answers, Export
from engine.model.people import Scope
from engine.store import clients, imports


def ingest(
    house: House, scope: Scope, now: datetime, client: str, path: Path, *, dry_run: bool = False
) -> list[dict[str, Any]]:
    """Read one file (a zip gives one answer per member) and keep what is new.

    Each answer holds ``file, format, period ([first, last] or null), currency, read, kept, refused
    ([{line, reason}]), totals ({column: {rows, file}}), reason``. A file that cannot be read is one answer
    with its ``reason``; it changes nothing. With ``dry_run`` nothing is kept.

    Raises:
        AskPerson: the client is out of reach, or the role may not upload.
        GiveUp: there is no such client.
    """
    scope.check(client, "team", "strategist", "admin")
    with house.store.read() as conn:
        clients.client(conn, client)
    try:
        exports = house.read_export(path, Answers())
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except Fault as refused:
        return [_refused(path.name, str(refused))]
    return [_kept(house, scope, now, client, export, digest, dry_run=dry_run) for export in exports]


def _kept(
    house: House,
    scope: Scope,
    now: datetime,
    client: str,
    export: Export,
    digest: str,
    *,
    dry_run: bool,
) -> dict[str, Any]:
    if dry_run:
        return _answer(export, 0) | {"reason": "Dry run: nothing was kept."}

    def write(conn: Any) -> int:
        result = imports.record(conn, client, export, digest, now)
        said = (
            f"{export.file} was read as {export.format}: {export.read} rows, {result.kept} new, "
            f"{len(export.refused)} refused."
        )
        note(conn, scope, now, client, kind="import", ref=result.import_id, sentence=said)
        return result.kept

    return _answer(export, house.store.write(write))


def _answer(export: Export, kept: int) -> dict[str, Any]:
    return {
        "file": export.file,
        "format": export.format,
        "period": [d.isoformat() for d in export.period] if export.period else None,
        "currency": export.currency,
        "read": export.read,
        "kept": kept,
        "refused": [{"line": r.line, "reason": r.reason} for r in export.refused],
        "totals": {
            column: {
                "rows": str(total.rows),
                "file": None if total.file is None else str(total.file),
            }
            for column, total in export.totals.items()
        },
        "notes": list(export.notes),
        "reason": None,
    }


def _refused(name: str, reason: str) -> dict[str, Any]:
    return {
        "file": name,
        "format": None,
        "period": None,
        "currency": None,
        "read": 0,
        "kept": 0,
        "refused": [],
        "totals": {},
        "notes": [],
        "reason": reason,
    }
