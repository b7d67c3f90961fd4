"""The ledger as a file: what a filter leaves, as CSV that a spreadsheet opens without running any of it."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

from engine.model.ledger_kinds import readable
from engine.model.people import Scope
from engine.model.time import account_day
from engine.reporting.ledger.pages import Ask, narrowed, who
from engine.store import Store, clients
from engine.store.reads import ledger_pages, moves

LINES = 20_000
"""The most lines of one file; the newest come first."""
HEADER = ("no", "at_utc", "account_day", "who", "role", "kind", "ref", "sentence", "sha256")
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n")


def sheet(store: Store, scope: Scope, client: str, now: datetime, ask: Ask) -> bytes:
    """The lines as UTF-8 with a byte order mark, newest first, at most ``LINES`` of them.

    Raises:
        AskPerson: the client is out of reach.
    """
    scope.check(client)
    with store.read() as conn:
        zone, names = clients.client(conn, client).time_zone, moves.names(conn)
        found = ledger_pages.rows(
            conn,
            client,
            narrowed(ask, names, now, zone, readable(scope.role_for(client))),
            limit=LINES,
            offset=0,
        )
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(_row(r, names, zone) for r in found)
    return text.getvalue().encode("utf-8-sig")


def _row(row: dict[str, Any], names: dict[str, str], zone: str) -> tuple[str, ...]:
    cells = (
        str(row["seq"]),
        row["at"].isoformat(),
        account_day(row["at"], zone).isoformat(),
        who(row["actor"], names),
        row["actor_role"],
        row["kind"],
        row["ref"],
        row["sentence"],
        row["hash"],
    )
    return tuple(harmless(cell) for cell in cells)


def harmless(cell: str) -> str:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.startswith(_LIVE) else cell
