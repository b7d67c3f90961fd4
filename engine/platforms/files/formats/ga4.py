"""Google Analytics 4 reports and explorations, as "Download CSV" writes them.

Comment lines (``# Start date: 20230923``), a header, rows sorted by a figure; days are dates, hours or
offsets from the first day. "Reports snapshot" holds many blocks, each with its own days and header;
each is read, and blocks tell the same visits again. Re-saved files may have lost the comment lines.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from engine.model.errors import BadInput
from engine.model.exports import WEB, Export, Total
from engine.platforms.files.blocks import Block, blocks, is_comment
from engine.platforms.files.days import Span
from engine.platforms.files.records import Records, normal, ordinals
from engine.platforms.files.sheet import Sheet
from engine.platforms.files.web import (
    CHANNELS,
    METRICS,
    TIMES,
    Read,
    dimensions,
    is_total,
    read_block,
)

NAME = "ga4"
DESCRIPTION = "Google Analytics 4 reports, snapshots and explorations"

_SURE = {*CHANNELS, *TIMES, "landing page", "event name", "session source / medium"} - {"date"}


def matches(sheet: Sheet) -> bool:
    """GA4's comment lines, or a dimension only GA4 has, above known figures."""
    comments = [line for line in sheet.head if is_comment(line)]
    commented = any("Report CSV Export" in line.cells[0] for line in comments)
    header = next((line for line in sheet.head if not is_comment(line)), None)
    if header is None or len(header.cells) < 2:
        return False
    names = [normal(cell) for cell in header.cells]
    return commented or (names[0] in _SURE and bool(METRICS & set(names[1:])))


def read(sheet: Sheet) -> Export:
    """Every block of the file.

    Raises:
        BadInput: Quotes do not pair, a date is none, or lines between blocks are missing.
    """
    found = blocks(sheet)
    if not found:
        raise BadInput("The file has no header and no rows; download it again.")
    names = _reports(found)
    parts = [
        read_block(block, _records(block, sheet), name, NAME)
        for block, name in zip(found, names, strict=True)
    ]
    rows = pa.concat_tables([part.rows for part in parts]).cast(WEB).combine_chunks()
    said = [*dict.fromkeys(note for part in parts for note in part.notes)]
    return Export(
        file=sheet.file,
        format=NAME,
        source="ga4",
        kind="web",
        period=_period(found, rows),
        currency=_currency(rows),
        rows=rows,
        read=sum(part.read for part in parts),
        refused=tuple(
            sorted((row for part in parts for row in part.refused), key=lambda r: r.line)
        ),
        totals=_totals(names, parts),
        notes=(*said, *_doubts(rows, parts)),
        asks=tuple(sorted({ask for part in parts for ask in part.asks})),
    )


def _records(block: Block, sheet: Sheet) -> Records:
    lines = [line for line in block.lines if not is_total(line)]
    return Records(block.header.cells, lines, sheet.answers)


def _reports(found: Sequence[Block]) -> list[str]:
    """A name for each block: what its rows are about, in a snapshot its title or its figures too."""
    names = []
    for block in found:
        cells = [" ".join(cell.split()) for cell in block.header.cells]
        at = dimensions(cells)
        about = " x ".join(cells[:at])
        figures = ", ".join(cells[at:])
        names.append(about if len(found) == 1 else block.title or f"{about}: {figures}")
    again = ordinals(names)
    return [name if nth == 1 else f"{name} ({nth})" for name, nth in zip(names, again, strict=True)]


def _period(found: Sequence[Block], rows: pa.Table) -> Span | None:
    """What the blocks say, else the days of their rows."""
    if spans := [block.span for block in found if block.span]:
        return min(first for first, _ in spans), max(last for _, last in spans)
    if len(rows) == rows["day"].null_count:
        return None
    ends = pc.min_max(rows["day"])
    return ends["min"].as_py(), ends["max"].as_py()


def _currency(rows: pa.Table) -> str | None:
    named = set(rows.filter(pc.greater(rows["revenue_micros"], 0))["currency"].to_pylist())
    return named.pop() if len(named) == 1 else None


def _totals(names: Sequence[str], parts: Sequence[Read]) -> dict[str, Total]:
    return {
        header if len(parts) == 1 else f"{header} ({name})": total
        for name, part in zip(names, parts, strict=True)
        for header, total in part.sums.items()
    }


def _doubts(rows: pa.Table, parts: Sequence[Read]) -> list[str]:
    said = []
    if rows["period_first"].null_count:
        said.append("The file does not say which days it covers.")
    if len(parts) > 1:
        said.append("Its reports tell the same visits again; never add one to another.")
    return said
