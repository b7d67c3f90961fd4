"""A folder a CRM drops its exports in, read as a source of deals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa

from engine.model.errors import GiveUp, Unanswered
from engine.model.exports import NO_ANSWERS, Answers, Export
from engine.model.outcomes import Pull
from engine.platforms.files.reading import read


class DealFolder:
    """Exports by file name, oldest first; the bookmark is the name of the last one read.

    Names have to sort by time (``deals-2026-11-09.csv``). ``folders`` says where each client's exports land,
    ``answers`` what the installation says of files that leave something open: nobody can be asked here.
    """

    key = "crm"

    def __init__(
        self, folders: Mapping[str, tuple[Path, ...]], answers: Answers = NO_ANSWERS
    ) -> None:
        self._folders = folders
        self._answers = answers

    def deals(self, client: str, since: str, now: datetime) -> tuple[Pull, str] | None:
        """The deals of every export after ``since``; None when nothing new was dropped.

        Rows are as the files have them (``exports.DEALS``), older files first.

        Raises:
            GiveUp: no folder is known for the client, a file there is no export of deals, or its dates can be two
                and the installation does not say which.
        """
        if client not in self._folders:
            raise GiveUp(f"No CRM folder is known for {client}; restart after opening a client.")
        found = sorted(
            (path for folder in self._folders[client] for path in folder.glob("*.csv")),
            key=lambda path: path.name,
        )
        new = [path for path in found if path.name > since]
        if not new:
            return None
        exports = [export for path in new for export in self._read(path)]
        table = pa.concat_tables([_rows(export) for export in exports])
        first = min((e.period[0] for e in exports if e.period), default=_day(now))
        return Pull(self.key, table, first, _day(now), now), new[-1].name

    def _read(self, path: Path) -> tuple[Export, ...]:
        try:
            return read(path, answers=self._answers)
        except Unanswered as open_:
            raise GiveUp(
                f"{open_} For the CRM's folder set CC_CRM_DAY_ORDER to dmy or mdy and restart."
            ) from open_


def _rows(export: Export) -> pa.Table:
    if export.kind != "deals":
        raise GiveUp(
            f"{export.file} holds {export.kind}, not deals; take it out of the CRM's folder."
        )
    return export.rows


def _day(now: datetime) -> date:
    return now.date()
