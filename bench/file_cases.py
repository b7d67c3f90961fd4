"""The exports that are damaged: small files of our own in every known shape, and real ones where there are any."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from pathlib import Path

from bench.exports import books, shapes
from bench.exports.platform_shapes import GSC_ZIP
from bench.mutations import Text
from engine.platforms.files.sheet import decode

PROJECT = Path(__file__).resolve().parent.parent
REAL = PROJECT.parent / "shared" / "data"
FOLDERS = (
    *("google_ads", "crm", "meta_ads", "linkedin_ads", "microsoft_ads", "ga4", "search_console"),
    "market_data",
)
COMMAS = ("comma.csv", "linkedin_pt.csv", "ptBR", "decimal_comma")
"""Parts of the names of files whose figures have a decimal comma."""

_HEAD, _MIDDLE, _FOOT = 12, 60, 6


@dataclass(frozen=True)
class Case:
    """One file: as ``text``, or as ``data`` where it is a zip or a workbook; ``point`` is before its decimals."""

    name: str
    data: bytes
    text: Text | None
    point: str

    def some(self, dice: random.Random) -> Text | None:
        """Its text; of a long one mostly its first lines, some in the middle and its last."""
        if self.text is None or dice.random() < 0.005:
            return self.text
        lines = self.text.lines()
        if len(lines) <= _HEAD + _MIDDLE + _FOOT:
            return self.text
        at = dice.randrange(_HEAD, len(lines) - _FOOT - _MIDDLE + 1)
        kept = [*lines[:_HEAD], *lines[at : at + _MIDDLE], *lines[-_FOOT:]]
        return replace(self.text, text="".join(kept))


def fixtures() -> list[Case]:
    """Ours, the zip and the workbooks too."""
    found = [_case(name, text.encode()) for name, text in shapes.ALL.items()]
    cards = {name: text for name, text in shapes.ALL.items() if "(20" in name}
    found.append(Case("gsc.zip", shapes.zipped(dict(GSC_ZIP)), None, "."))
    found.append(Case("cards.zip", shapes.zipped(dict(cards)), None, "."))
    local = [name for name in shapes.ALL if any(part in name for part in COMMAS)]
    for name, text in shapes.ALL.items():
        if name not in local:
            found.append(Case(f"{name[:40]}.xlsx", books.book(Sheet1=text), None, "."))
    return found


def real() -> list[Case]:
    """Every real export beside the checkout; none where they are absent."""
    if not REAL.is_dir():
        return []
    paths = [path for name in FOLDERS for path in sorted((REAL / name).iterdir())]
    return [_case(path.name, path.read_bytes()) for path in paths]


def _case(name: str, data: bytes) -> Case:
    point = "," if any(part in name for part in COMMAS) else "."
    if data.startswith(b"PK"):
        return Case(name, data, None, point)
    code = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    if data.startswith(b"\xef\xbb\xbf"):
        code = "utf-8-sig"
    text = decode(data)
    head = "\n".join(text.splitlines()[:15])
    delimiter = max("\t,;", key=head.count)
    return Case(name, data, Text(text, delimiter, code), point)
