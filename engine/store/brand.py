"""Brand files: rows in the store, bytes by their hash in a folder beside it. Nothing is ever deleted."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select, update

from engine.model.brand import BrandFile, BrandState
from engine.model.errors import BadInput, GiveUp
from engine.store import rows
from engine.store.connect import Store
from engine.store.tables import brand_files
from policies.records import AssetOnRecord, EvidenceOnRecord


def add(conn: Connection, row: BrandFile) -> int:
    """Keep a new row under the client's next number.

    Raises:
        BadInput: the same file is already held for the same use.
    """
    t = brand_files
    same = select(t.c.number, t.c.name).where(
        t.c.client_id == row.client,
        t.c.file == row.file,
        t.c.kind == row.kind,
        t.c.claim.is_not_distinct_from(row.claim),
        t.c.state.in_(("waiting", "approved")),
    )
    there = conn.execute(same).first()
    if there is not None:
        raise BadInput(f"This file is on record already, as number {there[0]} ({there[1]}).")
    number = rows.next_number(conn, row.client, "brand_files")
    conn.execute(t.insert().values(**rows.values(replace(row, number=number))))
    return number


def all_files(conn: Connection, client: str) -> list[BrandFile]:
    """Every file ever brought, newest first."""
    t = brand_files
    mine = rows.pick(t, BrandFile).where(t.c.client_id == client)
    return rows.load(conn, mine.order_by(t.c.number.desc()), BrandFile)


def one(conn: Connection, client: str, number: int) -> BrandFile:
    """The file of that number.

    Raises:
        GiveUp: there is none.
    """
    t = brand_files
    wanted = rows.pick(t, BrandFile).where(t.c.client_id == client, t.c.number == number)
    found = rows.first(conn, wanted, BrandFile)
    if found is None:
        raise GiveUp(f"There is no file {number} on record.")
    return found


def decide(
    conn: Connection,
    row: BrandFile,
    state: BrandState,
    person: str,
    now: datetime,
    reason: str | None = None,
) -> bool:
    """Move a file to another state; False when somebody else moved it since ``row`` was read."""
    t = brand_files
    here = (t.c.client_id == row.client) & (t.c.number == row.number) & (t.c.state == row.state)
    moved = (
        update(t).where(here).values(state=state, decided_by=person, decided_at=now, reason=reason)
    )
    return bool(conn.execute(moved.returning(t.c.number)).all())


def on_record(
    conn: Connection, client: str
) -> tuple[tuple[EvidenceOnRecord, ...], tuple[AssetOnRecord, ...]]:
    """What counts before the gate: approved and not retired; whether it is in date the gate asks itself."""
    held = [f for f in all_files(conn, client) if f.state == "approved"]
    evidence = tuple(
        EvidenceOnRecord(file=f.file, claim=f.claim, since=f.since, until=f.until)
        for f in held
        if f.kind == "evidence" and f.claim
    )
    assets = tuple(
        AssetOnRecord(
            file=f.file,
            kind=f.kind,
            width=f.width,
            height=f.height,
            size_bytes=f.size_bytes,
            clear_millionths=f.clear_millionths,
            text=f.text_colour,
            ground=f.ground_colour,
            until=f.until,
        )
        for f in held
        if f.kind != "evidence"
    )
    return evidence, assets


def put_bytes(store: Store, client: str, data: bytes) -> str:
    """Keep the bytes under their SHA-256 and return it; the same bytes again change nothing.

    Raises:
        GiveUp: the store is no file, so there is no folder beside it.
    """
    digest = hashlib.sha256(data).hexdigest()
    place = _place(store, client, digest)
    if place.is_file() and place.stat().st_size == len(data):
        return digest
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = place.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(data)
    part.chmod(0o600)
    part.replace(place)
    return digest


def get_bytes(store: Store, client: str, digest: str) -> bytes:
    """The bytes of a file on record, checked against their hash.

    Raises:
        GiveUp: they are gone or damaged; bring them back from a backup.
    """
    place = _place(store, client, digest)
    try:
        data = place.read_bytes()
    except OSError:
        raise GiveUp(f"The bytes of {digest[:12]} are not there; restore {place}.") from None
    if hashlib.sha256(data).hexdigest() != digest:
        raise GiveUp(f"The bytes of {digest[:12]} were changed; restore {place}.")
    return data


def _place(store: Store, client: str, digest: str) -> Path:
    if store.path is None:
        raise GiveUp("This store is no file on disk, so brand files have no folder; use one.")
    return store.path.with_name(f"{store.path.stem}.files") / client / digest
