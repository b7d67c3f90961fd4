"""The data lines of one sheet, parsed a column at a time; a bad cell refuses its whole line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from json.encoder import encode_basestring
from typing import Any, TypeVar

import pyarrow as pa

from engine.model.exports import NO_ANSWERS, Answers, RefusedRow
from engine.platforms.files.figures import Unreadable
from engine.platforms.files.sheet import NOTHING, Line

T = TypeVar("T")

_encode = json.JSONEncoder(ensure_ascii=False).encode
_SHOWN = 40


def normal(name: str) -> str:
    """A header as readers compare it: case and odd spaces do not matter."""
    return " ".join(name.split()).casefold()


def text_or_none(cell: str) -> str | None:
    """The cell exactly as written, or None where the export writes that there is nothing."""
    return None if cell.strip() in NOTHING else cell


def row_key(parts: Sequence[object]) -> str:
    """SHA-256 (hex) of the values that make a row the same row in the next download."""
    return hashlib.sha256(_encode(parts).encode()).hexdigest()


def record_key(format_name: str, record: object) -> str:
    """SHA-256 (hex) for a record that has an id of its own."""
    return hashlib.sha256(f"{format_name}\n{record}".encode()).hexdigest()


def short(text: str) -> str:
    """A cell for a sentence: quoted, control characters escaped, cut."""
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


class Records:
    """Lines below one header.

    Attributes:
        header: The header cells as written.
        numbers: Physical line number of each row that has as many cells as the header.
        rows: Those rows.
        bad: Reason by position in ``rows``; the first reason stands.
        answers: What a person said of the file.
    """

    def __init__(
        self, header: Sequence[str], lines: Iterable[Line], answers: Answers = NO_ANSWERS
    ) -> None:
        """Lines with another number of cells than the header are refused at once."""
        self.header = tuple(header)
        self.answers = answers
        self.numbers: list[int] = []
        self.rows: list[list[str]] = []
        self.bad: dict[int, str] = {}
        self._misfits: list[RefusedRow] = []
        width = len(self.header)
        for number, cells in lines:
            if len(cells) == width:
                self.numbers.append(number)
                self.rows.append(cells)
            else:
                reason = f"The line has {len(cells)} of {width} cells."
                self._misfits.append(RefusedRow(number, reason))
        self._columns: list[tuple[str, ...]] = list(zip(*self.rows, strict=True))
        self._places: dict[str, list[int]] = {}
        for place, name in enumerate(self.header):
            self._places.setdefault(normal(name), []).append(place)

    def places(self, *names: str) -> list[int]:
        """Where headers of these normal names stand, in the order asked, repeats included."""
        return [place for name in names for place in self._places.get(name, ())]

    def find(self, *names: str) -> int | None:
        """The first column with one of these normal names; a repeat must say the same."""
        for name in names:
            if places := self._places.get(name):
                self._check_repeats(places)
                return places[0]
        return None

    def column(self, place: int) -> Sequence[str]:
        """The cells of one column."""
        return self._columns[place] if self._columns else ()

    def texts(self, place: int | None) -> list[str | None]:
        """A column as text; all None when the file does not have it."""
        return self.parse(place, text_or_none)

    def parse(self, place: int | None, parser: Callable[[str], T | None]) -> list[T | None]:
        """A column parsed, each different text once; None where there is nothing."""
        if place is None:
            return [None] * len(self.rows)
        cells = self.column(place)
        known: dict[str, T | None] = {}
        wrong: dict[str, str] = {}
        for text in dict.fromkeys(cells):
            known[text] = None
            if text.strip() not in NOTHING:
                try:
                    known[text] = parser(text)
                except Unreadable as fault:
                    wrong[text] = f"{self.header[place]} {short(text)} {fault}."
        if wrong:
            for position, text in enumerate(cells):
                if text in wrong:
                    self.refuse(position, wrong[text])
        return [known[text] for text in cells]

    def refuse(self, position: int, reason: str) -> None:
        """Marks one row as not kept; the first reason stands."""
        self.bad.setdefault(position, reason)

    def refuse_blank(self, place: int) -> None:
        """Refuses rows without a value that every row must have."""
        for position, cell in enumerate(self.column(place)):
            if cell.strip() in NOTHING:
                self.refuse(position, f"{self.header[place]} is blank.")

    def rest(self, used: Iterable[int]) -> list[str]:
        """The columns not ``used``, as one JSON text a row; cells without a value are left out."""
        taken = set(used)
        names = enumerate(self._unique_names())
        rest = [(i, encode_basestring(name)) for i, name in names if i not in taken]
        written: list[str] = []
        for row in self.rows:
            pairs = [
                f"{name}: {encode_basestring(row[i])}"
                for i, name in rest
                if row[i] not in NOTHING and row[i].strip() not in NOTHING
            ]
            written.append(f"{{{', '.join(pairs)}}}")
        return written

    def refused(self) -> tuple[RefusedRow, ...]:
        """Every line not kept, in file order."""
        late = [RefusedRow(self.numbers[at], reason) for at, reason in self.bad.items()]
        return tuple(sorted([*self._misfits, *late], key=lambda row: row.line))

    def kept(self, values: Sequence[T]) -> list[T]:
        """The values of rows that were not refused."""
        if not self.bad:
            return list(values)
        return [value for at, value in enumerate(values) if at not in self.bad]

    def table(self, schema: pa.Schema, columns: dict[str, Sequence[Any]]) -> pa.Table:
        """The kept rows; columns the format does not have are null."""
        length = len(self.rows) - len(self.bad)
        arrays = [
            pa.array(self.kept(columns[field.name]), field.type)
            if field.name in columns
            else pa.nulls(length, field.type)
            for field in schema
        ]
        return pa.Table.from_arrays(arrays, schema=schema)

    @property
    def read(self) -> int:
        """Data lines seen, kept or not."""
        return len(self.rows) + len(self._misfits)

    def _check_repeats(self, places: Sequence[int]) -> None:
        for place in places[1:]:
            pairs = zip(self.column(places[0]), self.column(place), strict=True)
            for position, (first, again) in enumerate(pairs):
                if first != again:
                    name = self.header[place]
                    self.refuse(position, f"{name} stands twice, {short(first)} v {short(again)}.")

    def _unique_names(self) -> list[str]:
        seen: dict[str, int] = {}
        names = []
        for name in self.header:
            seen[name] = seen.get(name, 0) + 1
            names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
        return names


def ordinals(keys: Iterable[str]) -> list[int]:
    """How many times each key has come, this time included: repeated lines stay apart."""
    seen: dict[str, int] = {}
    found = []
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
        found.append(seen[key])
    return found


def keep_latest(
    records: Records,
    ids: Sequence[object],
    modified: Sequence[object] | None = None,
    *,
    named: bool = True,
) -> None:
    """Of rows with one id the latest changed stays, the first of equals; ids not ``named`` are not told."""
    best: dict[object, int] = {}
    for position, key in enumerate(ids):
        if key is None or position in records.bad:
            continue
        before = best.get(key)
        if before is None:
            best[key] = position
            continue
        now, then = (modified[at] if modified else None for at in (position, before))
        newer = isinstance(now, datetime) and (not isinstance(then, datetime) or now > then)
        loser, best[key] = (before, position) if newer else (position, before)
        why = "too, in a later state" if newer else "already"
        what = f"The record {key!r}" if named else "The same row"
        records.refuse(loser, f"{what} stands on line {records.numbers[best[key]]} {why}.")
