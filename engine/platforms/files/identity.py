"""What makes a line of an ad report the same line in the next download."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.platforms.files.days import Span
from engine.platforms.files.figures import SHORTENED
from engine.platforms.files.layout import Layout
from engine.platforms.files.records import Records, normal, ordinals, row_key, short
from engine.platforms.files.sheet import NOTHING

_ID = re.compile(r"(?:\b|_)id$|^código\b")


def keys(records: Records, layout: Layout, spans: Sequence[Span | None]) -> list[str]:
    """What a row is about, and when: neither column order nor a status or a blank changes a key.

    Lines that are about the same get an ordinal, so that none replaces another.
    """
    named = sorted((normal(records.header[place]), place) for place in layout.identity)
    bases: list[list[object]] = []
    for at, (row, span) in enumerate(zip(records.rows, spans, strict=True)):
        said = {place: cells[at] for place, cells in layout.written.items()}
        when = [day.isoformat() for day in span] if span else []
        about = [
            [name, _about(said.get(place, row[place]), layout.told_apart.get(place))]
            for name, place in named
            if said.get(place, row[place]).strip() not in NOTHING
        ]
        bases.append([layout.format, layout.level, when, about])
    found = [row_key(base) for base in bases]
    return [
        key if nth == 1 else row_key([*base, nth])
        for key, base, nth in zip(found, bases, _ordinals(found, records), strict=True)
    ]


def _about(cell: str, pattern: re.Pattern[str] | None) -> str:
    found = pattern.search(cell) if pattern else None
    return found[1] if found else cell


def refuse_shortened(records: Records, layout: Layout) -> None:
    """Refuse rows whose id a spreadsheet wrote as ``1.2E+17``: several things would share it."""
    for place in layout.identity:
        if not _ID.search(normal(records.header[place])):
            continue
        for position, cell in enumerate(records.column(place)):
            if SHORTENED.fullmatch(cell.strip()):
                why = "was shortened by a spreadsheet, its last digits are lost"
                records.refuse(position, f"{records.header[place]} {short(cell)} {why}.")


def _ordinals(keys: Sequence[str], records: Records) -> list[int]:
    """By content among kept lines about the same: neither order nor a refusal numbers them otherwise."""
    if len(set(keys)) == len(keys):
        return [1] * len(keys)
    kept = [n for n in range(len(keys)) if n not in records.bad]
    at = sorted(kept, key=lambda n: (keys[n], sorted(records.rows[n])))
    found = [1] * len(keys)
    for place, nth in zip(at, ordinals(keys[n] for n in at), strict=True):
        found[place] = nth
    return found
