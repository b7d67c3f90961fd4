"""From an uploaded file to plain members, within limits and without trusting names or sizes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from engine.model.errors import BadInput

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """The most one upload may hold; the same figures at the page, the route and the command line.

    Attributes:
        packed: Bytes of the file as it arrives.
        unpacked: Bytes of all its members together.
        members: Entries of a zip, folders and the parts of a workbook too.
        exports: Files of a zip that are read. Each is held against every format and all that is stored, which
            takes some 30 ms; more would keep the page waiting for longer than a person does.
    """

    packed: int = 20 * MEGABYTE
    unpacked: int = 200 * MEGABYTE
    members: int = 20_000
    exports: int = 300


LIMITS = Limits()

_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ENTRY = b"PK\x01\x02"  # counted before the directory is parsed, which costs memory for each
_OFFICE = b"[Content_Types].xml"
_ENCRYPTED = 0x1
_STEP = MEGABYTE
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, ValueError, IndexError, OverflowError),
)


def is_zip(data: bytes) -> bool:
    """Whether the bytes start as a zip does, whatever the file is called."""
    return data.startswith(_ZIP_STARTS)


def size(count: int) -> str:
    """A number of bytes in words a person can compare with a limit."""
    return f"{count / MEGABYTE:.1f} MB" if count >= MEGABYTE / 10 else f"{count} bytes"


def is_workbook(data: bytes) -> bool:
    """Whether a zip is one of Office's documents, by the member that all of them have."""
    return is_zip(data) and _OFFICE in data


def members(name: str, data: bytes, limits: Limits = LIMITS) -> Iterator[tuple[str, bytes]]:
    """The plain files in ``data``: itself, or each member of a zip as ``archive.zip/member``.

    Raises:
        BadInput: Empty, over a limit, damaged, encrypted, with a nested zip or with a member name
            that points outside the archive.
    """
    check_size(data, limits)
    if not is_zip(data):
        yield name, data
        return
    with _opened(data, limits) as archive:
        entries = _admitted(archive, limits)
        if len(entries) > limits.exports:
            raise BadInput(
                f"The zip holds {len(entries):,} files; the limit is {limits.exports} exports in one upload. "
                "Split it."
            )
        for entry in entries:
            if PurePosixPath(entry.filename).suffix.lower() == ".zip":
                raise BadInput(_nested(entry))
            content = _unpack(archive, entry)
            if is_zip(content):
                raise BadInput(_nested(entry))
            if not content:
                raise BadInput(f"The zip member {entry.filename!r} is empty; download it again.")
            yield f"{name}/{entry.filename}", content


def parts(data: bytes, limits: Limits = LIMITS) -> Iterator[tuple[str, bytes]]:
    """Every part of a workbook, unpacked within the same limits as any other zip.

    Raises:
        BadInput: As ``members``; a part may be empty or a zip of its own (an embedded object).
    """
    check_size(data, limits)
    with _opened(data, limits) as archive:
        for entry in _admitted(archive, limits):
            yield entry.filename, _unpack(archive, entry)


def check_size(data: bytes, limits: Limits) -> None:
    """Refuse an upload that is empty or over the limit.

    Raises:
        BadInput: It is.
    """
    if not data:
        raise BadInput("The file is empty; download it again.")
    if len(data) > limits.packed:
        raise BadInput(
            f"The file has {size(len(data))}; the limit is {size(limits.packed)}. "
            "Download a shorter period or fewer columns."
        )


def _opened(data: bytes, limits: Limits) -> zipfile.ZipFile:
    if data.count(_ENTRY) > limits.members:
        raise BadInput(f"The zip has more than {limits.members} members, the limit; split it.")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as fault:
        raise BadInput(
            "The zip is cut short or damaged; download it again and upload it whole."
        ) from fault


def _admitted(archive: zipfile.ZipFile, limits: Limits) -> list[zipfile.ZipInfo]:
    """The file entries, after every check that needs no unpacking."""
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    if total > limits.unpacked:
        raise BadInput(
            f"The zip unpacks to {size(total)}; the limit is {size(limits.unpacked)}. Split it."
        )
    files = [
        entry
        for entry in entries
        if not entry.filename.endswith("/") and not _litter(entry.filename)
    ]
    seen: set[str] = set()
    for entry in files:
        _check_entry(entry)
        if entry.filename in seen:
            raise BadInput(f"The zip holds {entry.filename!r} twice; take one out.")
        seen.add(entry.filename)
    if not files:
        raise BadInput("The zip holds no files; download it again.")
    return files


def _nested(entry: zipfile.ZipInfo) -> str:
    book = PurePosixPath(entry.filename).suffix.lower() in {".xlsx", ".xlsm"}
    what = "an Excel workbook" if book else "another zip"
    return f"The zip holds {what}, {entry.filename!r}; upload that one by itself."


def _check_entry(entry: zipfile.ZipInfo) -> None:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    drive = len(path.parts[0]) == 2 and path.parts[0].endswith(":") if path.parts else True
    if path.is_absolute() or drive or ".." in path.parts or "\x00" in entry.orig_filename:
        raise BadInput(
            f"The zip member {entry.filename!r} points outside the archive; nothing was read."
        )
    if entry.flag_bits & _ENCRYPTED:
        raise BadInput(
            f"The zip member {entry.filename!r} is encrypted; upload it without a password."
        )


def _litter(name: str) -> bool:
    """Folder files that operating systems add to a zip of their own accord."""
    path = PurePosixPath(name)
    return "__MACOSX" in path.parts or path.name in {".DS_Store", "Thumbs.db", "desktop.ini"}


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The member's bytes; never more than its header promised, since headers can lie."""
    unpacked = bytearray()
    try:
        with archive.open(entry) as stream:
            while part := stream.read(_STEP):
                unpacked += part
                if len(unpacked) > entry.file_size:
                    raise BadInput(
                        f"The zip member {entry.filename!r} is larger than the zip says; "
                        "nothing was read."
                    )
    except (*_DAMAGE, RuntimeError) as fault:
        raise BadInput(
            f"The zip member {entry.filename!r} is cut short or damaged; download it again."
        ) from fault
    return bytes(unpacked)
