"""Recognise one file and read it: any downloaded export in, rows with an account of every line out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.model.errors import BadInput, Unanswered
from engine.model.exports import NO_ANSWERS, Answers, Export
from engine.platforms.files.archive import LIMITS, Limits, is_workbook, members, size
from engine.platforms.files.formats import Reader, readers
from engine.platforms.files.sheet import Sheet, candidates, from_workbook
from engine.platforms.files.workbook import open_workbook

__all__ = ["LIMITS", "Limits", "read", "read_bytes"]

_SHOWN_CELLS = 6
_SHOWN_LETTERS = 160


def read(
    path: Path, limits: Limits = LIMITS, *, answers: Answers = NO_ANSWERS
) -> tuple[Export, ...]:
    """Everything one file holds: one export, or one for each member of a zip or sheet of a workbook.

    Args:
        path: A CSV or tab-separated text, a zip of them, or an Excel workbook (.xlsx).
        limits: The most it may hold.
        answers: What a person said of it, where the file leaves something open.

    Raises:
        Unanswered: Its dates can be read two ways; ``asks`` says what to answer.
        BadInput: Missing, empty, not text, over a limit, a damaged or unsafe zip, or of no known
            format; the sentence starts with the file's name. Nothing is then returned: a zip is
            read whole or not at all, and so are the sheets of a workbook, but for those of no known
            format, which are left out and named in a note.
    """
    if not path.is_file():
        raise BadInput(f"{path.name}: There is no such file; check its path.")
    try:
        if (length := path.stat().st_size) > limits.packed:
            raise BadInput(
                f"{path.name}: The file has {size(length)}; the limit is {size(limits.packed)}. "
                "Download a shorter period or fewer columns."
            )
        data = path.read_bytes()
    except OSError as fault:
        raise BadInput(f"{path.name}: The file cannot be opened ({fault.strerror}).") from fault
    return read_bytes(path.name, data, limits, answers=answers)


def read_bytes(
    name: str, data: bytes, limits: Limits = LIMITS, *, answers: Answers = NO_ANSWERS
) -> tuple[Export, ...]:
    """As ``read``, for an upload: ``name`` is used in messages and for dates written in names."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1] or "upload"
    try:
        if is_workbook(data):
            exports = _read_workbook(base, data, limits, answers)
        else:
            exports = [
                _read_member(base, member, content, answers)
                for member, content in members(base, data, limits)
            ]
    except BadInput as fault:
        raise _again(fault, f"{base}: {fault}") from fault
    return _together(exports)


def _together(exports: list[Export]) -> tuple[Export, ...]:
    """Members of one download complete each other where their reader knows how."""
    for reader in readers():
        if complete := getattr(reader, "together", None):
            mine = [at for at, export in enumerate(exports) if export.format == reader.NAME]
            for at, export in zip(mine, complete([exports[at] for at in mine]), strict=True):
                exports[at] = export
    return tuple(exports)


def _read_member(base: str, member: str, data: bytes, answers: Answers) -> Export:
    try:
        return _read_text(member, data, answers)
    except BadInput as fault:
        if member == base:
            raise
        raise _again(fault, f"In {member.removeprefix(base + '/')}: {fault}") from fault


def _read_workbook(base: str, data: bytes, limits: Limits, answers: Answers) -> list[Export]:
    """Its sheets as if each had been saved as CSV; a workbook's own figures have a decimal point."""
    book = open_workbook(data, limits)
    answers = replace(answers, point=answers.point or ".")
    exports: list[Export] = []
    unknown: list[_Unknown] = []
    for title, text in book.sheets:
        try:
            exports.append(_read_sheets(from_workbook(f"{base}/{title}", text, answers)))
        except _Unknown as fault:
            unknown.append(_Unknown(f"In {title}: {fault}", title))
        except BadInput as fault:
            raise _again(fault, f"In {title}: {fault}") from fault
    if not exports:
        raise unknown[0]
    notes = [
        f"The sheet {fault.title!r} is of no known format and was left out." for fault in unknown
    ]
    notes += [
        f"The hidden sheet {title!r} was left out; unhide it to have it read."
        for title in book.hidden
    ]
    return [replace(export, notes=(*export.notes, *notes)) for export in exports]


class _Unknown(BadInput):
    """No reader knows the file, or the sheet of this title."""

    def __init__(self, sentence: str, title: str = "") -> None:
        super().__init__(sentence)
        self.title = title


def _again(fault: BadInput, sentence: str) -> BadInput:
    """The same kind of refusal with more said."""
    return Unanswered(sentence, fault.asks) if isinstance(fault, Unanswered) else BadInput(sentence)


def _read_text(file: str, data: bytes, answers: Answers) -> Export:
    return _read_sheets(candidates(file, data, answers))


def _read_sheets(sheets: list[Sheet]) -> Export:
    """One file, cut in several ways: by the one reader that knows one of them."""
    known = readers()
    for sheet in sheets:
        claims = [reader for reader in known if reader.matches(sheet)]
        if len(claims) > 1:
            names = " and ".join(reader.NAME for reader in claims)
            raise BadInput(f"The file looks like {names}; nothing was read.")
        if claims:
            return _ended(claims[0].read(sheet), sheet)
    raise _Unknown(_unknown(sheets, known))


def _ended(export: Export, sheet: Sheet) -> Export:
    """With a note when the last line has no end, the only trace a cut inside a figure leaves."""
    if sheet.text.endswith(("\n", "\r")):
        return export
    note = "The last line has no end; if the file was cut short, its last figure may be too."
    return replace(export, notes=(*export.notes, note))


def _unknown(sheets: list[Sheet], known: tuple[Reader, ...]) -> str:
    """What was seen, cut the way that gives the most columns, and what would have been read."""
    widest = max(sheets, key=lambda sheet: max((len(line.cells) for line in sheet.head), default=0))
    line = max(widest.head, key=lambda line: len(line.cells))
    cells = [cell.strip() for cell in line.cells if cell.strip()]
    seen = ", ".join(cells[:_SHOWN_CELLS])[:_SHOWN_LETTERS]
    more = " …" if len(cells) > _SHOWN_CELLS else ""
    formats = "; ".join(reader.DESCRIPTION for reader in known)
    return (
        f"The format is not known. Line {line.number} reads: {seen}{more}. "
        f"Known formats: {formats}. Download one of these, unchanged."
    )
