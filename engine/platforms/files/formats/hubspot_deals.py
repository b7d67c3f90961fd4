"""HubSpot's export of deals.

Stages are labels here and ids in the API; both are understood. Deal names, owners and every column
not known to be free of personal data are left out. The close date of an open deal is a hope: it
stays in ``extra``. Times carry no zone in the file. Headers as
other projects' tests show them; no real export without personal data was found.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.model.errors import BadInput
from engine.model.exports import Export
from engine.platforms.files import crm
from engine.platforms.files.days import instant
from engine.platforms.files.figures import SHORTENED, Unreadable
from engine.platforms.files.records import Records, normal
from engine.platforms.files.sheet import Sheet

NAME = "hubspot_deals"
DESCRIPTION = "HubSpot deals exports"

_KEEP = {
    *("original traffic source drill-down 1", "original traffic source drill-down 2"),
    *("utm source", "utm medium", "utm content", "utm term", "deal type", "close date"),
    *("deal probability", "amount in company currency", "forecast category"),
    *("latest traffic source", "latest traffic source drill-down 1"),
    *("latest traffic source drill-down 2", "is closed won", "is closed lost"),
}
_YES = {"true", "yes", "1"}


def matches(sheet: Sheet) -> bool:
    """HubSpot's record id beside a deal stage."""
    if not sheet.head:
        return False
    names = {normal(cell) for cell in sheet.head[0].cells}
    return {"record id", "deal stage"} <= names and bool({"amount", "close date"} & names)


def read(sheet: Sheet) -> Export:
    """One row per deal, its latest state when the file holds it twice.

    Raises:
        BadInput: Quotes or decimal separator cannot be trusted.
    """
    header, *lines = sheet.lines()
    records = Records(header.cells, lines, sheet.answers)
    won = _won(records)
    closing, created = crm.dates(
        records, records.find("close date"), records.find("create date", "created date")
    )
    modified = records.find("last modified date")
    kept = {at for at, name in enumerate(records.header) if normal(name) in _KEEP}
    columns: crm.Columns = {
        "deal_id": _ids(records),
        "stage": records.texts(records.find("deal stage")),
        "won": won,
        "created_on": created,
        "closed_on": [None if done is None else at for at, done in zip(closing, won, strict=True)],
        "modified_at": records.parse(modified, instant),
        "source": records.texts(records.find("original traffic source", "original source")),
        "campaign": records.texts(records.find("utm campaign")),
        "click_id": records.texts(records.find("google click id (gclid)", "google ad click id")),
        "pipeline": records.texts(records.find("pipeline")),
        "product": records.texts(records.find("product")),
        "extra": records.rest(set(range(len(records.header))) - kept),
    }
    value = crm.value(records, "amount", records.find("currency", "deal currency code"))
    notes = (_zones(records, modified), _all_open(won, columns["stage"]))
    return crm.deals(sheet.file, NAME, records, columns, value=value, notes=notes)


def _ids(records: Records) -> list[str | None]:
    place = records.find("record id")
    if place is None:
        raise BadInput("The file has no Record ID column; export the deals again with it.")
    records.refuse_blank(place)

    def whole(text: str) -> str:
        if SHORTENED.fullmatch(text.strip()):
            raise Unreadable("was shortened by a spreadsheet, its last digits are lost")
        return text.strip()

    return records.parse(place, whole)


def _won(records: Records) -> list[bool | None]:
    """By HubSpot's own flags where the export has them, else by the stage's label or id."""
    stage = records.find("deal stage")
    if stage is None:
        raise BadInput("The file has no Deal Stage column; export the deals again with it.")
    records.refuse_blank(stage)
    found = records.parse(stage, crm.outcome)
    for name, value in (("is closed won", True), ("is closed lost", False)):
        place = records.find(name)
        flags = records.column(place) if place is not None else ()
        for at, flag in enumerate(flags):
            if flag.strip().casefold() in _YES:
                found[at] = value
    return found


def _zones(records: Records, modified: int | None) -> str | None:
    if modified is None or not records.rows:
        return None
    return "Times of change without an offset were read as UTC; they only put changes in order."


def _all_open(won: Sequence[bool | None], stages: Sequence[object]) -> str | None:
    if not won or any(value is not None for value in won):
        return None
    names = ", ".join(sorted({str(stage) for stage in stages}))[:160]
    return f"No deal stage says won or lost, so every deal was read as open: {names}."
