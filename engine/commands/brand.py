"""Brand files and presets: brought by one person, approved by another, retired and never lost."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.commands import drafting
from engine.commands.book import note, reason_given
from engine.commands.brand_content import content_of
from engine.commands.house import House
from engine.model.brand import BrandFile, BrandKind, BrandState
from engine.model.errors import AskPerson, BadInput
from engine.model.people import Role, Scope
from engine.store import brand, clients, layers
from engine.store import policies as table
from policies.drafting.layers import Layer, merged
from policies.presets import brand as presets
from policies.words import squeezed

BRINGERS: tuple[Role, ...] = ("team", "strategist")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_NAMES = {"evidence": "Evidence", "image": "Picture", "logo": "Logo"}


@dataclass(frozen=True)
class Told:
    """What a person says of a file: the claim it covers and its source (evidence), colours of writing (pictures)."""

    since: date
    until: date | None = None
    claim: str = ""
    source: str = ""
    text_colour: str = ""
    ground_colour: str = ""


def bring(
    house: House,
    scope: Scope,
    now: datetime,
    client: str,
    kind: BrandKind,
    name: str,
    data: bytes,
    told: Told,
) -> int:
    """Put a file on record and return its number; it counts for nothing until a second person approves it.

    Raises:
        AskPerson: the client is out of reach, or the role may not.
        BadInput: the file is not what it must be, what is told of it does not hold, or it is on record already.
    """
    scope.check(client, *BRINGERS)
    row = _row(scope, now, client, kind, name[:200], data, told)
    brand.put_bytes(house.store, client, data)

    def write(conn: Any) -> int:
        clients.client(conn, client)
        number = brand.add(conn, row)
        covers = f' for "{row.claim}"' if row.claim else ""
        said = f"{_NAMES[kind]} {number} was brought{covers}; it waits for a second person."
        _noted(conn, scope, now, client, number, said, row.file)
        return number

    return house.store.write(write)


def approve(house: House, scope: Scope, now: datetime, client: str, number: int) -> None:
    """Let a file count; by a strategist who did not bring it. The next pass judges by it.

    Raises:
        AskPerson: the caller brought it, or somebody decided it meanwhile.
        GiveUp: there is no such file, or its bytes are gone.
    """
    scope.check(client, "strategist")

    def write(conn: Any) -> None:
        row = brand.one(conn, client, number)
        if row.uploaded_by == scope.person:
            raise AskPerson("You brought this file yourself; another strategist approves it.")
        brand.get_bytes(house.store, client, row.file)
        _moved(conn, scope, now, row, "approved")

    house.store.write(write)


def reject(
    house: House, scope: Scope, now: datetime, client: str, number: int, reason: str
) -> None:
    """Turn a waiting file down.

    Raises:
        AskPerson: another role, or somebody decided it meanwhile.
        BadInput: no reason is given.
    """
    scope.check(client, "strategist")
    why = reason_given(reason)
    house.store.write(
        lambda conn: _moved(conn, scope, now, brand.one(conn, client, number), "rejected", why)
    )


def retire(
    house: House, scope: Scope, now: datetime, client: str, number: int, reason: str
) -> None:
    """Let a file count no more; its row and bytes stay, for what already ran on it.

    Raises:
        AskPerson: another role, or it does not count now.
        BadInput: no reason is given.
    """
    scope.check(client, *BRINGERS)
    why = reason_given(reason)
    house.store.write(
        lambda conn: _moved(conn, scope, now, brand.one(conn, client, number), "retired", why)
    )


def start_from(house: House, scope: Scope, now: datetime, client: str, preset: str) -> int:
    """A draft with a sector's brand rules put on what is in force; lists are added to, limits replaced.

    Raises:
        BadInput: there is no such preset, no policy to put it on, or nothing would differ.
        Mistakes: together they make no valid policy.
    """
    drafting.may(scope, client, *drafting.WRITERS)
    if preset not in presets.NAMES:
        raise BadInput(f"There is no preset {preset}; there are {', '.join(presets.NAMES)}.")
    wanted = presets.values(preset)

    def write(conn: Any) -> int:
        there = table.current(conn, client)
        if there is None:
            raise BadInput("There is no policy yet; publish one first, then add a sector's rules.")
        own = layers.own(conn, there)
        whole, _ = merged([layers.outer(conn, client), Layer("client", None, own)])
        written = {**own, **presets.put_on(whole, wanted)}
        version = drafting.keep(conn, scope, now, client, written)
        said = f"Policy draft v{version} was written from the brand preset {presets.title(preset)}."
        note(conn, scope, now, client, kind="policy", ref=f"v{version}", sentence=said)
        return version

    return house.store.write(write)


def _row(
    scope: Scope,
    now: datetime,
    client: str,
    kind: BrandKind,
    name: str,
    data: bytes,
    told: Told,
) -> BrandFile:
    facts = content_of(name, data, kind)
    claim, source = _checked(kind, told)
    return BrandFile(
        client=client,
        number=0,
        file=hashlib.sha256(data).hexdigest(),
        kind=kind,
        name=name,
        media_type=facts.media_type,
        size_bytes=len(data),
        state="waiting",
        uploaded_by=scope.person,
        uploaded_at=now,
        since=told.since,
        until=told.until,
        claim=claim,
        source=source,
        width=facts.width,
        height=facts.height,
        clear_millionths=facts.clear_millionths,
        text_colour=told.text_colour.lower() or None,
        ground_colour=told.ground_colour.lower() or None,
    )


def _checked(kind: BrandKind, told: Told) -> tuple[str | None, str | None]:
    if told.until is not None and told.until < told.since:
        raise BadInput("It would end before it begins; write a later last day, or none.")
    claim, source = " ".join(told.claim.split()), " ".join(told.source.split())
    if kind == "evidence":
        if not squeezed(claim) or len(claim) > 200:
            raise BadInput("Write the claim it covers, word for word, in at most 200 characters.")
        if not source or len(source) > 300:
            raise BadInput("Write where it comes from, in at most 300 characters.")
        return claim, source
    for colour in (told.text_colour, told.ground_colour):
        if colour and not _COLOUR.fullmatch(colour.lower()):
            raise BadInput(f'"{colour}" is no colour; write one such as #1a2b3c.')
    if bool(told.text_colour) != bool(told.ground_colour):
        raise BadInput("Write both colours, of the writing and of what it stands on, or neither.")
    return None, source or None


def _moved(
    conn: Any,
    scope: Scope,
    now: datetime,
    row: BrandFile,
    state: BrandState,
    reason: str | None = None,
) -> None:
    wanted = {"approved": "waiting", "rejected": "waiting", "retired": "approved"}[state]
    if row.state != wanted or not brand.decide(conn, row, state, scope.person, now, reason):
        raise AskPerson(f"File {row.number} is {row.state}; load the page again.")
    why = f" Reason: {reason}" if reason else ""
    said = f"{_NAMES[row.kind]} {row.number} was {state} by {scope.name}.{why}"
    _noted(conn, scope, now, row.client, row.number, said, row.file)


def _noted(
    conn: Any, scope: Scope, now: datetime, client: str, number: int, said: str, digest: str
) -> None:
    detail = {"number": number, "file": digest}
    note(
        conn, scope, now, client, kind="brand_file", ref=f"b{number}", sentence=said, detail=detail
    )
