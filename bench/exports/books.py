"""Workbooks of our own: shapes with real dates and figures in their cells, and parts written by hand."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from typing import Any

import openpyxl

from bench.exports.shapes import zipped

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def typed(cell: str) -> Any:
    """A cell as Excel takes it from a CSV: days and figures become what they are."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return datetime.fromisoformat(cell)
    if re.fullmatch(r"[1-9]\d{0,14}|0", cell):
        return int(cell)
    if re.fullmatch(r"\d+\.\d+", cell):
        return float(cell)
    return cell or None


def rows_of(text: str) -> list[list[str]]:
    """The lines of a shape, blank ones too."""
    delimiter = "\t" if "\t" in text else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def book(**sheets: str | list[list[Any]]) -> bytes:
    """A workbook of these sheets: a text is cut into typed cells, a list holds the rows as they are."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, content in sheets.items():
        sheet = made.create_sheet(title)
        rows = (
            [[typed(cell) for cell in row] for row in rows_of(content)]
            if isinstance(content, str)
            else content
        )
        for row in rows:
            sheet.append(row)
    return saved(made)


def saved(made: Any) -> bytes:
    """The bytes of a workbook of the library's own."""
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def content_types(*, shared: bool = False) -> str:
    """Which part is what; ``shared``: there is one of shared texts."""
    texts = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/>'
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
        f"{texts if shared else ''}</Types>"
    )


def relations(**targets: str) -> str:
    """A part of relationships, kind to target."""
    inner = "".join(
        f'<Relationship Id="r{n}" Type="{RELS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def by_hand(rows: str, more: dict[str, str | bytes] | None = None) -> bytes:
    """A workbook of one sheet whose rows are XML as given; ``more`` are parts beside or instead."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": relations(worksheet="worksheets/sheet1.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets>'
        '<sheet name="Export" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    return zipped({**parts, **(more or {})})


def text_cells(row: int, *cells: str) -> str:
    """One row of inline texts, as XML."""
    inner = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f'<row r="{row}">{inner}</row>'
