"""The CRM data set of Maven Analytics: a pipeline, its look-up tables and their dictionary.

Dates are month first. Products are spelled ``GTXPro`` in deals and ``GTX Pro`` in products; both
are kept as written. Names and accounts are of an invented company.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.model.exports import Export
from engine.platforms.files import crm
from engine.platforms.files.records import Records, normal
from engine.platforms.files.reference import reference
from engine.platforms.files.sheet import NOTHING, Sheet

NAME = "maven"
DESCRIPTION = "Maven CRM tables (sales pipeline, accounts, products, sales teams, dictionary)"

_PIPELINE = "sales_pipeline"
_DICTIONARY = "data_dictionary"
_TABLES = {
    _PIPELINE: {
        "opportunity_id",
        "product",
        "deal_stage",
        "engage_date",
        "close_date",
        "close_value",
    },
    "accounts": {"account", "sector", "year_established", "revenue", "office_location"},
    "products": {"product", "series", "sales_price"},
    "sales_teams": {"sales_agent", "manager", "regional_office"},
}


def matches(sheet: Sheet) -> bool:
    """One of the tables, or the dictionary that lists them."""
    return _table(sheet) is not None


def read(sheet: Sheet) -> Export:
    """Deals for the pipeline, look-up rows for everything else.

    Raises:
        BadInput: Quotes or decimal separator cannot be trusted.
    """
    table = _table(sheet) or _DICTIONARY
    header, *lines = sheet.lines()
    keys: Sequence[object]
    if table == _DICTIONARY:
        records = Records(
            [str(place) for place in range(1, len(header.cells) + 1)], lines, sheet.answers
        )
        keys = [f"line {number}" for number in records.numbers]
    else:
        records = Records(header.cells, lines, sheet.answers)
        if table == _PIPELINE:
            return _pipeline(sheet, records)
        records.refuse_blank(0)
        keys = records.column(0)
    return reference(
        sheet.file, records, keys, format_name=f"maven_{table}", source="crm", table=table
    )


def _table(sheet: Sheet) -> str | None:
    if not sheet.head:
        return None
    names = {normal(cell) for cell in sheet.head[0].cells}
    if names - NOTHING == {"accounts", "sales_teams"}:
        return _DICTIONARY
    return next((table for table, known in _TABLES.items() if names >= known), None)


def _pipeline(sheet: Sheet, records: Records) -> Export:
    key, stage, worth, product = (
        records.places(name)[0]
        for name in ("opportunity_id", "deal_stage", "close_value", "product")
    )
    for place in (key, stage):
        records.refuse_blank(place)
    created, closed = crm.dates(records, records.find("engage_date"), records.find("close_date"))
    columns: crm.Columns = {
        "deal_id": records.texts(key),
        "stage": records.texts(stage),
        "won": records.parse(stage, crm.outcome),
        "created_on": created,
        "closed_on": closed,
        "product": records.texts(product),
        "extra": records.rest([key, stage, worth, product]),
    }
    value = crm.value(records, "close_value", None)
    return crm.deals(sheet.file, f"maven_{_PIPELINE}", records, columns, value=value)
