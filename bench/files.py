"""Does a damaged export ever crash the reader, or pass with other sums than its own lines say?

Copies of exports are damaged at random (``bench.mutations``) and read. Either the file is refused with a
sentence, or every line of it is a row or a refusal with its reason, no two rows share a key, and each sum is
what ``bench.plain_reading`` makes of the lines that were not refused. What is neither is a crash, a refusal
without a reason or a silent wrong sum; the number of its case brings it back.
"""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bench import plain_reading as plain
from bench.file_cases import Case, fixtures, real
from bench.mutations import damaged, mutated
from engine.model.errors import BadInput
from engine.model.exports import Export
from engine.platforms.files import Limits, read_bytes

FULL, SHORT = 50_000, 2_000
SEED = 20261109
LIMITS = Limits(unpacked=20_000_000)
_HALF_A_MICRO = Decimal("0.0000005")
_SAID = 25
"""Faults that are told one by one."""


def run(short: bool, say: Callable[[str], None]) -> dict[str, Any]:  # noqa: FBT001  one signature for every bench
    """Damage and read 2,000 or 50,000 copies."""
    return measure(SHORT if short else FULL, say)


def measure(
    count: int, say: Callable[[str], None], *, seed: int = SEED, ours_only: bool = False
) -> dict[str, Any]:
    """That many damaged copies; {files, mutations, crashes, silent_wrong_sums, refused_without_reason, …}."""
    ours, theirs = fixtures(), [] if ours_only else real()
    cases = [*ours, *theirs]
    if not theirs:
        say("files: there are no real exports beside this checkout, so only ours are damaged.")
    began, outcomes, faults = time.perf_counter(), Counter[str](), list[dict[str, Any]]()
    for number in range(count):
        case = cases[number % len(cases)]
        outcome, said = judged(case, number, seed)
        outcomes[outcome] += 1
        if outcome not in {"refused whole", "read", "read with refusals"}:
            faults.append({"file": case.name, "case": number, "fault": outcome, "said": said})
        if number % 5_000 == 4_999:
            say(f"files: {number + 1:,} of {count:,}, {len(faults)} faults.")
    return {
        "short": count < FULL,
        "sizes": {"ours": len(ours), "real": len(theirs), "seed": seed},
        "files": len(cases),
        "real_files": bool(theirs),
        "mutations": count,
        "crashes": outcomes["crash"],
        "silent_wrong_sums": outcomes["silent wrong sum"],
        "refused_without_reason": outcomes["refused without reason"],
        "outcomes": dict(outcomes),
        "faults": faults[:_SAID],
        "seconds": round(time.perf_counter() - began, 1),
    }


def line(answer: Mapping[str, Any]) -> str:
    """The answer as a sentence."""
    which = "ours and real ones" if answer["real_files"] else "ours only"
    return (
        f"files: {answer['mutations']:,} damaged copies of {answer['files']} exports ({which}) in "
        f"{answer['seconds']} s: {answer['crashes']} crashes, {answer['silent_wrong_sums']} silent wrong "
        f"sums, {answer['refused_without_reason']} refusals without a reason."
    )


def damaged_copy(case: Case, number: int, seed: int = SEED) -> bytes:
    """The copy of this number; the same each time."""
    dice = random.Random(f"{seed}:{number}")
    text = case.some(dice)
    if text is not None:
        return mutated(text, dice)
    return _repacked(case.data, dice) if dice.random() < 0.8 else damaged(case.data, dice)


def judged(case: Case, number: int, seed: int = SEED) -> tuple[str, str]:
    """What became of one damaged copy, and the sentence or the difference."""
    data = damaged_copy(case, number, seed)
    try:
        exports = read_bytes(case.name, data, LIMITS)
    except BadInput as fault:
        said = str(fault)
        told = said.startswith(f"{case.name}: ") and said.endswith((".", '."', "?"))
        return ("refused whole" if told else "refused without reason"), said
    except Exception as fault:  # noqa: BLE001  any other is what is looked for
        return "crash", f"{type(fault).__name__}: {fault}"
    if any(not row.reason.strip() for export in exports for row in export.refused):
        return "refused without reason", "a line"
    for export in exports:
        if said := difference(export, data, case.point):
            return "silent wrong sum", f"{export.file}: {said}"
    partly = any(export.refused for export in exports)
    return ("read with refusals" if partly else "read"), ""


def difference(export: Export, data: bytes, point: str) -> str:
    """In what an export differs from a plain reading of the same bytes; "" in nothing."""
    keys = export.rows["row_key"].to_pylist()
    if len(set(keys)) < len(keys):
        return "two rows share a key, so one would be lost"
    columns = [_bare(name, export) for name in export.totals]
    found: list[plain.Table] = []
    for rows in _cut(export, data):
        these = plain.tables(rows, columns, export.format)
        if these and len(these[0].header) > (len(found[0].header) if found else 0):
            found = these
    counted = sum(len(table.rows) for table in found)
    if counted > export.read:
        return f"{export.read} lines are accounted for, there are {counted}"
    header = {name for table in found for name in table.header}
    ours = plain.by_column({name: total.rows for name, total in export.totals.items()}, header)
    if said := _apart(export, ours):
        return said
    refused = {row.line for row in export.refused}
    wrong = _wrong(ours, found, refused, point)
    other = "," if point == "." else "."
    if wrong and (told := plain.points(found))[other] >= told[point]:
        return _wrong(ours, found, refused, other)
    return wrong


def _apart(export: Export, ours: Mapping[str, Decimal]) -> str:
    """Whether the rows that are handed on add up to other sums than those that are told."""
    for field in export.rows.schema:
        if not pa.types.is_int64(field.type) or field.name == "hour":
            continue
        found = Decimal(pc.sum(export.rows[field.name]).as_py() or 0)
        exact = not field.name.endswith("_micros")
        value = found if exact else found / 1_000_000
        rounding = Decimal(0) if exact else _HALF_A_MICRO * len(export.rows)
        if value and not any(abs(value - told) <= rounding for told in ours.values()):
            return f"the rows' {field.name} add up to {value}, which no sum says"
    return ""


def _wrong(
    ours: Mapping[str, Decimal], found: list[plain.Table], refused: set[int], point: str
) -> str:
    for column, value in ours.items():
        own = plain.sums(found, column, refused, point)
        if own != value:
            return f"{column} adds up to {value}, its lines say {own}"
    return ""


def _bare(name: str, export: Export) -> str:
    """The header a sum is of: without the currency where the same header is told by currency."""
    bare = name.rpartition(" (")[0]
    alike = [other for other in export.totals if other.rpartition(" (")[0] == bare]
    return bare if bare and len(alike) > 1 else name


def _cut(export: Export, data: bytes) -> list[plain.Rows]:
    """The lines of the file, member or sheet that an export is of, by each delimiter."""
    member = export.file.partition("/")[2]
    if b"[Content_Types].xml" in data and data.startswith(b"PK"):
        return [plain.sheet(data)]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = archive.read(member)
    return [plain.lines(data, delimiter) for delimiter in "\t,;"]


def _repacked(data: bytes, dice: random.Random) -> bytes:
    """A zip or workbook with one member damaged inside, packed again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as packed:
        names = archive.namelist()
        sheets = [name for name in names if "sheet" in name.lower()] or names
        chosen = dice.choice(sheets if dice.random() < 0.7 else names)
        for name in names:
            content = archive.read(name)
            packed.writestr(name, damaged(content, dice) if name == chosen else content)
    return out.getvalue()
