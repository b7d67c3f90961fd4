"""What is checked in the parts of a workbook before and beside the library that reads them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, ParseError, iterparse

from engine.model.errors import BadInput

WIDEST = 1_000
"""Columns a sheet may have; the widest export seen has 90."""

DEEPEST = 1_048_576
"""Rows a sheet may have, as Excel allows."""

MOST_SHEETS, MOST_ROWS, MOST_CELLS = 100, 2_000_000, 5_000_000
"""What all sheets may have together, blank rows and cells too: each costs time, and none costs bytes."""

_SHEET = re.compile(rb"<(?:\w+:)?worksheet[\s>/]")
_TEXTS = re.compile(rb"<(?:\w+:)?sst[\s>/]")
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_MAIN = b"spreadsheetml/2006/main"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml"
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_MOST_INSIDE, _MOST_OUTSIDE, _MOST_TAGS = 100_000, 200_000, 1_000_000
"""Elements of one row or text, of all else in such a part, tags of any other part: a tree of them costs far more
than its bytes."""


@dataclass
class Walk:
    """How far the checks have walked through the sheets of one workbook.

    Attributes:
        sheets: The parts that were checked as sheets.
        rows: Their rows, blank ones before a filled one too.
        cells: Their cells, blank ones before a filled one too.
    """

    sheets: set[str] = field(default_factory=set)
    rows: int = 0
    cells: int = 0

    def step(self, rows: int, cells: int) -> None:
        """Count on.

        Raises:
            BadInput: The sheets hold more than a workbook may.
        """
        self.rows += rows
        self.cells += cells
        for count, most, what in (
            (len(self.sheets), MOST_SHEETS, "sheets"),
            (self.rows, MOST_ROWS, "rows"),
            (self.cells, MOST_CELLS, "cells"),
        ):
            if count > most:
                raise BadInput(
                    f"The sheets of the workbook reach over more than {most:,} {what}, blank ones too, the "
                    "limit; take out what does not belong to the report, or save its sheet as CSV."
                )


def check_part(name: str, content: bytes, walk: Walk) -> None:
    """Refuse what would be read wrongly or without end, before anything is read.

    Raises:
        BadInput: The part declares entities, is of the strict dialect, holds more than a workbook does, is of a
            workbook under another kind of name, or is a sheet that cannot be trusted.
    """
    if not name.lower().endswith((".xml", ".rels", ".vml")):
        if _MAIN in content:
            raise BadInput(
                f"The part {name!r} of the workbook is not named as .xml; open the workbook in Excel, "
                "save it and upload it again."
            )
        return
    if any(mark in content for mark in _DOCTYPES):
        raise BadInput(f"The part {name!r} of the workbook declares entities; nothing was read.")
    top = content[:4000]
    if _STRICT in top:
        raise BadInput('The workbook is a "Strict Open XML" one; save it as plain .xlsx.')
    try:
        if _SHEET.search(top):
            walk.sheets.add(name)
            _check_sheet(content, walk)
        elif _TEXTS.search(top):
            for text in _units(content, "si"):
                _check_text(text)
        elif content.count(b"<") > _MOST_TAGS:
            raise BadInput(_overfull(_MOST_TAGS))
    except ParseError as fault:
        raise BadInput(
            f"The part {name!r} of the workbook is damaged ({fault}); save it again."
        ) from fault


def _check_sheet(content: bytes, walk: Walk) -> None:
    """Rows and cells in their order, no wider than an export is, each formula with its result."""
    before = 0
    walk.step(0, 0)
    for row in _units(content, "row"):
        number = _number(row, before)
        if number <= before:
            raise BadInput(f"Row {number} of a sheet stands after row {before}; save it again.")
        if number > DEEPEST:
            raise BadInput(f"A sheet has more than {DEEPEST} rows, the limit.")
        walk.step(number - before, _check_row(row, number))
        before = number


def _units(content: bytes, name: str) -> Iterator[Element]:
    """Each element of this name, whole; every element is let go of as soon as it has been seen."""
    path: list[Element] = []
    depth = inside = outside = 0
    for event, element in iterparse(io.BytesIO(content), events=("start", "end")):  # noqa: S314  see above
        if event == "start":
            path.append(element)
            if depth:
                inside += 1
            elif _local(element.tag) == name:
                depth, inside = len(path), 0
            else:
                outside += 1
            if inside > _MOST_INSIDE or outside > _MOST_OUTSIDE:
                raise BadInput(_overfull(_MOST_INSIDE if depth else _MOST_OUTSIDE))
            continue
        if depth == len(path):
            yield element
            depth = 0
        path.pop()
        if path and not depth:
            del path[-1][-1]


def _overfull(most: int) -> str:
    return (
        f"A part of the workbook has more than {most} elements, the limit; save its sheet as CSV."
    )


def _number(row: Any, before: int) -> int:
    said = row.get("r")
    if said is None:
        return before + 1
    if not said.isascii() or not said.isdigit() or not 0 < len(said) < 8:
        raise BadInput(f"A row of a sheet has the number {said[:20]!r}; save the workbook again.")
    return int(said)


def _check_row(row: Any, number: int) -> int:
    """How wide the row is."""
    place = 0
    for cell in row:
        if _local(cell.tag) != "c":
            continue
        said = cell.get("r")
        at = place + 1 if said is None else _column(said, number)
        if at <= place:
            raise BadInput(f"A cell of row {number} stands twice or out of order; save it again.")
        if at > WIDEST:
            raise BadInput(f"Row {number} has more than {WIDEST} columns, the limit.")
        place = at
        inner = {_local(part.tag): part for part in cell}
        if len(inner) < len(cell):
            raise BadInput(f"A cell of row {number} holds two values; save the workbook again.")
        if "is" in inner:
            _check_text(inner["is"])
        if "f" in inner and cell.get("t") != "str" and not _told(inner.get("v")):
            raise BadInput(
                f"The formula in row {number}, column {at}, has no stored result; open the workbook in "
                "Excel, save it and upload it again."
            )
    return place


def _check_text(text: Element) -> None:
    """A text is one piece or several formatted runs; two pieces are two texts whose border was lost."""
    if sum(_local(part.tag) == "t" for part in text) > 1:
        raise BadInput("Two texts of the workbook ran into each other; save it again.")


def _column(said: str, number: int) -> int:
    match = _PLACE.fullmatch(said)
    if not match or int(match[2]) != number:
        raise BadInput(f"A cell of row {number} is named {said[:20]!r}; save the workbook again.")
    found = 0
    for letter in match[1]:
        found = found * 26 + ord(letter) - 64
    return found


def _told(value: Any) -> bool:
    return value is not None and bool(value.text)


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]
