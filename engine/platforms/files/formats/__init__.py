"""The known formats: every module of this folder is one reader, found by being here."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Protocol, cast

from engine.model.exports import Export
from engine.platforms.files.sheet import Sheet


class Reader(Protocol):
    """What a module here offers; readers do not know each other.

    ``matches`` looks at the sheet's head only and must be sure: a file that two readers claim is
    refused.
    ``read`` raises BadInput when the file as a whole cannot be trusted.
    A module may also offer ``together(exports) -> list[Export]``: given its exports of one download (the
    members of a zip, the sheets of a workbook), as many come back, completed by each other.
    """

    NAME: str
    DESCRIPTION: str

    def matches(self, sheet: Sheet) -> bool:
        """Whether this reader knows the sheet's header."""
        ...

    def read(self, sheet: Sheet) -> Export:
        """The whole sheet."""
        ...


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader, in the order of their file names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(cast("Reader", importlib.import_module(f"{__name__}.{name}")) for name in names)


def known_formats() -> tuple[tuple[str, str], ...]:
    """Name and description of every format that is read, for people to see what they may upload."""
    return tuple((reader.NAME, reader.DESCRIPTION) for reader in readers())
