"""From bytes to lines of cells: encoding and dialect are found, never asked."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from engine.model.errors import BadInput
from engine.model.exports import NO_ANSWERS, Answers

DELIMITERS = ("\t", ",", ";")
HEAD_LINES = 15
MOST_LINES, MOST_CELLS = 1_000_000, 5_000_000
"""Lines and cells of one file: a line costs some 600 bytes of memory while it is read, a cell 100 more."""
NOTHING = frozenset({"", "--", "\N{EM DASH}"})
"""What exports write where there is no value, after stripping spaces."""

_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_BINARY = {
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a gzip archive",
    _OLD_OFFICE: "an old Excel workbook (.xls)",
    b"\x89PNG": "a picture",
    b"PAR1": "a Parquet file",
}
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1e]")


class Line(NamedTuple):
    """``number`` is the first physical line (from 1) of a record, which quotes may spread."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Sheet:
    """One file as text, cut by one candidate delimiter.

    Attributes:
        file: Its name, for messages and for dates written in names.
        text: The whole text.
        delimiter: The candidate.
        head: Its first lines that are not blank, cut leniently: enough to recognise a format.
        answers: What a person said of the file.
        by_record: Lines are numbered as a workbook does, one a record, however many its quotes spread.
    """

    file: str
    text: str
    delimiter: str
    head: tuple[Line, ...]
    answers: Answers = NO_ANSWERS
    by_record: bool = False

    def lines(self) -> Iterator[Line]:
        """Every line that is not blank, cut strictly.

        Raises:
            BadInput: A quote does not pair, so rows after it cannot be told apart, or there are more cells
                than memory is kept for.
        """
        reader = csv.reader(
            io.StringIO(self.text, newline=""), delimiter=self.delimiter, strict=True
        )
        start, lines, seen = 1, 0, 0
        try:
            for cells in reader:
                seen += len(cells)
                _check_length(lines, seen)
                if "".join(cells).strip():
                    lines += 1
                    yield Line(start, cells)
                start = start + 1 if self.by_record else reader.line_num + 1
        except csv.Error as fault:
            raise BadInput(
                f"Line {start}: the quotes do not pair ({fault}), so the rows after it cannot be "
                "told apart; download the file again."
            ) from fault


def _check_length(lines: int, cells: int) -> None:
    for count, most, what in ((lines, MOST_LINES, "lines"), (cells, MOST_CELLS, "cells")):
        if count > most:
            raise BadInput(
                f"The file has more than {most:,} {what}, the limit; download a shorter period or fewer columns."
            )


def from_workbook(file: str, text: str, answers: Answers = NO_ANSWERS) -> list[Sheet]:
    """One sheet of a workbook, written out with commas; the only candidate there is."""
    return [Sheet(file, text, ",", _head(text, ",", by_record=True), answers, by_record=True)]


def candidates(file: str, data: bytes, answers: Answers = NO_ANSWERS) -> list[Sheet]:
    """The file cut by every delimiter in use; the reader that knows one of them decides.

    Raises:
        BadInput: The bytes are not text.
    """
    text = decode(data)
    sheets = [
        Sheet(file, text, delimiter, _head(text, delimiter), answers) for delimiter in DELIMITERS
    ]
    if not text.strip("".join([' "\r\n', *DELIMITERS])) or not any(sheet.head for sheet in sheets):
        raise BadInput("The file holds no text but blank lines; download it again.")
    return sheets


def decode(data: bytes) -> str:
    """UTF-16 by its mark (or by its pattern of zero bytes), else UTF-8 with or without a mark.

    Zero characters are dropped: Google's "Excel .csv" may end in one.

    Raises:
        BadInput: Neither, or text full of control characters.
    """
    if data.startswith(_OLD_OFFICE) and _LOCKED in data:
        raise BadInput("The workbook is encrypted; save it without a password and upload that.")
    for start, what in _BINARY.items():
        if data.startswith(start):
            raise BadInput(f"This is {what}, not text; download the report as CSV.")
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise BadInput(
            f"The text is neither UTF-8 nor UTF-16 (byte {fault.start + 1} cannot be read as "
            f"{encoding}); download the file again or save it as UTF-8."
        ) from fault
    text = text.removeprefix("\ufeff")
    zeros = text.count("\x00")
    if zeros > 2 or _CONTROLS.search(text):
        raise BadInput("The file is not text; download the report as CSV.")
    return text.replace("\x00", "") if zeros else text


def _encoding(data: bytes) -> str:
    for mark, encoding in _UTF16.items():
        if data.startswith(mark):
            return encoding
    sample = data[:4000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 5 and even <= odd // 10:
        return "utf-16-le"
    if even > len(sample) // 5 and odd <= even // 10:
        return "utf-16-be"
    return "utf-8-sig"


def _head(text: str, delimiter: str, *, by_record: bool = False) -> tuple[Line, ...]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[Line] = []
    start = 1
    try:
        for cells in islice(reader, HEAD_LINES * 2):
            if "".join(cells).strip():
                found.append(Line(start, cells))
            start = start + 1 if by_record else reader.line_num + 1
    except csv.Error:
        return tuple(found[:HEAD_LINES])
    return tuple(found[:HEAD_LINES])
