"""Damaged copies of exports: what spreadsheets, editors, mail and bad luck do to a download. Seeded."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, replace

TOKENS = (
    *(
        "",
        " ",
        "--",
        "-",
        "#N/A",
        "1E5",
        "NaN",
        "-5",
        "\u22125",
        "1 234",
        "1.234",
        "1,234",
        "0,5",
        "99",
    ),
    *(
        "€5",
        "5 %",
        "< 10%",
        "Total: x",
        "Grand total",
        "03/04/2026",
        "2026-02-30",
        "=1+1",
        '"',
        "\u200b7",
    ),
    *("12345678901234567890", "Cost", "Day", "\u0663", "USD", "1,2,3", "0x10", "# x", "(5.00)"),
)
_CODES = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252", "utf-7")
_ENDS = ("\n", "\r\n", "\r")


@dataclass(frozen=True)
class Text:
    """A file before it is bytes: its text, how its cells are cut and how it is encoded."""

    text: str
    delimiter: str
    encoding: str

    def lines(self) -> list[str]:
        """Its lines with their ends."""
        return self.text.splitlines(keepends=True)

    def rows(self) -> list[list[str]]:
        """Its cells."""
        return list(csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter))

    def of(self, rows: list[list[str]], delimiter: str = "") -> Text:
        """The same file with other cells."""
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter or self.delimiter, lineterminator="\n").writerows(rows)
        return replace(self, text=out.getvalue(), delimiter=delimiter or self.delimiter)


Change = Callable[[Text, random.Random], Text]


def mutated(whole: Text, dice: random.Random) -> bytes:
    """A copy with one to three things done to its text, cells or bytes."""
    found = whole
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        try:
            found = dice.choice(CHANGES)(found, dice)
        except (csv.Error, IndexError, ValueError):
            continue
    data = found.text.encode(found.encoding, errors="replace")
    return dice.choice(DAMAGES)(data, dice) if dice.random() < 0.3 else data


def damaged(data: bytes, dice: random.Random) -> bytes:
    """A copy with bytes flipped, cut, put in or lost."""
    for _ in range(dice.choice((1, 1, 2, 5))):
        data = dice.choice(DAMAGES)(data, dice)
    return data


def _cut_lines(whole: Text, dice: random.Random) -> Text:
    lines = whole.lines()
    at = dice.randrange(len(lines))
    del lines[at : at + dice.choice((1, 1, 2, 5, 12))]
    return replace(whole, text="".join(lines))


def _repeat_line(whole: Text, dice: random.Random) -> Text:
    lines = whole.lines()
    lines.insert(dice.randrange(len(lines) + 1), dice.choice(lines))
    return replace(whole, text="".join(lines))


def _swap_lines(whole: Text, dice: random.Random) -> Text:
    lines = whole.lines()
    a, b = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return replace(whole, text="".join(lines))


def _truncate(whole: Text, dice: random.Random) -> Text:
    return replace(whole, text=whole.text[: dice.randrange(len(whole.text))])


def _columns(whole: Text, dice: random.Random) -> Text:
    """A column deleted, doubled or moved, in every line wide enough."""
    rows = whole.rows()
    width = max(len(row) for row in rows)
    at, to, how = (
        dice.randrange(width),
        dice.randrange(width),
        dice.choice(("cut", "twice", "move")),
    )
    for row in rows:
        if len(row) > max(at, to):
            cell = row[at] if how == "twice" else row.pop(at)
            if how != "cut":
                row.insert(to, cell)
    return whole.of(rows)


def _swap_cells(whole: Text, dice: random.Random) -> Text:
    rows = [row for row in whole.rows() if row]
    a, b = dice.choice(rows), dice.choice(rows)
    at = dice.randrange(len(a))
    to = dice.randrange(len(a)) if a is b else min(at, len(b) - 1)
    a[at], b[to] = b[to], a[at]
    return whole.of(rows)


def _token(whole: Text, dice: random.Random) -> Text:
    rows = [row for row in whole.rows() if row]
    row = dice.choice(rows)
    row[dice.randrange(len(row))] = dice.choice(TOKENS)
    return whole.of(rows)


def _notation(whole: Text, dice: random.Random) -> Text:
    """One column, or every figure, with decimal comma for point and the other way round."""
    rows = whole.rows()
    only = dice.choice((None, dice.randrange(max(len(row) for row in rows))))
    for row in rows:
        for at, cell in enumerate(row):
            if (only is None or at == only) and cell[:1].isdigit():
                row[at] = cell.translate({44: 46, 46: 44})
    return whole.of(rows)


def _delimiter(whole: Text, dice: random.Random) -> Text:
    return whole.of(whole.rows(), dice.choice(("\t", ",", ";", "|")))


def _pad(whole: Text, dice: random.Random) -> Text:
    rows = whole.rows()
    width = max(len(row) for row in rows) + dice.choice((0, 0, 3))
    return whole.of([[*row, *[""] * (width - len(row))] for row in rows])


def _encoding(whole: Text, dice: random.Random) -> Text:
    return replace(whole, encoding=dice.choice(_CODES))


def _ends(whole: Text, dice: random.Random) -> Text:
    return replace(whole, text=dice.choice(_ENDS).join(whole.text.splitlines()))


def _header(whole: Text, dice: random.Random) -> Text:
    """Two cells of one line exchanged, mostly among the first lines, where headers are."""
    rows = [row for row in whole.rows() if row]
    row = rows[min(int(dice.expovariate(0.4)), len(rows) - 1)]
    a, b = dice.randrange(len(row)), dice.randrange(len(row))
    row[a], row[b] = row[b], row[a]
    return whole.of(rows)


CHANGES: tuple[Change, ...] = (
    *(_cut_lines, _repeat_line, _swap_lines, _truncate, _columns, _swap_cells, _token, _token),
    *(_notation, _delimiter, _pad, _encoding, _ends, _header),
)


def _flip(data: bytes, dice: random.Random) -> bytes:
    found = bytearray(data)
    if found:
        found[dice.randrange(len(found))] ^= 1 << dice.randrange(8)
    return bytes(found)


def _lose(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + data[at + dice.choice((1, 2, 7, 40)) :]


def _put(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    token = dice.choice((b'"', b",", b"\n", b"\t", b"-", b"\x00", b"9", b"\xff", b".", b"\r", b"e"))
    return data[:at] + token + data[at:]


def _end(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def _again(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + data[max(at - 60, 0) : at] + data[at:]


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flip, _lose, _put, _end, _again)
