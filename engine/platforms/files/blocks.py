"""GA4 downloads as blocks: comment lines with a title and the days, a header, rows; one file may hold many."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from engine.model.errors import BadInput
from engine.platforms.files.days import Span
from engine.platforms.files.sheet import Line, Sheet

_EDGE = re.compile(r"(start|end) date: ?(\d{8})", re.IGNORECASE | re.ASCII)
_PROPERTY = re.compile(r"property: ?(.*)", re.IGNORECASE)
_BOILERPLATE = re.compile(r"-*|report csv export|account:.*|all users", re.IGNORECASE)
_NAMED = re.compile(r"# *(?:account|property|start date|end date):", re.IGNORECASE)
_FIGURE = re.compile(r"[0-9][0-9.,%]*", re.ASCII)


@dataclass
class Block:
    """One table of a file.

    Attributes:
        header: Its header line.
        title: The question above it, "" for none.
        named: The web property, "" when the file does not say.
        span: First and last day; None when the file does not say.
        lines: Its data lines.
    """

    header: Line
    title: str
    named: str
    span: Span | None
    lines: list[Line] = field(default_factory=list)


@dataclass
class _Above:
    """What the comment lines said so far; the property holds for the file, title and days for one block."""

    title: str = ""
    named: str = ""
    first: date | None = None
    last: date | None = None
    open: bool = True

    def hear(self, said: str, number: int) -> None:
        if not self.open:
            self.open, self.title = True, ""
            self.first = self.last = None
        if edge := _EDGE.fullmatch(said):
            day = compact(edge[2], number)
            if edge[1].casefold() == "start":
                self.first = day
            else:
                self.last = day
        elif named := _PROPERTY.fullmatch(said):
            self.named = named[1].strip()
        elif not _BOILERPLATE.fullmatch(said):
            self.title = said

    def span(self, number: int) -> Span | None:
        if self.first is None or self.last is None:
            return None
        if self.last < self.first:
            raise BadInput(f"Line {number}: the report ends before it starts; download it again.")
        return self.first, self.last


def compact(text: str, number: int) -> date:
    """A day written ``YYYYMMDD``.

    Raises:
        BadInput: There is no such day; the sentence names line ``number``.
    """
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError as fault:
        raise BadInput(f"Line {number}: {text!r} is no date; download the file again.") from fault


def blocks(sheet: Sheet) -> list[Block]:
    """Every table of the file, in its order; tables without rows too.

    Raises:
        BadInput: Quotes do not pair, a header is missing, or a date is none.
    """
    found: list[Block] = []
    above = _Above()
    for line in sheet.lines():
        if is_comment(line):
            said = sheet.delimiter.join(line.cells).strip(f"{sheet.delimiter} \t")
            above.hear(said.lstrip("#").strip(), line.number)
        elif above.open:
            if any(_FIGURE.fullmatch(cell.strip()) for cell in line.cells):
                raise BadInput(
                    f"Line {line.number}: a header was expected, but figures stand there; "
                    "download the file again."
                )
            span = above.span(line.number)
            found.append(Block(_narrowed(line), above.title, above.named, span))
            above.open = False
        else:
            found[-1].lines.append(_narrowed(line, len(found[-1].header.cells)))
    return found


def _narrowed(line: Line, width: int = 1) -> Line:
    """Without the blank cells that a spreadsheet puts behind narrow tables, down to ``width``."""
    cells = list(line.cells)
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    return Line(line.number, cells)


def is_comment(line: Line) -> bool:
    """A line that starts with # and has no figure in its other cells, which a comma in a name makes."""
    first, *others = line.cells
    if not first.startswith("#"):
        return False
    figures = any(_FIGURE.fullmatch(cell.strip()) for cell in others)
    return bool(_NAMED.match(first)) or not figures
