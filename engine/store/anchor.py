"""The heads of all ledgers, kept outside the store: what a chain whose end was cut off no longer tells.

Beside ``<store>`` lies ``<store>.heads.json`` (readable by its owner only), written after each commit that sealed
lines: for each client the highest line ever sealed, its hash and its instant. A crash between commit and file leaves
the file behind the store, never before it. Whoever can write both files can still rewrite both.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, func, select

from engine.store import ledger
from engine.store.tables import decisions, ticks
from engine.store.tables import ledger as lines

_OF_FILE: dict[Path, Lock] = {}
_MAKING = Lock()


@dataclass(frozen=True)
class Break:
    """One client's ledger does not agree with its seals: from which line on, and what it looks like."""

    client: str
    seq: int
    why: str


class Anchor:
    """The file of heads beside one store; threads share it."""

    def __init__(self, store: Path) -> None:
        self.path = store.with_name(f"{store.name}.heads.json")
        with _MAKING:
            self._lock = _OF_FILE.setdefault(self.path.absolute(), Lock())

    def keep(self, sealed: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep heads that were committed; two commits may come in either order, the higher line stands."""
        with self._lock:
            known = self.heads()
            for client, head in sealed.items():
                there = known.get(client, {"seq": 0})
                if head["seq"] > there["seq"]:
                    known[client] = {**there, **head}
            self._write(known)

    def opened(self, conn: Connection) -> None:
        """As the store is opened: write down which chains fall short of their head, before anything goes on from there.

        What was found stays in the file (``lost``) until a person who knows why takes the file away.
        """
        with self._lock:
            known = self.heads()
            short = {c: b for c, h in known.items() if (b := _short(conn, c, h)) is not None}
            for client, found in short.items():
                lost = known[client].get("lost") or {"seq": found.seq, "why": found.why}
                known[client] = {
                    **ledger.head(conn, client),
                    "at": known[client]["at"],
                    "lost": lost,
                }
            if short:
                self._write(known)

    def heads(self) -> dict[str, dict[str, Any]]:
        """The head of every client as it was last kept; empty where there is no file that can be read."""
        with contextlib.suppress(OSError, ValueError):
            found = json.loads(self.path.read_text())
            if isinstance(found, dict):
                return {str(k): v for k, v in found.items() if isinstance(v, dict) and "seq" in v}
        return {}

    def _write(self, known: dict[str, dict[str, Any]]) -> None:
        waiting = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as out:
            json.dump(known, out)
        waiting.replace(self.path)


def check(conn: Connection, client: str, head: Mapping[str, Any] | None) -> Break | None:
    """Whether a client's chain is whole and reaches the head kept outside; None: it does."""
    bad = ledger.verify(conn, client)
    if bad is not None:
        return Break(client, bad, f"was changed by hand at line {bad}; restore a backup")
    if head is None:
        return None
    if head.get("lost"):
        return Break(client, int(head["lost"]["seq"]), str(head["lost"]["why"]))
    return _short(conn, client, head)


def _short(conn: Connection, client: str, head: Mapping[str, Any]) -> Break | None:
    last, seq = ledger.newest(conn, client), int(head["seq"])
    if last >= seq:
        if not seq or ledger.sealed_at(conn, client, seq) == head["hash"]:
            return None
        return Break(client, seq, f"was written anew up to line {seq}; restore a backup")
    gone = f"line {seq} was" if seq == last + 1 else f"lines {last + 1} to {seq} were"
    if _older(conn, datetime.fromisoformat(head["at"])):
        said = (
            f"ends at line {last} though {gone} sealed later: nothing in the store is as young, as after an"
            " older backup was restored"
        )
        return Break(client, last + 1, said)
    return Break(
        client, last + 1, f"was cut off after line {last}: {gone} sealed; restore a backup"
    )


def _older(conn: Connection, at: datetime) -> bool:
    """Whether nothing the store holds, of any client, is as young as a line that was sealed at ``at``."""
    stamps = (ticks.c.started_at, decisions.c.at, lines.c.at)
    found = (conn.execute(select(func.max(stamp))).scalar() for stamp in stamps)
    return all(newest is None or newest < at for newest in found)
