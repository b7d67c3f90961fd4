"""Excel workbooks (.xlsx): each sheet as the text its own CSV would be, checked before the library opens it.

Formulas stand for the results stored with them, merged cells for their first cell. What a sheet holds
is not bounded by the size of its file (one text may be pointed at a million times), so what is written
out is counted too.
"""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from engine.model.errors import BadInput
from engine.platforms.files.archive import Limits, parts, size
from engine.platforms.files.cells import cell_text
from engine.platforms.files.workbook_parts import Walk, check_part

_DAMAGED = "The workbook is cut short or damaged; open it in Excel, save it and upload it again."


@dataclass(frozen=True)
class Book:
    """The sheets with data by title, written out as CSV, and the titles of hidden ones left out."""

    sheets: tuple[tuple[str, str], ...]
    hidden: tuple[str, ...]


def open_workbook(data: bytes, limits: Limits) -> Book:
    """Every visible sheet that is not empty, in the workbook's order.

    Raises:
        BadInput: Over a limit, damaged, of another kind than .xlsx, with formulas that have no stored
            result, or without a visible sheet that holds anything.
    """
    names, walk = set(), Walk()
    for name, content in parts(data, limits):
        names.add(name)
        check_part(name, content, walk)
    if "xl/workbook.bin" in names:
        raise BadInput("This is a binary Excel workbook (.xlsb); save it as .xlsx and upload that.")
    if not any(name.startswith("xl/") for name in names):
        raise BadInput(
            "This is an Office document but no Excel workbook; upload the report itself."
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = _sheets(data, limits, walk.sheets)
    except BadInput:
        raise
    except Exception as fault:  # the library names no family of errors for damaged input
        raise BadInput(_DAMAGED) from fault
    if not found.sheets:
        only = " but hidden ones; unhide them" if found.hidden else "; download it again"
        raise BadInput(f"The workbook holds no sheet with data{only}.")
    return found


class _Sheet(ReadOnlyWorksheet):  # type: ignore[misc]  # the library has no types
    """A sheet that is not read through for the extent it states: that is not trusted, and often missing."""

    def _get_size(self) -> None:
        return


class _Opened(ExcelReader):  # type: ignore[misc]  # the library has no types
    """The library's reader, for sheets that have been ``checked`` and are shown once."""

    def __init__(self, data: bytes, checked: Set[str]) -> None:
        super().__init__(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        self._checked = checked

    def read_worksheets(self) -> None:
        shown: set[str] = set()
        for sheet, relation in self.parser.find_sheets():
            if "chartsheet" in relation.Type:
                continue
            if relation.target not in self._checked:
                raise BadInput(
                    f"The sheet {sheet.name!r} is missing from the workbook; save it again."
                )
            for one in (relation.target, f"title {sheet.name.casefold()}"):
                if one in shown:
                    raise BadInput(
                        f"The sheet {sheet.name!r} stands twice in the workbook; save it again."
                    )
                shown.add(one)
            found = _Sheet(self.wb, sheet.name, relation.target, self.shared_strings)
            found.sheet_state = sheet.state
            self.wb._sheets.append(found)


def _sheets(data: bytes, limits: Limits, checked: Set[str]) -> Book:
    opened = _Opened(data, checked)
    opened.read()
    book = opened.wb
    try:
        sheets: list[tuple[str, str]] = []
        hidden: list[str] = []
        left = limits.unpacked
        for sheet in book.worksheets:
            text = _written(_rows(sheet), left)
            if not text:
                continue
            left -= len(text)
            if sheet.sheet_state == "visible":
                sheets.append((sheet.title, text))
            else:
                hidden.append(sheet.title)
        return Book(tuple(sheets), tuple(hidden))
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[list[str]]:
    """The cells of each row as text."""
    for row in sheet.iter_rows():
        yield [cell_text(cell) for cell in row]


def _written(rows: Iterator[list[str]], most: int) -> str:
    """The rows as CSV, as wide as the widest but for blank ones, without those at the end; "" for none.

    Raises:
        BadInput: It is longer than ``most``.
    """
    kept: list[list[str]] = []
    length = last = width = filled = 0
    for cells in rows:
        while cells and not cells[-1]:
            cells.pop()
        length += sum(map(len, cells)) + len(cells) + 1
        if length > most:
            raise BadInput(
                f"The sheets hold more than {size(most)} of text, the limit; upload them one by one."
            )
        kept.append(cells)
        if cells:
            last, width, filled = len(kept), max(width, len(cells)), filled + 1
    if filled * width > most:
        raise BadInput("A sheet has cells far apart; take out what does not belong to its table.")
    written = io.StringIO()
    out = csv.writer(written, lineterminator="\n")
    for cells in kept[:last]:
        out.writerow([*cells, *[""] * (width - len(cells))] if cells else [])
    return written.getvalue()
