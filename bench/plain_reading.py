"""The sums of a table by the plainest means, to hold beside what the readers say: no reader of ours is used.

Lines are cut by ``csv`` alone, a figure is what its own digits say, and every line below the header counts but
blank ones, comments and totals. It knows nothing of what may be refused: that is told to it by line.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree

Rows = list[tuple[int, list[str]]]

_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SHARED = "xl/sharedStrings.xml"
_NOTHING = {"", "--", "\u2014"}
_BODY = re.compile(r"[0-9][0-9.,'\u2019\s]*")
_ODD = re.compile(r"[0-9][eE][0-9]|^\(.*\)$")
_TAIL = re.compile(r" \(([A-Z]{3}|no currency)\)$")
_NAMED = re.compile(r"# *(?:account|property|start date|end date):", re.IGNORECASE)
_GOOGLES = re.compile(
    r"Total: (?:Account|Search|Display|Video|Performance Max|Smart|Demand Gen|In-stream|Filtered|Campaign"
    r"|Ad groups|Keywords|Your|All but|Other|AI Max|URL|Manager)"
)
_TOTALS = {"grand total", "totals"}


@dataclass(frozen=True)
class Table:
    """One header and the lines below it, each with the physical line it starts on."""

    header: list[str]
    rows: Rows


def lines(data: bytes, delimiter: str) -> Rows:
    """Every line that is not blank, cut by that delimiter; none where the bytes are no text."""
    code = next((code for mark, code in _MARKS.items() if data.startswith(mark)), "")
    if not code:
        even, odd = data[0:4000:2].count(0), data[1:4000:2].count(0)
        code = "utf-16-le" if odd > 9 * even + 9 else "utf-16-be" if even > 9 * odd + 9 else "utf-8"
    try:
        text = data.decode(code).removeprefix("\ufeff").replace("\x00", "")
        cut = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        found, start = [], 1
        for cells in cut:
            if "".join(cells).strip():
                found.append((start, cells))
            start = cut.line_num + 1
    except (UnicodeDecodeError, csv.Error):
        return []
    return found


def sheet(data: bytes) -> Rows:
    """The rows of a workbook's only sheet, from its XML alone; a figure with its 15 digits."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        shared = []
        if _SHARED in archive.namelist():
            items = ElementTree.fromstring(archive.read(_SHARED))
            shared = ["".join(t.text or "" for t in item.iter(f"{_MAIN}t")) for item in items]
        root = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    found = []
    for row in root.iter(f"{_MAIN}row"):
        cells: list[str] = []
        for cell in row.iter(f"{_MAIN}c"):
            cells += [""] * (_place(cell.get("r") or "") - 1 - len(cells))
            cells.append(_said(cell, shared))
        if "".join(cells).strip():
            found.append((int(row.get("r") or 0), cells))
    return found


def _said(cell: ElementTree.Element, shared: list[str]) -> str:
    value = cell.findtext(f"{_MAIN}v") or ""
    if cell.get("t") == "s":
        return shared[int(value)]
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{_MAIN}t"))
    if cell.get("t", "n") != "n" or not value:
        return value
    return f"{float(value):.15g}" if set(value) & set(".eE") else value


def _place(name: str) -> int:
    found = 0
    for letter in name.rstrip("0123456789"):
        found = found * 26 + ord(letter) - 64
    return found


def tables(rows: Rows, columns: Collection[str], kind: str) -> list[Table]:
    """The tables there are: of ``ga4`` one below each comment, else one below its header.

    The header is the first line that holds all the columns; where none are known, the first line.
    """
    if kind == "ga4":
        return _blocks(rows)
    for at, (_, cells) in enumerate(rows):
        if set(columns) <= set(cells):
            return [Table(cells, [row for row in rows[at + 1 :] if not _is_total(row[1], kind)])]
    return []


def _blocks(rows: Rows) -> list[Table]:
    found: list[Table] = []
    open_ = True
    for at, cells in rows:
        if _is_comment(cells):
            open_ = True
        elif open_:
            found.append(Table(cells, []))
            open_ = False
        elif not _is_total(cells, "ga4"):
            found[-1].rows.append((at, cells))
    return found


def _is_comment(cells: list[str]) -> bool:
    if not cells[0].startswith("#"):
        return False
    others = (cell.strip().strip("0123456789.,%") for cell in cells[1:] if cell.strip())
    return bool(_NAMED.match(cells[0])) or all(others)


def _is_total(cells: list[str], kind: str) -> bool:
    """By the words each kind of export has for it."""
    said = [cell.strip().casefold() for cell in cells if cell.strip()]
    if kind == "google_ads_report":
        return _labelled(cells)
    if kind == "microsoft_ads":
        named = any(cell.startswith("[") for cell in said)
        return not named and any(f" {cell}".endswith(" total") for cell in said)
    if kind == "ga4":
        return any(cell in _TOTALS for cell in said)
    return kind == "meta_ads" and said == ["no data available."]


def _labelled(cells: list[str]) -> bool:
    """One of Google's own words for totals, or any among the first cells, in a row that lacks names."""
    known = any(_GOOGLES.match(cell) for cell in cells)
    front = any(cell.startswith("Total:") for cell in cells[:3])
    return (known or front) and any(cell.strip() in _NOTHING for cell in cells[:5])


def sums(found: list[Table], column: str, refused: Collection[int], point: str) -> Decimal | None:
    """What the column adds up to over the lines that were not refused; None where a cell is no figure."""
    whole = Decimal(0)
    for cell in _cells(found, column, refused):
        value = figure(cell, point)
        if value is None:
            return None
        whole += value
    return whole


def points(found: list[Table]) -> dict[str, int]:
    """How many cells can only be read with a decimal point, and how many only with a decimal comma."""
    told = {".": 0, ",": 0}
    for table in found:
        for _, cells in table.rows:
            for cell in cells:
                if _ODD.search(cell):
                    continue
                one, other = figure(cell, "."), figure(cell, ",")
                if one is not None and one == other and (match := _BODY.search(cell)):
                    mark = match[0].rstrip(".,")[-3:-2] + match[0].rstrip(".,")[-2:-1]
                    for letter in mark:
                        told[letter] = told.get(letter, 0) + 1
    return told


def _cells(found: list[Table], column: str, refused: Collection[int]) -> Iterator[str]:
    for table in found:
        if column in table.header:
            place = table.header.index(column)
            for at, cells in table.rows:
                if at not in refused and len(cells) > place:
                    yield cells[place]


def figure(cell: str, point: str) -> Decimal | None:
    """What a cell's own digits say; three digits behind one lone mark are decimals behind ``point`` only."""
    bare = cell.strip()
    if bare in _NOTHING:
        return Decimal(0)
    match = _BODY.search(bare)
    if not match:
        return None
    body = re.sub(r"[\s'\u2019]", "", match[0]).rstrip(".,")
    marks = [letter for letter in body if letter in ".,"]
    if len(marks) == 1:
        head, tail = re.split(r"[.,]", body)
        thousands = len(tail) == 3 and 0 < len(head.lstrip("0")) < 4 and marks[0] != point
        body = head + tail if thousands else f"{head}.{tail}"
    elif len(set(marks)) == 1:
        body = body.replace(marks[0], "")
    elif marks:
        body = body.replace(marks[0], "").replace(marks[-1], ".")
    try:
        return Decimal(body)
    except InvalidOperation:
        return None


def by_column(totals: Mapping[str, Decimal], header: Collection[str]) -> dict[str, Decimal]:
    """Sums told by report or currency, ``Cost (GBP)``, added up again under the column they are of."""
    found: dict[str, Decimal] = {}
    for name, value in totals.items():
        column = name
        if name not in header:
            column = next(
                (c for c in sorted(header, key=len, reverse=True) if name.startswith(f"{c} (")),
                _TAIL.sub("", name),
            )
        found[column] = found.get(column, Decimal(0)) + value
    return found
